import * as fc from 'fast-check';
import { expectCleanPrototypes, hostileTexts } from '../../../testing-support/fuzz/hostile';
import { draws } from '../../../testing-support/property/draws';
import { elapsedMs, momentAt, readTime } from './idle-time';

afterEach(expectCleanPrototypes);

describe('the stored time of the last input', () => {
  it('is a time or none, and never one that is still to come', () => {
    const text = fc.oneof(hostileTexts(), fc.bigInt().map(String), fc.double().map(String));
    const now = fc.record({ wallMs: fc.nat(4e12), monotonicMs: fc.nat(4e9) });
    fc.assert(
      fc.property(text, now, (stored, moment) => {
        const time = readTime(stored);

        if (time === null) return;
        expect(Number.isSafeInteger(time)).toBe(true);
        expect(String(time)).toBe(stored.replace(/^0+(?=\d)/, ''));
        expect(elapsedMs(momentAt(time, moment), moment)).toBeGreaterThanOrEqual(0);
      }),
      draws(300, 20_000),
    );
  });
});
