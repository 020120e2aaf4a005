import { heldSession } from '../../../testing-support/held-sessions';
import { signInOf } from './sign-in-of';

const named = (claims: object) =>
  signInOf({ accessClaims: { ...heldSession().tokens.accessClaims, ...claims } });

describe('the name of a sign-in', () => {
  it('is the first token of a pool with token revocation', () => {
    expect(named({ origin_jti: 'origin-1' })).toBe('origin-1');
  });

  it('is the user and the time elsewhere', () => {
    expect(named({ origin_jti: undefined, sub: 'user-1', auth_time: 7 })).toBe('user-1 7');
    expect(named({ origin_jti: 5, sub: 'user-1', auth_time: undefined })).toBe('user-1 undefined');
  });

  it('is as long as tabs accept', () => {
    expect(named({ origin_jti: 'x'.repeat(200) })).toBe('x'.repeat(128));
  });
});
