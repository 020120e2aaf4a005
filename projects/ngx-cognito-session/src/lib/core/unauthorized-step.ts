import type { ActiveSession } from './active-session';

/** The token a request carried. */
export interface TokenOrigin {
  /** Names the sign-in. */
  readonly sid: string;
  /** Grows by one with each refresh. */
  readonly gen: number;
  /** Whether the request has been sent a second time with the same token. */
  readonly isRepeated?: boolean;
}

/** How long what lasts, ms. */
export interface UnauthorizedLimits {
  /** A token obtained because of a 401 causes no refresh by another 401. */
  readonly pauseMs: number;
  /** A token is so young that an API whose clock is behind may reject it. */
  readonly youngMs: number;
}

/** The last renewal that a 401 caused. */
export interface UnauthorizedRenewal {
  /** The token that was refused. */
  readonly refused: TokenOrigin;
  /** Monotonic ms when its successor was obtained; `null` while on its way or after it failed. */
  readonly obtainedAtMs: number | null;
}

export type UnauthorizedStep =
  /** The session holds a newer token already: send that. */
  | { readonly type: 'retryWithHeld'; readonly active: ActiveSession }
  /** Send the same token again after this time: for the API it may have been issued in the future. */
  | { readonly type: 'repeat'; readonly afterMs: number }
  | { readonly type: 'renew' }
  /** The same token was refused before: share the renewal that followed. */
  | { readonly type: 'join' }
  /** The 401 goes to the caller as it is. */
  | { readonly type: 'giveUp' };

/**
 * What a 401 leads to: at most one renewal per access token, none within a pause after a token so obtained, and none for
 * a young token before it has been sent again. Pure.
 */
export function unauthorizedStep(
  carried: TokenOrigin,
  active: ActiveSession | null,
  last: UnauthorizedRenewal | null,
  nowMs: number,
  { pauseMs, youngMs }: UnauthorizedLimits,
): UnauthorizedStep {
  // Another user's request, or one of a session that is over, is never sent again.
  if (active?.sid !== carried.sid) return { type: 'giveUp' };
  if (active.gen > carried.gen) return { type: 'retryWithHeld', active };
  if (last?.refused.sid === carried.sid) {
    if (last.refused.gen === carried.gen) return { type: 'join' };
    if (last.obtainedAtMs !== null && nowMs - last.obtainedAtMs < pauseMs) return { type: 'giveUp' };
  }
  const ageMs = active.serverNowMs() - active.tokens.accessClaims.iat * 1000;
  // By a clock that is behind, a token can seem to come from the future.
  const afterMs = youngMs - Math.max(0, ageMs);
  if (afterMs > 0 && carried.isRepeated !== true) return { type: 'repeat', afterMs };
  return { type: active.tokens.refreshToken === undefined ? 'giveUp' : 'renew' };
}
