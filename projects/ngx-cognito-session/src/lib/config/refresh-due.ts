import { renewalDueAtMs } from '../core/session-time';
import { BUFFER_JITTER_SHARE, BUFFER_SHARE } from './numbers';

/** When a refresh is due, server time: the buffer, at most a quarter of the lifetime, and jitter before the expiry. `random`: 0 ≤ value < 1. Pure. */
export function refreshDueAtMs(
  expiresAtMs: number,
  lifetimeMs: number,
  bufferMs: number,
  random: number,
): number {
  return renewalDueAtMs({
    expiresAtMs,
    lifetimeMs,
    bufferMs,
    bufferShare: BUFFER_SHARE,
    jitterShare: BUFFER_JITTER_SHARE,
    random,
  });
}
