import fc from 'fast-check';
import { failureOf, START_MS } from '../../../testing-support/held-sessions';
import { SessionError } from '../errors/session-error';
import { bringForward, mayGoStale, nextBackoff, remainingWaitMs, type RetryPolicy } from './renewal-failure';

const POLICY: RetryPolicy = { count: 1, delayMs: 5000, maxBackoffMs: 60_000, backoffJitter: 0.25 };

/** The waits after so many failures in a row. */
function waits(howMany: number, policy: RetryPolicy, random: number): readonly number[] {
  return Array.from(
    { length: howMany },
    (_, before) => nextBackoff('networkError', before, policy, START_MS, random).until - START_MS,
  );
}

describe('waits after failures in a row', () => {
  it.each([
    ['average luck', 0.5, [5000, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]],
    ['the shortest waits', 0, [5000, 750, 1500, 3000, 6000, 12_000, 24_000, 45_000, 45_000]],
    ['the longest waits', 1, [5000, 1250, 2500, 5000, 10_000, 20_000, 40_000, 75_000, 75_000]],
  ])('are the retry delay once, then the back-off: %s', (_, random, expected) => {
    expect(waits(9, POLICY, random)).toEqual(expected);
  });

  it('are the retry delay as often as configured', () => {
    expect(waits(5, { ...POLICY, count: 3, delayMs: 200 }, 0.5)).toEqual([200, 200, 200, 1000, 2000]);
  });

  it('begin with the back-off if no retry is configured', () => {
    expect(waits(2, { ...POLICY, count: 0 }, 0.5)).toEqual([1000, 2000]);
  });

  it('stay within 25 % of the formula however long it fails', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (count, random) => {
          const waitMs = nextBackoff('networkError', count, POLICY, 0, random).until;
          const base = Math.min(60_000, 1000 * 2 ** (count - 1));

          expect(waitMs).toBeGreaterThanOrEqual(base * 0.75);
          expect(waitMs).toBeLessThanOrEqual(base * 1.25);
        },
      ),
    );
  });

  it('tell of the last error and of how many there were', () => {
    expect(nextBackoff('throttled', 4, POLICY, START_MS, 0.5)).toMatchObject({ code: 'throttled', count: 5 });
  });
});

describe('the remaining wait', () => {
  it.each([
    ['the whole wait at first', 0, 5000],
    ['a millisecond just before the end', 4999, 1],
    ['nothing at the end', 5000, 0],
    ['nothing afterwards', 5001, 0],
    ['no more than the whole wait when the wall clock is set back a little', -5000, 5000],
    ['nothing when the wall clock is set back further: the moment would not come', -5001, 0],
    ['nothing when the wall clock is set back by days', -86_400_000, 0],
    ['nothing when the wall clock is set forward', 86_400_000, 0],
  ])('is %s', (_, atMs, expected) => {
    expect(remainingWaitMs(failureOf(), START_MS + atMs)).toBe(expected);
  });

  it('is nothing without a failure', () => {
    expect(remainingWaitMs(null, START_MS)).toBe(0);
  });
});

describe('bringForward', () => {
  it.each([
    [0, 0],
    [0.5, 250],
    [0.999, 499.5],
  ])('brings the next try forward, spread over half a second: %p', (random, ms) => {
    const failure = bringForward(failureOf(), START_MS + 1000, random);

    expect(failure.until).toBe(START_MS + 1000 + ms);
    expect(remainingWaitMs(failure, START_MS + 1000)).toBe(ms);
    expect(failure).toMatchObject({ count: 1, error: failureOf().error });
  });

  it('never makes a wait longer', () => {
    const failure = bringForward(failureOf(), START_MS + 4900, 0.9);

    expect(failure.until).toBe(START_MS + 5000);
  });
});

describe('mayGoStale', () => {
  it.each([
    ['not while a retry is left', 'networkError', 1, false],
    ['when the retries are used up', 'networkError', 2, true],
    ['at once if only another tab can go on', 'rotationPending', 1, true],
  ] as const)('lets a session with a dead token become stale %s', (_, code, count, expected) => {
    const failure = failureOf({ error: new SessionError(code, ''), count });

    expect(mayGoStale(failure, POLICY)).toBe(expected);
  });
});
