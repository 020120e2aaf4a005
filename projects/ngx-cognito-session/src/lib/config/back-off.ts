import { waitAfterMs } from '../core/renewal-failure';
import { BACKOFF_JITTER, MAX_BACKOFF_MS } from './numbers';

/** The wait after so many failures in a row: min(60 s, 1 s·2ⁿ) ± 25 % with n from 0. `random`: 0 ≤ value < 1. Pure. */
export function backOffMs(failures: number, random: number): number {
  const policy = { count: 0, delayMs: 0, maxBackoffMs: MAX_BACKOFF_MS, backoffJitter: BACKOFF_JITTER };
  return waitAfterMs(failures, policy, random);
}
