import { readTokenSet } from '../../../ngx-cognito-session/src/lib/core/token-set';
import { isOfAnotherUser, readRenewedTokens } from './read-renewed-tokens';

const ISSUER = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123';
const expected = { clientId: 'web', userPoolId: 'eu-west-1_AbCdEf123' };

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
function accessToken({ iat = 1000, exp = 4600, sub = 'alice', clientId = 'web', jti = 'a' } = {}): string {
  const claims = { iss: ISSUER, token_use: 'access', client_id: clientId, sub, iat, exp, jti };
  return `${encode({ alg: 'RS256' })}.${encode(claims)}.x`;
}

const held = readTokenSet({ accessToken: accessToken(), refreshToken: 'old' }, expected);
const read = (token: string, now = 2_000_000) =>
  readRenewedTokens(held, { accessToken: token, refreshToken: 'new' }, { expected, now });
const invalid = (text: RegExp) =>
  expect.objectContaining({ code: 'invalidResponse', message: expect.stringMatching(text) });

describe('readRenewedTokens', () => {
  it('gives the newer tokens', () => {
    const token = accessToken({ iat: 2000, exp: 5600 });

    expect(read(token)).toMatchObject({ accessToken: token, refreshToken: 'new' });
  });

  it('accepts tokens of the same second, if they are others', () => {
    const token = accessToken({ jti: 'b' });

    expect(read(token).accessToken).toBe(token);
  });

  it.each([
    ['the same token', accessToken()],
    ['an older one', accessToken({ iat: 999, jti: 'b' })],
  ])('refuses %s: a cache answered', (_, token) => {
    expect(() => read(token)).toThrow(invalid(/not newer/));
  });

  it('refuses tokens from the moment at which they expire', () => {
    const token = accessToken({ iat: 2000, exp: 5600 });

    expect(() => read(token, 5_600_000)).toThrow(invalid(/have expired/));
    expect(read(token, 5_599_999).accessToken).toBe(token);
  });

  it.each([
    ['another user', accessToken({ iat: 2000, sub: 'bob' })],
    ['another app client', accessToken({ iat: 2000, clientId: 'other' })],
    ['no JWT', 'nonsense'],
  ])('refuses tokens of %s', (_, token) => {
    expect(() => read(token)).toThrow(expect.objectContaining({ name: 'SessionError' }));
  });
});

describe('isOfAnotherUser', () => {
  it.each([
    ['the same user', accessToken({ iat: 2000 }), false],
    ['another user', accessToken({ sub: 'bob' }), true],
    ['no user that can be read', 'nonsense', false],
  ])('tells tokens of %s', (_, token, isOther) => {
    expect(isOfAnotherUser(held, { accessToken: token })).toBe(isOther);
  });
});
