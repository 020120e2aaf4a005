import { judgeApiTokens } from './api-tokens';
import { factsWith, request } from './example-facts';

const verdictOn = (requests: Parameters<typeof factsWith>[0]) => judgeApiTokens(factsWith(requests)).length;

describe('no foreign or expired token reaches the API', () => {
  it('accepts a living token of the user whom the page shows', () => {
    expect(verdictOn({ requests: [request()] })).toBe(0);
  });

  it('accepts a request without a token', () => {
    expect(verdictOn({ requests: [request({ token: null, askedAs: null, sentAs: null })] })).toBe(0);
  });

  it('accepts a caller that asked before the user was known', () => {
    expect(verdictOn({ requests: [request({ askedAs: null })] })).toBe(0);
  });

  it.each([
    ['the token of another user than the page shows', { sentAs: 'user2', askedAs: null }],
    ['the token of another user than the caller asked for', { askedAs: 'user2' }],
    ['a token in a page that shows no user', { askedAs: null, sentAs: null }],
    ['a token of another device', { device: 'd2' }],
    ['a token that has expired by the clock of the emulator', { serverAt: 20_000 }],
  ])('rejects %s', (_, some) => {
    expect(verdictOn({ requests: [request(some)] })).toBe(1);
  });

  describe('with a clock that was set after the token was issued', () => {
    const late = [request({ at: 15_000, serverAt: 24_000 })];

    it.each([
      ['an emulator that ran ahead', { device: 'server', ms: 5000 }],
      ['a device that was set back', { device: 'd1', ms: -5000 }],
    ])('accepts a token that has expired for less, after %s', (_, jump) => {
      expect(verdictOn({ requests: late, jumps: [{ ...jump, at: 12_000, until: 12_000 }] })).toBe(0);
    });

    it('accepts a token that was issued while the clocks of all were being set', () => {
      const jumps = [{ device: 'all', ms: 5000, at: 9900, until: 10_100 }];

      expect(verdictOn({ requests: late, jumps })).toBe(0);
    });

    it.each([
      ['it was set by less', { device: 'server', ms: 4000, at: 12_000 }],
      ['it was set before the token was issued', { device: 'server', ms: 5000, at: 9000 }],
      ['it was set after the request', { device: 'server', ms: 5000, at: 16_000 }],
      ['the device was set ahead', { device: 'd1', ms: 5000, at: 12_000 }],
      ['another device was set', { device: 'd2', ms: -5000, at: 12_000 }],
      ['all of them slept', { device: 'all', ms: 5000, at: 12_000 }],
    ])('rejects it if %s', (_, jump) => {
      expect(verdictOn({ requests: late, jumps: [{ ...jump, until: jump.at }] })).toBe(1);
    });
  });
});
