import type { LedgerFailure } from './session-ledger';
import {
  GRACE_MARGIN_MS,
  hurrySharedFailure,
  nextSharedFailure,
  remainingSharedWaitMs,
  type Grace,
} from './shared-failure';

const NOW_MS = 1_767_614_400_000;
const POLICY = { count: 2, delayMs: 5000, maxBackoffMs: 60_000, backoffJitter: 0.25 };
const NO_GRACE: Grace = { graceMs: 0, lostAtMs: Infinity };

function failed(n: number, until = NOW_MS): LedgerFailure {
  return { kind: 'networkError', n, until };
}

describe('nextSharedFailure', () => {
  it.each<[string, LedgerFailure | null, number, number, number]>([
    ['the first failure', null, 0.9, 1, 5000],
    ['the last of the retries', failed(1), 0.9, 2, 5000],
    ['the first one after them', failed(2), 0.5, 3, 1000],
    ['the next one, at the lower end of the jitter', failed(3), 0, 4, 1500],
    ['the next one, at the upper end of the jitter', failed(3), 1, 4, 2500],
    ['the longest back-off', failed(20), 0.5, 21, 60_000],
  ])('waits for all after %s', (_, previous, random, n, waitMs) => {
    expect(nextSharedFailure('throttled', previous, POLICY, NO_GRACE, { nowMs: NOW_MS, random })).toEqual({
      kind: 'throttled',
      n,
      until: NOW_MS + waitMs,
    });
  });

  it.each<[string, number, number]>([
    ['ends long after the wait', 60_000, 5000],
    ['ends, less the margin, exactly with the wait', 5000 + GRACE_MARGIN_MS, 5000],
    ['ends, less the margin, just before the wait does', 4999 + GRACE_MARGIN_MS, 4999],
    ['leaves 1 ms', 1 + GRACE_MARGIN_MS, 1],
    ['leaves nothing but the margin', GRACE_MARGIN_MS, 5000],
    ['is over', -1, 5000],
  ])('tries once more inside a grace that %s', (_, leftMs, waitMs) => {
    const grace = { graceMs: 30_000, lostAtMs: NOW_MS - 30_000 + leftMs };

    expect(nextSharedFailure('networkError', null, POLICY, grace, { nowMs: NOW_MS, random: 0 }).until).toBe(
      NOW_MS + waitMs,
    );
  });

  it('has no grace to keep to if no answer was lost', () => {
    const grace = { graceMs: 2000, lostAtMs: Infinity };

    const { until } = nextSharedFailure('networkError', null, POLICY, grace, { nowMs: NOW_MS, random: 0 });

    expect(until).toBe(NOW_MS + 5000);
  });
});

describe('hurrySharedFailure', () => {
  it.each<[string, LedgerFailure, number, number]>([
    ['is brought forward, spread over 500 ms', failed(1, NOW_MS + 5000), 0.5, NOW_MS + 250],
    ['at once, with the smallest random number', failed(1, NOW_MS + 5000), 0, NOW_MS],
    ['stays where it is sooner than that', failed(1, NOW_MS + 100), 0.5, NOW_MS + 100],
    ['stays where it is over', failed(1, NOW_MS - 1), 0.5, NOW_MS - 1],
  ])('the wait for a network %s', (_, fail, random, until) => {
    expect(hurrySharedFailure(fail, NOW_MS, random)).toEqual({ ...fail, until });
  });

  it('gives back the same failure if nothing changes', () => {
    const soon = failed(1, NOW_MS + 100);
    const throttled: LedgerFailure = { kind: 'throttled', n: 1, until: NOW_MS + 5000 };

    expect(hurrySharedFailure(soon, NOW_MS, 0.5)).toBe(soon);
    expect(hurrySharedFailure(throttled, NOW_MS, 0)).toBe(throttled);
  });
});

describe('remainingSharedWaitMs', () => {
  it.each<[string, LedgerFailure | undefined, number]>([
    ['nothing failed', undefined, 0],
    ['it ends in 1 ms', failed(1, NOW_MS + 1), 1],
    ['it ends now', failed(1, NOW_MS), 0],
    ['it is over', failed(1, NOW_MS - 1), 0],
    ['it has just begun', failed(1, NOW_MS + 5000), 5000],
    ['the clock was set back by less than the wait', failed(1, NOW_MS + 9999), 5000],
    ['the clock was set back by the whole wait', failed(1, NOW_MS + 10_000), 5000],
    ['the clock was set back by more than the wait', failed(1, NOW_MS + 10_001), 0],
    ['the back-off has the longest jitter', failed(3, NOW_MS + 1250), 1250],
    ['the clock was set back during a back-off', failed(3, NOW_MS + 2500), 1250],
  ])('is what is left if %s', (_, fail, leftMs) => {
    expect(remainingSharedWaitMs(fail, POLICY, NOW_MS)).toBe(leftMs);
  });
});
