/** Names one session in the store. */
export interface SessionKey {
  /** `sub` of the user. */
  readonly sub: string;
  /** SHA-256 of the cookie's secret, base64url. */
  readonly sidHash: string;
}

/** A refresh whose outcome is not known yet. */
export interface Attempt {
  /** Random. */
  readonly id: string;
  /** When it was claimed, epoch ms. */
  readonly at: number;
}

/** The last transient failure of a refresh. No instance calls Cognito for this session before `until`. */
export interface Backoff {
  /** Code of the failure. */
  readonly code: string;
  /** How many transient failures came in a row. */
  readonly count: number;
  /** Epoch ms. */
  readonly until: number;
}

/** One session as it is stored. Times are epoch ms. Tokens are sealed with keys that the store does not hold. */
export interface SessionRow extends SessionKey {
  /** Grows by one with each committed refresh, and with nothing else. */
  readonly version: number;
  /** Access and ID token, sealed. */
  readonly tokens: string;
  /** The refresh token, sealed; `null` if the session has none. */
  readonly refreshToken: string | null;
  /** The refresh token of a good answer that arrived after another one was committed, sealed. */
  readonly spare: string | null;
  /** The refresh tokens once more, sealed with the master key; `null` without one. */
  readonly revocable: string | null;
  /** When a refresh is due. */
  readonly renewalDueAt: number;
  /** When the first of the tokens is no longer handed out: shortly before it expires. */
  readonly tokensExpireAt: number;
  /** When the user signed in here. */
  readonly createdAt: number;
  /** The last write of tokens. */
  readonly updatedAt: number;
  /** The last request, up to five minutes late. */
  readonly lastSeenAt: number;
  /** The deadline of the session, which no refresh moves. */
  readonly endsAt: number;
  /** The newest refresh that was claimed and has no outcome. */
  readonly attempt: Attempt | null;
  /** `null` unless the last refresh failed. */
  readonly backoff: Backoff | null;
  /** `User-Agent` of the sign-in, cut; `null` if it is not known. */
  readonly userAgent: string | null;
}

/** What an update sets. */
export type RowChange = Partial<Omit<SessionRow, keyof SessionKey>>;
