/** Everything that hangs on one sign-in. Refreshing never moves `expiresAt`: the session has a fixed deadline. */
export interface TokenFamily {
  readonly id: string;
  readonly username: string;
  readonly clientId: string;
  /** Epoch seconds of the sign-in, kept by every refresh. */
  readonly authTime: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly scope: string;
  /** The API that access tokens are bound to, also after refreshes. */
  readonly resource: string | null;
  /** Signed in by the managed login pages. */
  readonly isManagedLogin: boolean;
  readonly deviceKey: string | null;
  readonly eventId: string;
  /** Of user session tracking. */
  readonly sessionId: string;
  /** The sign-in or the last refresh, epoch milliseconds. */
  lastActiveAt: number;
  revoked: boolean;
}

/** One refresh token, and its place in the chain of rotations. */
export interface RefreshTokenRecord {
  readonly value: string;
  readonly family: TokenFamily;
  readonly originJti: string;
  readonly issuedAt: number;
  /** The token this one was rotated from. */
  readonly replaces: RefreshTokenRecord | null;
  readonly successors: RefreshTokenRecord[];
  /** When it was rotated out; the grace period counts from here. */
  retiredAt: number | null;
  revoked: boolean;
  /** Lost to another successor of the same parent (`InGraceAnswer`); its access tokens live on. */
  superseded: boolean;
}

/** An access token, and the ID token that came with it. */
export interface AccessTokenRecord {
  readonly token: string;
  readonly idToken: string;
  readonly family: TokenFamily;
  /** The refresh token that was submitted for it, and the one handed out with it: the same one without rotation. */
  readonly producedBy: RefreshTokenRecord;
  readonly issuedWith: RefreshTokenRecord;
  readonly scopes: readonly string[];
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Whether Cognito's own APIs would call the access token revoked. Offline verification cannot see this. */
export function isAccessTokenRevoked(record: AccessTokenRecord): boolean {
  return record.family.revoked || record.producedBy.revoked || record.issuedWith.revoked;
}
