import type { ActiveSession } from './active-session';

/** The token a request carried. */
export interface TokenOrigin {
  readonly sid: string;
  readonly gen: number;
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
  | { readonly type: 'renew' }
  /** The same token was refused before: share the renewal that followed. */
  | { readonly type: 'join' }
  /** The 401 goes to the caller as it is. */
  | { readonly type: 'giveUp' };

/** What a 401 leads to: at most one renewal per access token, none within a pause after a token so obtained. Pure. */
export function unauthorizedStep(
  carried: TokenOrigin,
  active: ActiveSession | null,
  last: UnauthorizedRenewal | null,
  nowMs: number,
  pauseMs: number,
): UnauthorizedStep {
  // Another user's request, or one of a session that is over, is never sent again.
  if (active?.sid !== carried.sid) return { type: 'giveUp' };
  if (active.gen > carried.gen) return { type: 'retryWithHeld', active };
  if (active.tokens.refreshToken === undefined) return { type: 'giveUp' };
  if (last?.refused.sid !== carried.sid) return { type: 'renew' };
  if (last.refused.gen === carried.gen) return { type: 'join' };
  const isPausing = last.obtainedAtMs !== null && nowMs - last.obtainedAtMs < pauseMs;
  return { type: isPausing ? 'giveUp' : 'renew' };
}
