import { shownClaims } from './claims';
import { drift, duration, left } from './format';
import { nextIndex } from './tab-list';

describe('a duration', () => {
  it.each([
    [0, '0 s'],
    [-5000, '0 s'],
    [400, '1 s'],
    [59_000, '59 s'],
    [60_000, '1 min 0 s'],
    [252_000, '4 min 12 s'],
    [3_600_000, '1 h 0 min'],
    [29.2 * 86_400_000, '29 d 4 h'],
  ])('%d ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it('that is left counts to its end, and may never end', () => {
    expect([left(1000, 0, 'due'), left(0, 0, 'due'), left(Infinity, 0, 'due')]).toEqual([
      '1 s',
      'due',
      'never',
    ]);
  });

  it('of a clock drift has a sign', () => {
    expect([drift(0.42), drift(-3), drift(300)]).toEqual(['+0.4 s', '−3.0 s', '+5 min 0 s']);
  });
});

describe('the keys of the tabs', () => {
  it.each([
    ['ArrowRight', 0, 1],
    ['ArrowRight', 2, 0],
    ['ArrowLeft', 0, 2],
    ['Home', 1, 0],
    ['End', 0, 2],
    ['a', 1, null],
  ])('%s leads from %d to %s', (key, from, to) => {
    expect(nextIndex(key, from, 3)).toBe(to);
  });
});

describe('claims', () => {
  const claims = { exp: 1_796_048_209, email: 'alice@example.com', 'custom:salary': '1', scope: 'openid' };

  it('about the person are hidden, and so are those that are not known', () => {
    expect(shownClaims(claims, false)).toEqual([
      { name: 'exp', value: '1796048209 (2026-11-30T14:16:49.000Z)' },
      { name: 'email', value: 'hidden' },
      { name: 'custom:salary', value: 'hidden' },
      { name: 'scope', value: 'openid' },
    ]);
  });

  it('are all shown when the developer asks for it', () => {
    expect(shownClaims(claims, true).map(({ value }) => value)).not.toContain('hidden');
  });

  it('with an impossible time are shown all the same', () => {
    expect(shownClaims({ exp: 1e300 }, false)).toEqual([{ name: 'exp', value: '1e+300 (not a time)' }]);
  });
});
