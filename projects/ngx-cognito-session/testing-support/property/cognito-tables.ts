/** Why a session is over at Cognito, whatever the app does. */
export type LoginEnd = 'disabled' | 'userDeleted' | 'passwordReset' | 'globalSignOut';

/** One sign-in of one user: the identity behind a `sid`. */
export interface Login {
  readonly number: number;
  readonly user: string;
  /** The app never gets one: the session ends with its tokens. */
  readonly hasRefreshToken: boolean;
  readonly refreshLifetimeEndsAtMs: number;
  ended: LoginEnd | null;
}

export interface RefreshTokenRow {
  readonly value: string;
  readonly login: Login;
  spentAtMs: number | null;
  revoked: 'asked' | 'rotation' | null;
  readonly successors: RefreshTokenRow[];
  /** Whether an answer with it has reached a page that listened. */
  isDelivered: boolean;
}

export interface IssuedTokenRow {
  readonly use: 'access' | 'id';
  readonly login: Login;
  readonly expiresAtMs: number;
  /**
   * Where and when the token reached the app: the page's number and the clock's mark. `doubtMs`: by how much a page that read
   * the clocks only before and after the question may be wrong about its age.
   */
  delivery: { readonly page: number; readonly mark: number; readonly doubtMs: number } | null;
}

/** An `AuthenticationResult`. */
export interface IssuedSet {
  readonly login: Login;
  readonly accessToken: string;
  readonly idToken: string;
  /** `null`: the answer carried none, the one that was sent goes on. */
  readonly refresh: RefreshTokenRow | null;
}

/** Tokens without a refresh token continue whatever session of the same user there is. */
export function isSameSession(a: Login | null, b: Login | null): boolean {
  return a === b || (a !== null && a.user === b?.user && !a.hasRefreshToken && !b.hasRefreshToken);
}
