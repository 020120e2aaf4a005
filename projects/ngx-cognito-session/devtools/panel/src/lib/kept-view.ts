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
    const { isOpen, tab, theme } = {
      ...NOTHING,
      ...(JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as object),
    };
    return {
      isOpen,
      tab,
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
