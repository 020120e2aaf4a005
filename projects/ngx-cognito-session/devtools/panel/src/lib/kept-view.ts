/** What the panel looks like, kept over reloads of this tab. */
export interface KeptView {
  readonly isOpen: boolean;
  readonly tab: string;
  readonly theme: '' | 'light' | 'dark';
}

const KEY = 'cognito-session-devtools';
const NOTHING: KeptView = { isOpen: false, tab: '', theme: '' };

/** Reads it; the default where the storage is blocked or holds something else. */
export function readView(): KeptView {
  try {
    const { isOpen, tab, theme } = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<
      Record<keyof KeptView, unknown>
    >;
    return {
      isOpen: isOpen === true,
      tab: typeof tab === 'string' ? tab : '',
      theme: theme === 'light' || theme === 'dark' ? theme : '',
    };
  } catch {
    return NOTHING;
  }
}

/** Writes it; best effort. */
export function keepView(view: KeptView): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(view));
  } catch {
    // Full, or blocked by the browser.
  }
}
