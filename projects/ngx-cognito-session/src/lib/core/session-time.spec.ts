import fc from 'fast-check';
import {
  anchorAt,
  type ClockReading,
  diesAtMs,
  driftByIssuedAt,
  plausibleDriftMs,
  renewalDueAtMs,
  serverTimeMs,
} from './session-time';

const NOON = Date.UTC(2026, 0, 5, 12);
const HOUR = 3_600_000;

function reading(wallMs: number, monotonicMs: number): ClockReading {
  return { wallMs, monotonicMs };
}

describe('server time', () => {
  const ADOPTED = reading(NOON, 1000);

  it.each([
    ['a clock that is right', 0],
    ['a clock that is behind', 7 * 60_000],
    ['a clock that is ahead', -7 * 60_000],
    ['a clock that is a year behind', 365 * 24 * HOUR],
  ])('is the device time plus the drift for %s', (_, driftMs) => {
    const anchor = anchorAt(driftMs, ADOPTED);

    expect(serverTimeMs(anchor, ADOPTED)).toBe(NOON + driftMs);
    expect(serverTimeMs(anchor, reading(NOON + 5000, 6000))).toBe(NOON + driftMs + 5000);
  });

  it('goes on while the device sleeps and the monotonic clock stands still', () => {
    expect(serverTimeMs(anchorAt(0, ADOPTED), reading(NOON + HOUR, 1000))).toBe(NOON + HOUR);
  });

  it('goes on by the monotonic clock when the wall clock is set back', () => {
    expect(serverTimeMs(anchorAt(0, ADOPTED), reading(NOON - 24 * HOUR, 61_000))).toBe(NOON + 60_000);
  });

  it('stands still when the wall clock is set back at once', () => {
    expect(serverTimeMs(anchorAt(0, ADOPTED), reading(NOON - 1, 1000))).toBe(NOON);
  });

  it('follows a wall clock set forward: a token may seem dead too early, never alive too long', () => {
    expect(serverTimeMs(anchorAt(0, ADOPTED), reading(NOON + HOUR, 2000))).toBe(NOON + HOUR);
  });

  it('never runs slower than the monotonic clock, whatever the wall clock does', () => {
    const change = fc.record({
      passed: fc.integer({ min: 0, max: 10 * HOUR }),
      jump: fc.integer({ min: -1000 * HOUR, max: 1000 * HOUR }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: -HOUR, max: HOUR }),
        fc.array(change, { minLength: 1 }),
        (driftMs, changes) => {
          const anchor = anchorAt(driftMs, ADOPTED);
          let { wallMs, monotonicMs } = ADOPTED;
          for (const { passed, jump } of changes) {
            monotonicMs += passed;
            wallMs += passed + jump;
            const elapsed =
              serverTimeMs(anchor, reading(wallMs, monotonicMs)) - serverTimeMs(anchor, ADOPTED);

            expect(elapsed).toBeGreaterThanOrEqual(monotonicMs - ADOPTED.monotonicMs);
          }
        },
      ),
    );
  });
});

describe('drift by iat', () => {
  const ASKED = reading(NOON, 0);

  it.each([
    ['right', 0, 0],
    ['five minutes behind', 300, 300_000],
    ['five minutes ahead', -300, -300_000],
  ])('tells that the clock is %s', (_, issuedAfterSeconds, driftMs) => {
    expect(driftByIssuedAt(NOON / 1000 + issuedAfterSeconds, ASKED, ASKED)).toBe(driftMs);
  });

  it('counts from the question: the token may be as old as it', () => {
    expect(driftByIssuedAt(NOON / 1000, ASKED, reading(NOON + 8000, 8000))).toBe(0);
  });

  it.each([0, 90_000])(
    'is not fooled by a clock set back while the answer is on its way, %i ms after the page started',
    (startedMs) => {
      const asked = reading(NOON, startedMs);
      const answered = reading(NOON - HOUR + 2000, startedMs + 2000);

      const driftMs = driftByIssuedAt(NOON / 1000, asked, answered);

      expect(answered.wallMs + driftMs).toBe(NOON + 2000);
    },
  );

  it('guesses too late rather than too early when the clock is set forward meanwhile', () => {
    const answered = reading(NOON + HOUR + 2000, 2000);

    const driftMs = driftByIssuedAt(NOON / 1000, ASKED, answered);

    expect(answered.wallMs + driftMs).toBeGreaterThanOrEqual(NOON + 2000);
  });

  it('counts the time that the device slept while the answer was on its way', () => {
    const answered = reading(NOON + HOUR, 2000);

    expect(answered.wallMs + driftByIssuedAt(NOON / 1000, ASKED, answered)).toBe(NOON + HOUR);
  });

  it('never leaves a token alive after its exp by the true server time', () => {
    const scenario = fc.record({
      trueDriftMs: fc.integer({ min: -48 * HOUR, max: 48 * HOUR }),
      askedAtMs: fc.integer({ min: 0, max: 9999 }),
      issuedAfterMs: fc.integer({ min: 0, max: 30_000 }),
      answeredAfterMs: fc.integer({ min: 0, max: 30_000 }),
      jumpInFlightMs: fc.oneof(fc.constant(0), fc.integer({ min: -HOUR, max: HOUR })),
      jumpLaterMs: fc.oneof(fc.constant(0), fc.integer({ min: -HOUR, max: HOUR })),
      lifetimeSeconds: fc.integer({ min: 4, max: 86_400 }),
    });
    fc.assert(
      fc.property(scenario, (s) => {
        const trueServerMs = (elapsedMs: number) => NOON + s.askedAtMs + s.trueDriftMs + elapsedMs;
        const answeredMs = s.issuedAfterMs + s.answeredAfterMs;
        const asked = reading(NOON + s.askedAtMs, 0);
        const answered = reading(NOON + s.askedAtMs + answeredMs + s.jumpInFlightMs, answeredMs);
        const iat = Math.floor(trueServerMs(s.issuedAfterMs) / 1000);
        const exp = iat + s.lifetimeSeconds;

        const anchor = anchorAt(driftByIssuedAt(iat, asked, answered), answered);
        const elapsedAtExp = exp * 1000 - trueServerMs(0);
        const atExp = reading(
          NOON + s.askedAtMs + elapsedAtExp + s.jumpInFlightMs + s.jumpLaterMs,
          Math.max(answeredMs, elapsedAtExp),
        );

        expect(serverTimeMs(anchor, atExp)).toBeGreaterThanOrEqual(
          diesAtMs(exp * 1000, s.lifetimeSeconds * 1000),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the moment from which a token is not handed out', () => {
  it.each([
    ['a second before exp for an hour', HOUR, 1000],
    ['a second before exp for four seconds', 4000, 1000],
    ['a quarter of the lifetime before exp for two seconds', 2000, 500],
  ])('is %s', (_, lifetimeMs, earlierMs) => {
    expect(diesAtMs(NOON + lifetimeMs, lifetimeMs)).toBe(NOON + lifetimeMs - earlierMs);
  });
});

describe('the moment a renewal is due', () => {
  const DEFAULTS = {
    expiresAtMs: NOON,
    lifetimeMs: HOUR,
    bufferMs: 60_000,
    bufferShare: 0.25,
    jitterShare: 0.1,
    random: 0,
  };

  it.each([
    ['the buffer before expiry', {}, 60_000],
    ['a tenth of the buffer earlier at most', { random: 1 }, 66_000],
    ['half of that with average luck', { random: 0.5 }, 63_000],
    ['a quarter of the lifetime if the buffer is larger', { bufferMs: HOUR }, HOUR / 4],
    ['a quarter of the lifetime if the buffer is just larger', { lifetimeMs: 239_996 }, 59_999],
    ['the buffer if it is exactly a quarter', { lifetimeMs: 240_000 }, 60_000],
    ['jitter on top of the capped buffer', { lifetimeMs: 4000, random: 1 }, 1100],
    ['the expiry itself without a buffer', { bufferMs: 0, random: 1 }, 0],
  ])('is %s', (_, changed, earlierMs) => {
    expect(renewalDueAtMs({ ...DEFAULTS, ...changed })).toBe(NOON - earlierMs);
  });

  it('is never after expiry, and never earlier than buffer and jitter or their share of the lifetime', () => {
    const timing = fc.record({
      lifetimeMs: fc.integer({ min: 1, max: 24 * HOUR }),
      bufferMs: fc.integer({ min: 0, max: 48 * HOUR }),
      random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    fc.assert(
      fc.property(timing, (drawn) => {
        const dueAt = renewalDueAtMs({ ...DEFAULTS, ...drawn });

        expect(dueAt).toBeLessThanOrEqual(NOON);
        expect(dueAt).toBeGreaterThanOrEqual(NOON - drawn.bufferMs * 1.1 - 0.001);
        expect(dueAt).toBeGreaterThanOrEqual(NOON - drawn.lifetimeMs * 0.25 * 1.1 - 0.001);
      }),
    );
  });
});

describe('a drift that tokens bring along', () => {
  const times = { issuedAtMs: 10_000_000, expiresAtMs: 13_600_000 };

  it.each([
    ['one by which they are being issued', 10_000_000, 0, 0],
    ['one by which they have expired long ago', 10_000_000, 99_000_000, 99_000_000],
    ['one that is off by no more than clocks are set all the time', 10_000_000, -60_000, -60_000],
  ])('is believed: %s', (_, wallMs, driftMs, expected) => {
    expect(plausibleDriftMs(driftMs, times, wallMs)).toBe(expected);
  });

  it.each([
    ['by a moment more', 10_000_000, -60_001],
    ['by years', 10_000_000, -1e12],
    ['because the device clock is behind', 9_000_000, 0],
  ])('counts the tokens as expired if they had yet to be issued by it, %s', (_, wallMs, driftMs) => {
    expect(wallMs + plausibleDriftMs(driftMs, times, wallMs)).toBe(times.expiresAtMs);
  });
});
