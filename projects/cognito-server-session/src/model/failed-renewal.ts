import { waitAfterMs } from '../../../ngx-cognito-session/src/lib/core/renewal-failure';
import { BACKOFF, GRACE_MARGIN_MS } from './numbers';
import type { Attempt, Backoff } from './session-row';

/** A transient failure of a refresh. */
export interface Failure {
  readonly code: string;
  /** Whether Cognito may have carried out the refresh although its answer did not arrive. */
  readonly isOutcomeUnknown: boolean;
  readonly attempt: Attempt;
  readonly previous: Backoff | null;
  /** How long Cognito keeps accepting a rotated refresh token, ms. */
  readonly graceMs: number;
  readonly now: number;
  readonly random: number;
}

/**
 * When the next refresh may be made. A lost answer is requested again before the grace period ends, which counts from the
 * attempt. Pure.
 */
export function nextBackoff(failure: Failure): Backoff {
  const { code, isOutcomeUnknown, attempt, previous, graceMs, now, random } = failure;
  const count = (previous?.count ?? 0) + 1;
  const until = now + waitAfterMs(count, BACKOFF, random);
  const lastChance = attempt.at + graceMs - GRACE_MARGIN_MS;
  return { code, count, until: isOutcomeUnknown && lastChance > now ? Math.min(until, lastChance) : until };
}
