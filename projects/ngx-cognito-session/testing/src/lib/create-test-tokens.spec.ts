import { decodeUnverifiedJwt, type AuthTokens } from 'ngx-cognito-session';
import { createTestTokens } from './create-test-tokens';

const START = Date.UTC(2026, 0, 5, 12) / 1000;

function claimsOf({ accessToken, idToken = '' }: AuthTokens): Record<'access' | 'id', unknown> {
  return { access: decodeUnverifiedJwt(accessToken).payload, id: decodeUnverifiedJwt(idToken).payload };
}

describe('createTestTokens', () => {
  it('gives the tokens of one user, good for an hour', () => {
    const tokens = createTestTokens();

    const times = { iat: START, exp: START + 3600, auth_time: START };
    expect(tokens).toMatchObject({
      expiresAt: START + 3600,
      clockDrift: 0,
    });
    expect(claimsOf(tokens)).toEqual({
      access: {
        ...times,
        token_use: 'access',
        sub: 'test-user-sub',
        origin_jti: 'sign-in-of-test-user-sub',
        client_id: 'test-client',
        username: 'test-user',
        scope: 'aws.cognito.signin.user.admin',
        iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_TestPool1',
      },
      id: {
        ...times,
        token_use: 'id',
        sub: 'test-user-sub',
        origin_jti: 'sign-in-of-test-user-sub',
        aud: 'test-client',
        'cognito:username': 'test-user',
        email: 'test-user@example.com',
        email_verified: true,
        iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_TestPool1',
      },
    });
  });

  it('gives the same tokens for the same claims', () => {
    expect(createTestTokens({ username: 'alice' })).toEqual(createTestTokens({ username: 'alice' }));
    expect(createTestTokens({ username: 'alice' })).not.toEqual(createTestTokens({ username: 'bob' }));
  });

  it('names what it is given as Cognito does', () => {
    const { access, id } = claimsOf(
      createTestTokens({
        ...{ sub: 's', username: 'ünal', email: 'u@example.com', emailVerified: false, phoneNumber: '+491' },
        ...{ name: 'Ünal Ö.', givenName: 'Ünal', familyName: 'Ö.', customAttributes: { tenant: 't1' } },
        ...{ groups: ['admin'], scopes: ['a', 'b'], clientId: 'c', userPoolId: 'us-east-2_Pool' },
      }),
    );

    const issuer = 'https://cognito-idp.us-east-2.amazonaws.com/us-east-2_Pool';
    expect(access).toMatchObject({ sub: 's', username: 'ünal', scope: 'a b', client_id: 'c', iss: issuer });
    expect(id).toMatchObject({
      ...{ sub: 's', 'cognito:username': 'ünal', email: 'u@example.com', email_verified: false, aud: 'c' },
      ...{ phone_number: '+491', name: 'Ünal Ö.', given_name: 'Ünal', family_name: 'Ö.', iss: issuer },
      'custom:tenant': 't1',
    });
    expect([access, id]).toEqual([
      expect.objectContaining({ 'cognito:groups': ['admin'] }),
      expect.objectContaining({ 'cognito:groups': ['admin'] }),
    ]);
  });

  it('takes claims by the names of Cognito before everything else', () => {
    const { access, id } = claimsOf(
      createTestTokens({
        groups: ['staff'],
        'cognito:groups': ['admin'],
        'custom:tenant': 't1',
        claims: { acr: 'mfa', username: 'bob' },
      }),
    );

    expect(access).toMatchObject({ 'cognito:groups': ['admin'], acr: 'mfa', username: 'bob' });
    expect(id).toMatchObject({ 'cognito:groups': ['admin'], acr: 'mfa', 'custom:tenant': 't1' });
  });

  it.each([undefined, []])('leaves the groups out for those who are in none (%j)', (groups) => {
    const { access } = claimsOf(createTestTokens({ ...(groups && { groups }) }));

    expect(access).not.toHaveProperty('cognito:groups');
  });

  it('issues them when it is told to', () => {
    expect(claimsOf(createTestTokens({ iat: 1000 })).access).toMatchObject({ iat: 1000, exp: 4600 });
    expect(claimsOf(createTestTokens({ iat: 1000, exp: 1300 })).id).toMatchObject({ iat: 1000, exp: 1300 });
    expect(createTestTokens({ exp: START + 60 }).expiresAt).toBe(START + 60);
  });

  it('makes tokens that have expired when they are told to', () => {
    const expired = createTestTokens({ exp: START - 60 });

    expect(claimsOf(expired).access).toMatchObject({ iat: START - 3660, exp: START - 60 });
  });

  it('makes tokens of any size', () => {
    const { access } = claimsOf(createTestTokens({ claims: { big: 'x'.repeat(300_000) } }));

    expect(access).toHaveProperty('big.length', 300_000);
  });

  it('leaves out the tokens that a sign-in does not bring', () => {
    const tokens = createTestTokens({ refreshToken: null, idToken: false });

    expect(Object.keys(tokens)).toEqual(['accessToken', 'expiresAt', 'clockDrift']);
  });
});
