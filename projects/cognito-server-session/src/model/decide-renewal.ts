import { plausibleWaitMs, waitAfterMs } from '../../../ngx-cognito-session/src/lib/core/renewal-failure';
import { ATTEMPT_LIFETIME_MS, BACKOFF } from './numbers';
import type { Attempt, Backoff, SessionRow } from './session-row';
import { isSound } from './sound-row';

/** What a request does with the row that it has read. */
export type RenewalDecision =
  /** The tokens are good. */
  | { readonly type: 'serve' }
  /** Claim a refresh, if the newest attempt is still the one seen. */
  | { readonly type: 'claim' }
  /** Another instance refreshes. Read the row again later. */
  | { readonly type: 'wait' }
  /** A refresh failed a short time ago. */
  | { readonly type: 'backOff'; readonly backoff: Backoff; readonly waitMs: number }
  /** The tokens have expired and there is no refresh token. */
  | { readonly type: 'expired' };

/** `refused`: an API rejected the tokens of this version, so they do not count as good. Pure. */
export function decideRenewal(
  row: SessionRow,
  { now, refused = null }: { readonly now: number; readonly refused?: number | null },
): RenewalDecision {
  const isUsable = now < row.tokensExpireAt && refused !== row.version;
  if (row.refreshToken === null) return { type: now < row.tokensExpireAt ? 'serve' : 'expired' };
  if (isUsable && now < row.renewalDueAt) return { type: 'serve' };
  const waitMs = row.backoff === null ? 0 : remainingBackoffMs(row.backoff, now);
  if (row.backoff !== null && waitMs > 0)
    return isUsable ? { type: 'serve' } : { type: 'backOff', backoff: row.backoff, waitMs };
  if (mayBeAlive(row.attempt, now)) return { type: isUsable ? 'serve' : 'wait' };
  return { type: 'claim' };
}

/** Whether the instance that claimed the attempt may still get an answer. A clock that was set back must not make it immortal. */
export function mayBeAlive(attempt: Attempt | null, now: number): boolean {
  return attempt !== null && Math.abs(now - attempt.at) < ATTEMPT_LIFETIME_MS;
}

function remainingBackoffMs({ until, count }: Backoff, now: number): number {
  return plausibleWaitMs(until - now, waitAfterMs(count, BACKOFF, 1));
}

/** Whether the session is over: its deadline has passed, the user was idle for too long, or another program has changed its row. Pure. */
export function isOver(
  row: SessionRow,
  { now, idleMs }: { readonly now: number; readonly idleMs: number | null },
): boolean {
  return !isSound(row) || now >= row.endsAt || (idleMs !== null && now - row.lastSeenAt >= idleMs);
}
