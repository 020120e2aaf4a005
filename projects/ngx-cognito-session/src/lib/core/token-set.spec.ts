import { inspect } from 'node:util';
import { accessToken, CLIENT_ID, idToken } from '../../../testing-support/test-tokens';
import { thrownBy } from '../../../testing-support/held-sessions';
import { expiresAtMs, lifetimeMs, mergeRenewedTokens, readTokenSet, toAuthTokens } from './token-set';

const IAT = 1_700_000_000;
const EXPECTED = { clientId: CLIENT_ID };
const ACCESS = accessToken({ iat: IAT });
const ID = idToken({ iat: IAT });

function heldTokens() {
  return readTokenSet(
    { accessToken: ACCESS, idToken: ID, refreshToken: 'refresh-1', deviceKey: 'device-1' },
    EXPECTED,
  );
}

describe('readTokenSet', () => {
  it('keeps the raw tokens beside their claims', () => {
    expect(heldTokens()).toMatchObject({
      accessToken: ACCESS,
      idToken: ID,
      refreshToken: 'refresh-1',
      accessClaims: { token_use: 'access', sub: 'user-1' },
      idClaims: { token_use: 'id', sub: 'user-1' },
    });
  });

  it('has no ID claims without an ID token', () => {
    expect(readTokenSet({ accessToken: ACCESS }, EXPECTED).idClaims).toBeNull();
  });

  it('learns the device key from the access token unless it is told', () => {
    const withDevice = accessToken({ iat: IAT, claims: { device_key: 'learned' } });

    expect(readTokenSet({ accessToken: withDevice }, EXPECTED).deviceKey).toBe('learned');
    expect(readTokenSet({ accessToken: withDevice, deviceKey: 'told' }, EXPECTED).deviceKey).toBe('told');
    expect(readTokenSet({ accessToken: ACCESS }, EXPECTED).deviceKey).toBeUndefined();
  });

  it.each([5, '', [], { a: 1 }])('learns no device key from a claim that is not a text: %j', (device_key) => {
    const token = accessToken({ iat: IAT, claims: { device_key } });

    expect(readTokenSet({ accessToken: token }, EXPECTED).deviceKey).toBeUndefined();
  });

  it.each([
    ['the ID token of another user', { accessToken: ACCESS, idToken: idToken({ iat: IAT, sub: 'user-2' }) }],
    ['an access token in the place of the ID token', { accessToken: ACCESS, idToken: ACCESS }],
    ['an ID token in the place of the access token', { accessToken: ID, idToken: ID }],
    ['an ID token that is no JWT', { accessToken: ACCESS, idToken: 'x' }],
    ['an empty ID token', { accessToken: ACCESS, idToken: '' }],
    [
      'an ID token of another client',
      { accessToken: ACCESS, idToken: idToken({ iat: IAT, idClaims: { aud: 'x' } }) },
    ],
  ])('refuses %s', (_, raw) => {
    expect(thrownBy(() => readTokenSet(raw, EXPECTED))).toMatchObject({ code: 'invalidToken' });
  });

  it('says that the tokens belong to different users', () => {
    const raw = { accessToken: ACCESS, idToken: idToken({ iat: IAT, sub: 'user-2' }) };

    expect(thrownBy(() => readTokenSet(raw, EXPECTED))).toMatchObject({
      message: expect.stringContaining('different users'),
    });
  });
});

describe('mergeRenewedTokens', () => {
  const renewed = {
    accessToken: accessToken({ iat: IAT + 3000 }),
    idToken: idToken({ iat: IAT + 3000 }),
  };

  it('keeps refresh token and device key if the answer carries none', () => {
    const merged = mergeRenewedTokens(heldTokens(), renewed, EXPECTED);

    expect(merged).toMatchObject({ ...renewed, refreshToken: 'refresh-1', deviceKey: 'device-1' });
    expect(merged.accessClaims.iat).toBe(IAT + 3000);
  });

  it('takes the new refresh token of a rotation', () => {
    const merged = mergeRenewedTokens(heldTokens(), { ...renewed, refreshToken: 'refresh-2' }, EXPECTED);

    expect(merged.refreshToken).toBe('refresh-2');
  });

  it('takes a new device key', () => {
    expect(mergeRenewedTokens(heldTokens(), { ...renewed, deviceKey: 'device-2' }, EXPECTED).deviceKey).toBe(
      'device-2',
    );
  });

  it('does not go on with the old ID token if the answer has none', () => {
    const merged = mergeRenewedTokens(heldTokens(), { accessToken: renewed.accessToken }, EXPECTED);

    expect([merged.idToken, merged.idClaims]).toEqual([undefined, null]);
  });

  it.each([
    [
      'another user',
      {
        accessToken: accessToken({ iat: IAT, sub: 'user-2' }),
        idToken: idToken({ iat: IAT, sub: 'user-2' }),
      },
    ],
    ['another user, access token alone', { accessToken: accessToken({ iat: IAT, sub: 'user-2' }) }],
    ['another user, ID token alone', { ...renewed, idToken: idToken({ iat: IAT, sub: 'user-2' }) }],
    ['another client', { accessToken: accessToken({ iat: IAT, claims: { client_id: 'other' } }) }],
    ['no JWT', { accessToken: 'garbage-garbage-garbage-garbage' }],
  ])('refuses tokens of %s as an invalid response, without showing them', (_, answer) => {
    const error = thrownBy(() => mergeRenewedTokens(heldTokens(), answer, EXPECTED));

    expect(error).toMatchObject({ code: 'invalidResponse', retryable: true });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(answer.accessToken);
  });

  it('says that the tokens belong to another user', () => {
    const answer = { accessToken: accessToken({ iat: IAT, sub: 'user-2' }) };

    expect(thrownBy(() => mergeRenewedTokens(heldTokens(), answer, EXPECTED))).toMatchObject({
      message: expect.stringContaining('another user'),
    });
  });

  it('says what is wrong with tokens that are not usable', () => {
    const answer = { accessToken: accessToken({ iat: IAT, claims: { client_id: 'other' } }) };

    expect(thrownBy(() => mergeRenewedTokens(heldTokens(), answer, EXPECTED))).toMatchObject({
      message: expect.stringContaining('not usable'),
      cause: { name: 'SessionError', message: expect.stringContaining('another app client') },
    });
  });
});

describe('expiry and lifetime', () => {
  it.each([
    ['the access token', { lifetimeSeconds: 300, idLifetimeSeconds: 3600 }],
    ['the ID token', { lifetimeSeconds: 3600, idLifetimeSeconds: 300 }],
  ])('follow %s if it is the shorter-lived one', (_, lifetimes) => {
    const spec = { iat: IAT, ...lifetimes };
    const tokens = readTokenSet({ accessToken: accessToken(spec), idToken: idToken(spec) }, EXPECTED);

    expect(expiresAtMs(tokens)).toBe((IAT + 300) * 1000);
    expect(lifetimeMs(tokens)).toBe(300_000);
  });

  it('follow the access token if there is no ID token', () => {
    const tokens = readTokenSet({ accessToken: ACCESS }, EXPECTED);

    expect(expiresAtMs(tokens)).toBe((IAT + 3600) * 1000);
    expect(lifetimeMs(tokens)).toBe(3_600_000);
  });
});

describe('toAuthTokens', () => {
  it('gives times in seconds', () => {
    expect(toAuthTokens(heldTokens(), -1500)).toEqual({
      accessToken: ACCESS,
      idToken: ID,
      refreshToken: 'refresh-1',
      deviceKey: 'device-1',
      expiresAt: IAT + 3600,
      clockDrift: -1.5,
    });
  });

  it('leaves out what is not there', () => {
    const tokens = readTokenSet({ accessToken: ACCESS }, EXPECTED);

    expect(Object.keys(toAuthTokens(tokens, 0)).sort()).toEqual(['accessToken', 'clockDrift', 'expiresAt']);
  });
});
