import { call, factsWith, refused, request, signOut, trouble } from './example-facts';
import { judgeRefreshCalls } from './refresh-calls';

const verdictOn = (some: Parameters<typeof factsWith>[0]) => judgeRefreshCalls(factsWith(some)).length;
const first = call({ at: 10_000 });
const due = call({ at: 18_000 });
/** Another page sends what the first one has refreshed already. */
const again = call({ at: 10_500, page: 'd1p2' });

describe('one refresh for each expiry', () => {
  it('accepts a call when the tokens are due', () => {
    expect(verdictOn({ calls: [first, due, call({ at: 26_000 })] })).toBe(0);
  });

  it('rejects a second call for one expiry', () => {
    expect(verdictOn({ calls: [first, again] })).toBe(1);
  });

  it('accepts a second call of another session', () => {
    expect(verdictOn({ calls: [first, { ...again, family: 'f2' }] })).toBe(0);
  });

  it('accepts an early call after all clocks went on', () => {
    expect(verdictOn({ calls: [first, { ...again, serverAt: 60_000 }] })).toBe(0);
  });

  it.each([
    ['a page crashed', { troubles: [trouble({ at: 10_200, until: 10_200 })] }],
    ['a page is frozen', { troubles: [trouble({ kind: 'freeze', at: 5000, until: null })] }],
    ['a clock was set', { jumps: [{ device: 'd1', ms: 60_000, at: 10_200, until: 10_200 }] }],
    ['the API rejected the token', { requests: [request({ at: 10_200, verdict: 'rejectedOnPurpose' })] }],
    ['the user signed out', { signOuts: [signOut({ at: 10_200, until: 10_600 })] }],
  ] as const)('accepts one call more when %s, and rejects the next one', (_, excuse) => {
    expect(verdictOn({ calls: [first, again], ...excuse })).toBe(0);
    expect(verdictOn({ calls: [first, again, call({ at: 10_700, page: 'd1p3' })], ...excuse })).toBe(1);
  });

  it('accepts a call after a good answer to a page that was ending', () => {
    const crash = trouble({ at: 9900, until: 9900 });

    expect(verdictOn({ calls: [first, again], troubles: [crash] })).toBe(0);
    expect(verdictOn({ calls: [first, again], troubles: [{ ...crash, page: 'd1p2' }] })).toBe(1);
  });

  it('accepts calls of a page for as long as it is without its database', () => {
    const troubles = [trouble({ kind: 'refusal', at: 9000, until: 20_000 })];

    expect(verdictOn({ calls: [first, again, call({ at: 10_700 })], troubles })).toBe(0);
  });

  it.each([
    ['on another device', { troubles: [trouble({ device: 'd2', at: 10_200, until: 10_200 })] }],
    ['that was over before', { troubles: [trouble({ kind: 'freeze', at: 9000, until: 9500 })] }],
    ['that came later', { troubles: [trouble({ at: 11_000, until: 11_000 })] }],
  ])('does not accept a trouble %s', (_, excuse) => {
    expect(verdictOn({ calls: [first, again], ...excuse })).toBe(1);
  });

  it('accepts one more try for each answer that is not good', () => {
    const failed = refused('TooManyRequestsException', { at: 18_000 });

    expect(verdictOn({ calls: [first, failed, call({ at: 19_000 })] })).toBe(0);
    expect(
      verdictOn({ calls: [first, failed, { ...failed, at: 18_500, number: 18_500 }, call({ at: 19_000 })] }),
    ).toBe(0);
  });

  it('rejects a call beside another one of the same page', () => {
    const open = refused('TooManyRequestsException', { at: 18_000, endedAt: 21_000 });

    expect(verdictOn({ calls: [first, open, call({ at: 19_000 })] })).toBe(1);
  });

  it('does not count revocations', () => {
    expect(verdictOn({ calls: [first, { ...again, operation: 'revoke' }] })).toBe(0);
  });
});
