import {
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt, decodeProtectedHeader, type JSONWebKeySet } from 'jose';
import { ManualClock } from '../clock/clock';
import type { ClientChange } from '../config/change';
import type { Emulator } from '../emulator';
import { startEmulator } from '../node/start-emulator';
import { sdkClient } from '../../testing-support/sdk-client';

const USER = { username: 'alice', password: 'Correct-horse-1' };

let clock: ManualClock;
let emulator: Emulator;
let client: CognitoIdentityProviderClient;

beforeEach(async () => {
  clock = new ManualClock();
  emulator = await startEmulator({
    clock,
    pools: [{ id: 'eu-west-1_AbCdEf123', clients: [{ clientId: 'web' }, { clientId: 'mobile' }] }],
  });
  client = sdkClient(emulator);
});

afterEach(async () => {
  client.destroy();
  await emulator.close();
});

function signIn(parameters: Record<string, string> = {}) {
  return client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: 'web',
      AuthParameters: { USERNAME: USER.username, PASSWORD: USER.password, ...parameters },
    }),
  );
}

async function refresh(refreshToken: string, clientId = 'web') {
  const answer = await client.send(
    new GetTokensFromRefreshTokenCommand({ RefreshToken: refreshToken, ClientId: clientId }),
  );
  return answer.AuthenticationResult ?? {};
}

function initiateRefresh(refreshToken: string) {
  return client.send(
    new InitiateAuthCommand({
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      ClientId: 'web',
      AuthParameters: { REFRESH_TOKEN: refreshToken },
    }),
  );
}

function revoke(token: string, clientId = 'web') {
  return client.send(new RevokeTokenCommand({ Token: token, ClientId: clientId }));
}

const rotating = (change: ClientChange = {}) => emulator.configure({ rotation: true, ...change });

describe('sign-in', () => {
  it('answers with three tokens of real shape', async () => {
    const { AuthenticationResult: result = {}, ChallengeParameters } = await signIn();

    expect(result).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' });
    expect(ChallengeParameters).toEqual({});
    expect(result.RefreshToken?.split('.')).toHaveLength(5);
    expect(result.RefreshToken?.length).toBeGreaterThan(1700);
    expect(result.RefreshToken?.length).toBeLessThan(1900);
  });

  it('puts the claims of the real service into the access token', async () => {
    const { AuthenticationResult: result = {} } = await signIn();
    const now = Math.floor(clock.now() / 1000);

    const { jti, ...claims } = decodeJwt(result.AccessToken ?? '');

    expect(jti).toEqual(expect.any(String));
    expect(claims).toEqual({
      sub: '0a1b2c3d-0000-4000-8000-00000000a11c',
      'cognito:groups': ['editors'],
      iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123',
      client_id: 'web',
      origin_jti: expect.any(String),
      event_id: expect.any(String),
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      auth_time: now,
      iat: now,
      exp: now + 3600,
      username: 'alice',
    });
  });

  it('puts attributes and the client as audience into the ID token', async () => {
    const { AuthenticationResult: result = {} } = await signIn();

    expect(decodeJwt(result.IdToken ?? '')).toMatchObject({
      aud: 'web',
      token_use: 'id',
      'cognito:username': 'alice',
      email: 'alice@example.com',
      email_verified: true,
      origin_jti: decodeJwt(result.AccessToken ?? '')['origin_jti'],
    });
  });

  it('signs ID and access tokens with different keys of one JWKS', async () => {
    const { AuthenticationResult: result = {} } = await signIn();
    const { keys } = (await (await fetch(emulator.jwksUrl)).json()) as JSONWebKeySet;

    const kids = [result.AccessToken, result.IdToken].map((token) => decodeProtectedHeader(token ?? '').kid);

    expect(new Set(kids).size).toBe(2);
    expect(keys.map((key) => key.kid)).toEqual(expect.arrayContaining(kids));
  });

  it('gives each token its own lifetime, down to one second', async () => {
    emulator.configure({ idTokenSeconds: 1, accessTokenSeconds: 7 });

    const { AuthenticationResult: result = {} } = await signIn();

    const lifetime = (token = '') => Number(decodeJwt(token).exp) - Number(decodeJwt(token).iat);
    expect([lifetime(result.IdToken), lifetime(result.AccessToken), result.ExpiresIn]).toEqual([1, 7, 7]);
  });

  it.each([
    ['a wrong password', { PASSWORD: 'wrong' }, 'NotAuthorizedException', 'Incorrect username or password.'],
    ['an unknown user', { USERNAME: 'nobody' }, 'NotAuthorizedException', 'Incorrect username or password.'],
    ['no password', { PASSWORD: '' }, 'InvalidParameterException', 'Missing required parameter PASSWORD'],
  ])('refuses %s', async (_, parameters, name, message) => {
    await expect(signIn(parameters)).rejects.toMatchObject({ name, message });
  });

  it('refuses an unknown client', async () => {
    await expect(refresh('a.b.c.d.e', 'nowhere')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'User pool client nowhere does not exist.',
    });
  });
});

describe('refresh without rotation', () => {
  it.each([
    ['GetTokensFromRefreshToken', refresh],
    ['InitiateAuth', async (token: string) => (await initiateRefresh(token)).AuthenticationResult ?? {}],
  ])('%s keeps refresh token, auth_time and origin_jti', async (_, send) => {
    const first = await emulator.signIn('alice');
    clock.advance(60_000);

    const second = await send(first.RefreshToken);

    expect(second.RefreshToken).toBeUndefined();
    const [before, after] = [decodeJwt(first.AccessToken), decodeJwt(second.AccessToken ?? '')];
    expect(after['auth_time']).toBe(before['auth_time']);
    expect(after['origin_jti']).toBe(before['origin_jti']);
    expect(after.jti).not.toBe(before.jti);
    expect(Number(after.iat)).toBe(Number(before.iat) + 60);
  });

  it('accepts the refresh token just before its deadline and refuses it at the deadline', async () => {
    emulator.configure({ refreshTokenSeconds: 10 });
    const { RefreshToken } = await emulator.signIn('alice');

    clock.advance(9_999);
    await expect(refresh(RefreshToken)).resolves.toHaveProperty('AccessToken');

    clock.advance(1);
    await expect(refresh(RefreshToken)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Refresh Token has expired',
    });
  });

  it.each([
    ['another client', async () => refresh((await emulator.signIn('alice')).RefreshToken, 'mobile')],
    ['a token that was never issued', async () => refresh('a.b.c.d.e')],
  ])('refuses %s', async (_, send) => {
    await expect(send()).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid Refresh Token.',
    });
  });
});

describe('refresh with rotation', () => {
  it('hands out a new refresh token that lives only as long as the first one would have', async () => {
    rotating({ refreshTokenSeconds: 100 });
    const first = await emulator.signIn('alice');
    clock.advance(60_000);
    const second = await refresh(first.RefreshToken);

    expect(second.RefreshToken).not.toBe(first.RefreshToken);
    expect(decodeJwt(second.AccessToken ?? '')['auth_time']).toBe(decodeJwt(first.AccessToken)['auth_time']);
    clock.advance(40_000);
    await expect(refresh(second.RefreshToken ?? '')).rejects.toMatchObject({
      message: 'Refresh Token has expired',
    });
  });

  it.each([0, 30])('refuses the old token once the grace of %i s is over', async (graceSeconds) => {
    rotating({ graceSeconds });
    const { RefreshToken } = await emulator.signIn('alice');
    await refresh(RefreshToken);

    clock.advance(graceSeconds * 1000);

    await expect(refresh(RefreshToken)).rejects.toMatchObject({ name: 'RefreshTokenReuseException' });
  });

  it('counts the grace from the first rotation', async () => {
    rotating({ graceSeconds: 30, inGraceAnswer: 'bothValid' });
    const { RefreshToken } = await emulator.signIn('alice');
    await refresh(RefreshToken);
    clock.advance(29_999);
    await refresh(RefreshToken);

    clock.advance(1);

    await expect(refresh(RefreshToken)).rejects.toMatchObject({ name: 'RefreshTokenReuseException' });
  });

  it.each([
    ['sameSuccessor', true, true, true],
    ['bothValid', false, true, true],
    ['onlyFirstValid', false, true, false],
    ['onlyLastValid', false, false, true],
  ] as const)('answers in grace by the switch %s', async (inGraceAnswer, isSame, isFirstLive, isLastLive) => {
    rotating({ graceSeconds: 30, inGraceAnswer });
    const { RefreshToken } = await emulator.signIn('alice');
    const { RefreshToken: first = '' } = await refresh(RefreshToken);
    const { RefreshToken: last = '' } = await refresh(RefreshToken);

    const isLive = (token: string) =>
      refresh(token).then(
        () => true,
        () => false,
      );

    expect(first === last).toBe(isSame);
    expect(await isLive(first)).toBe(isFirstLive);
    expect(await isLive(last)).toBe(isLastLive);
  });

  it('keeps origin_jti, or renews it if so configured', async () => {
    rotating();
    const first = await emulator.signIn('alice');
    const second = await refresh(first.RefreshToken);
    rotating({ newOriginJtiOnRotation: true });
    const third = await refresh(second.RefreshToken ?? '');

    const [a, b, c] = [first, second, third].map(
      (tokens) => decodeJwt(tokens.AccessToken ?? '')['origin_jti'],
    );

    expect(a).toBe(b);
    expect(b).not.toBe(c);
  });

  it('refuses REFRESH_TOKEN_AUTH', async () => {
    rotating();
    const { RefreshToken } = await emulator.signIn('alice');

    await expect(initiateRefresh(RefreshToken)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('RevokeToken', () => {
  it('ends the refresh token and the access tokens it produced, and nothing else', async () => {
    const mine = await emulator.signIn('alice');
    const other = await emulator.signIn('alice');
    const renewed = await refresh(mine.RefreshToken);

    await revoke(mine.RefreshToken);

    await expect(refresh(mine.RefreshToken)).rejects.toMatchObject({
      message: 'Refresh Token has been revoked',
    });
    const isRevoked = [mine, renewed, other].map(
      (tokens) => emulator.accessTokenStatus(tokens.AccessToken ?? '').isRevoked,
    );
    expect(isRevoked).toEqual([true, true, false]);
    await expect(refresh(other.RefreshToken)).resolves.toHaveProperty('AccessToken');
  });

  it('does not reach the successor of a rotated-out token', async () => {
    rotating({ graceSeconds: 30 });
    const { RefreshToken } = await emulator.signIn('alice');
    const { RefreshToken: successor = '' } = await refresh(RefreshToken);

    await revoke(RefreshToken);

    expect(emulator.liveRefreshTokens().map(({ token }) => token)).toEqual([successor]);
  });

  it('leaves the tokens among those that were issued, for tests that search for them', async () => {
    const first = await emulator.signIn('alice');
    const renewed = await refresh(first.RefreshToken);

    await revoke(first.RefreshToken);

    expect(emulator.issuedTokens()).toEqual(
      expect.arrayContaining([first.AccessToken, first.IdToken, first.RefreshToken, renewed.AccessToken]),
    );
  });

  it('takes a rotated-out token in grace with its successor', async () => {
    rotating({ graceSeconds: 30 });
    const { RefreshToken } = await emulator.signIn('alice');
    const { RefreshToken: successor = '' } = await refresh(RefreshToken);

    await revoke(successor);

    expect(emulator.liveRefreshTokens()).toEqual([]);
  });

  it('is content with a token that is revoked already or was never issued', async () => {
    const { RefreshToken } = await emulator.signIn('alice');
    await revoke(RefreshToken);

    await expect(revoke(RefreshToken)).resolves.toBeDefined();
    await expect(revoke('a.b.c.d.e')).resolves.toBeDefined();
  });

  it('refuses an access token, a foreign client and a client without revocation', async () => {
    const { AccessToken, RefreshToken } = await emulator.signIn('alice');

    await expect(revoke(AccessToken)).rejects.toMatchObject({ name: 'UnsupportedTokenTypeException' });
    await expect(revoke(RefreshToken, 'mobile')).rejects.toMatchObject({ name: 'UnauthorizedException' });
    emulator.configure({ tokenRevocation: false });
    await expect(revoke(RefreshToken)).rejects.toMatchObject({ name: 'UnsupportedOperationException' });
  });

  it('leaves jti and origin_jti out when revocation is off', async () => {
    emulator.configure({ tokenRevocation: false });

    const { AccessToken } = await emulator.signIn('alice');

    expect(decodeJwt(AccessToken)).not.toHaveProperty('origin_jti');
  });
});
