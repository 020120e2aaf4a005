import type { SessionErrorCode } from '../errors/session-error-code';
import { plausibleWaitMs, waitAfterMs, type RetryPolicy } from './renewal-failure';
import type { LedgerFailure } from './session-ledger';

/** Before a lost answer's grace ends: a call has to reach Cognito, too. */
export const GRACE_MARGIN_MS = 1000;

/** The grace within which Cognito still takes a refresh token that it has rotated. */
export interface Grace {
  readonly graceMs: number;
  /** When the first answer of this generation may have been lost; Infinity: none was. */
  readonly lostAtMs: number;
}

/** The back-off after one more failure. If an answer was lost, one more try falls inside the grace. Pure. */
export function nextSharedFailure(
  kind: SessionErrorCode,
  previous: LedgerFailure | null,
  policy: RetryPolicy,
  { graceMs, lostAtMs }: Grace,
  { nowMs, random }: { readonly nowMs: number; readonly random: number },
): LedgerFailure {
  const n = (previous?.n ?? 0) + 1;
  const until = nowMs + waitAfterMs(n, policy, random);
  const lastChance = lostAtMs + graceMs - GRACE_MARGIN_MS;
  return { kind, n, until: lastChance > nowMs ? Math.min(until, lastChance) : until };
}

/** The network is back: what failed for want of it is tried again within 500 ms. Pure. */
export function hurrySharedFailure(fail: LedgerFailure, nowMs: number, random: number): LedgerFailure {
  if (fail.kind !== 'networkError') return fail;
  const until = Math.min(fail.until, nowMs + 500 * random);
  return until === fail.until ? fail : { ...fail, until };
}

/** How long nobody may call yet. Pure. */
export function remainingSharedWaitMs(
  fail: LedgerFailure | undefined,
  policy: RetryPolicy,
  nowMs: number,
): number {
  return fail === undefined ? 0 : plausibleWaitMs(fail.until - nowMs, waitAfterMs(fail.n, policy, 1));
}
