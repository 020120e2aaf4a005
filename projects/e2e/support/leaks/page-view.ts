/** What a page shows, stores and has sent to other tabs. */
export interface PageView {
  readonly shown: string;
  readonly messages: string;
  /** Items of both web storages. */
  readonly items: readonly (readonly [name: string, value: string])[];
}

interface Recorder {
  /** Not enumerable, so that no code of the page comes across it. */
  sentToTabs?: string[];
}

/** Runs in each page before its own code, and remembers what it sends over broadcast channels. */
export function recordMessages(): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const sent: string[] = [];
  Object.defineProperty(window, 'sentToTabs', { value: sent });
  const post = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, 'postMessage');
  Object.defineProperty(BroadcastChannel.prototype, 'postMessage', {
    ...post,
    value(this: BroadcastChannel, message: unknown) {
      try {
        sent.push(JSON.stringify(message));
      } catch {
        // Not JSON, as a message with a cycle: the library sends none.
      }
      (post?.value as BroadcastChannel['postMessage']).call(this, message);
    },
  });
}

/** Runs in the page. */
export function shownAndStored(): PageView {
  const fields = [...document.querySelectorAll('input, textarea, select')].map(
    (field) => (field as HTMLInputElement).value,
  );
  const shown = [document.title, window.name, JSON.stringify(history.state), ...fields];
  const items: [string, string][] = [];
  try {
    for (const storage of [localStorage, sessionStorage])
      for (const [name, value] of Object.entries(storage)) items.push([name, String(value)]);
  } catch {
    // A page without an origin has none.
  }
  return {
    // Scripts are the app's own. The rest of the page is what the app has made of what it knows.
    shown: [...shown, document.documentElement.outerHTML].join('\n'),
    messages: ((window as unknown as Recorder).sentToTabs ?? []).join('\n'),
    items,
  };
}
