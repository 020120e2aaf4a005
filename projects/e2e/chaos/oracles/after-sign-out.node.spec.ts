import { judgeAfterSignOut } from './after-sign-out';
import { call, factsWith, request } from './example-facts';

const quiets = [{ family: 'f1', at: 30_000 }];
const verdictOn = (some: Parameters<typeof factsWith>[0]) =>
  judgeAfterSignOut(factsWith({ quiets, ...some })).length;

describe('no call with the tokens of a session after its sign-out and quiet', () => {
  it('accepts calls from before', () => {
    expect(verdictOn({ calls: [call({ at: 29_000 })], requests: [request({ at: 29_500 })] })).toBe(0);
  });

  it('accepts calls of another session', () => {
    expect(verdictOn({ calls: [call({ at: 31_000, family: 'f2' })] })).toBe(0);
  });

  it('accepts a late revocation', () => {
    expect(verdictOn({ calls: [call({ at: 31_000, operation: 'revoke' })] })).toBe(0);
  });

  it('rejects a late refresh', () => {
    expect(verdictOn({ calls: [call({ at: 31_000 })] })).toBe(1);
  });

  it('rejects a late API request', () => {
    expect(verdictOn({ requests: [request({ at: 31_000 })] })).toBe(1);
  });
});
