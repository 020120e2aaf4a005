export type WebStorageName = 'localStorage' | 'sessionStorage';

/** A web storage of the page; `null` if the browser refuses it. */
export function webStorage(view: Window | null, name: WebStorageName): Storage | null {
  try {
    return view?.[name] ?? null;
  } catch {
    return null;
  }
}
