/** Where a library was told to keep the session. */
export type Place = 'localStorage' | 'sessionStorage' | 'cookies';

/** What one library has stored after one or more users have signed in, one after the other. */
export interface Recording {
  readonly library: string;
  readonly place: Place;
  /** The last one is signed in. */
  readonly users: readonly string[];
  /**
   * Items as they were written, cookies as a page reads them. What differs from sign-in to sign-in is replaced: `<accessToken 1>` is
   * the access token of the first user.
   */
  readonly items: Readonly<Record<string, string>>;
}

/** A library, signing users in. */
export interface Recorder {
  readonly library: string;
  /** Prepares the library for one place. Returns what signs a user in. */
  readonly start: (pool: RecordedPool, place: Place) => (username: string) => Promise<void>;
}

export interface RecordedPool {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly url: string;
}

export const PASSWORD = 'Correct-horse-1';

/** Everything that is hard in a user name. */
export const ODD_USER = 'first.last@example.com/100%25😀';
