import fc from 'fast-check';
import { elapsedMs, momentAt, nextLeftMs, readTime, type Moment } from './idle-time';

const time = fc.integer({ min: 0, max: 4e12 });
const moment = fc.record({ wallMs: time, monotonicMs: time });

describe('the time since the last input', () => {
  it('is never shorter than the monotonic clock says, whatever the wall clock does', () => {
    fc.assert(
      fc.property(moment, moment, (from: Moment, to: Moment) => {
        expect(elapsedMs(from, to)).toBeGreaterThanOrEqual(to.monotonicMs - from.monotonicMs);
        expect(elapsedMs(from, to)).toBeGreaterThanOrEqual(to.wallMs - from.wallMs);
      }),
    );
  });

  it('is the age of a stored time, and 0 for one in the future', () => {
    fc.assert(
      fc.property(time, moment, (stored, now) => {
        expect(elapsedMs(momentAt(stored, now), now)).toBe(Math.max(0, now.wallMs - stored));
      }),
    );
  });
});

describe('what happens next', () => {
  it('comes later than now, and not before the warning', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999, max: 1e6 }), fc.integer({ min: 0, max: 1e5 }), (leftMs, warnMs) => {
        const next = nextLeftMs(leftMs, warnMs, 1000);
        expect(next).toBeLessThan(leftMs);
        expect(next > warnMs).toBe(false);
        expect(leftMs - next <= 1000 || next === warnMs).toBe(true);
      }),
    );
  });
});

describe('a stored time', () => {
  it.each([null, '', 'NaN', '-1', '1e5', ' 5', '1.5', '9'.repeat(16)])('%j is not one', (text) => {
    expect(readTime(text)).toBeNull();
  });

  it('is a number of milliseconds', () => {
    expect(readTime('1767614400000')).toBe(1_767_614_400_000);
  });
});
