import type { SessionConfig } from 'ngx-cognito-session';

export type StorageName =
  'cookies' | 'indexedDb' | 'localStorage' | 'memory' | 'sessionStorage' | 'sharedMemory';

/** What the browser of a test can be without. */
export type Missing = 'BroadcastChannel' | 'indexedDB' | 'locks';

/** One app of a page, as a test describes it. */
export interface AppSetup {
  readonly storage: StorageName;
  readonly config: SessionConfig & {
    readonly enableTabSync?: boolean;
    readonly onUserSwitch?: 'adopt' | 'signOut';
  };
  readonly without?: readonly Missing[];
  /** Whether the user is signed out after inactivity. */
  readonly idle?: { readonly afterSeconds: number; readonly warnSeconds: number };
  /** Whether the session of Amplify is taken over. */
  readonly migrates?: true;
  /**
   * How many times as fast as real time goes by for this page, clock and timers; all pages of a test go alike. With 0 the
   * clock stands still: no limit of time is reached.
   */
  readonly speed?: number;
}

/** One clock for all pages of a test, those included that are opened or reloaded later. */
export interface PageTime {
  /** When the test began; epoch ms. */
  readonly epoch: number;
  /** How much time the test has let pass at once since then. */
  readonly shiftMs: number;
}

/** Where a page asks for it. */
export const TIME_PATH = '/time';
