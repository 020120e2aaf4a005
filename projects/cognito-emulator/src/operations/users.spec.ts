import {
  ConfirmDeviceCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { ManualClock } from '../clock/clock';
import type { Emulator } from '../emulator';
import { secretHash } from '../pool/client-secret';
import { startEmulator } from '../node/start-emulator';
import { control } from '../../testing-support/control-client';
import { sdkClient } from '../../testing-support/sdk-client';

const SECRET = 'a-client-secret';

let clock: ManualClock;
let emulator: Emulator;
let client: CognitoIdentityProviderClient;

beforeEach(async () => {
  clock = new ManualClock();
  const clients = [
    { clientId: 'web' },
    { clientId: 'server', secret: SECRET },
    { clientId: 'rotating', secret: ['old-secret', 'new-secret'] as const },
  ];
  emulator = await startEmulator({ clock, pools: [{ clients }] });
  client = sdkClient(emulator);
});

afterEach(async () => {
  client.destroy();
  await emulator.close();
});

function signIn(parameters: Record<string, string> = {}, clientId = 'web') {
  const AuthParameters = { USERNAME: 'alice', PASSWORD: 'Correct-horse-1', ...parameters };
  return client.send(
    new InitiateAuthCommand({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId: clientId, AuthParameters }),
  );
}

function refresh(input: Partial<GetTokensFromRefreshTokenCommand['input']>) {
  return client.send(new GetTokensFromRefreshTokenCommand({ RefreshToken: '', ClientId: 'web', ...input }));
}

function initiateRefresh(AuthParameters: Record<string, string>, ClientId = 'web') {
  return client.send(new InitiateAuthCommand({ AuthFlow: 'REFRESH_TOKEN_AUTH', ClientId, AuthParameters }));
}

const getUser = (AccessToken: string) => client.send(new GetUserCommand({ AccessToken }));
const notAuthorized = (message: string) => ({ name: 'NotAuthorizedException', message });

describe('GetUser', () => {
  it('gives name and attributes', async () => {
    const { AccessToken } = await emulator.signIn('alice');

    const answer = await getUser(AccessToken);

    expect(answer.Username).toBe('alice');
    expect(answer.UserAttributes).toContainEqual({ Name: 'email', Value: 'alice@example.com' });
  });

  it('refuses a forged, an expired, a revoked and an ID token', async () => {
    const { AccessToken, IdToken, RefreshToken } = await emulator.signIn('alice');
    const forged = `${AccessToken.split('.').slice(0, 2).join('.')}.${'A'.repeat(342)}`;
    const other = await emulator.signIn('alice');

    await expect(getUser(forged)).rejects.toMatchObject(notAuthorized('Invalid Access Token'));
    await expect(getUser(IdToken)).rejects.toMatchObject(notAuthorized('Invalid Access Token'));
    await client.send(new RevokeTokenCommand({ Token: RefreshToken, ClientId: 'web' }));
    await expect(getUser(AccessToken)).rejects.toMatchObject(notAuthorized('Access Token has been revoked'));
    clock.advance(3_600_000);
    await expect(getUser(other.AccessToken)).rejects.toMatchObject(notAuthorized('Access Token has expired'));
  });
});

describe('GlobalSignOut', () => {
  it('ends every session of the user, on every client, and of no other user', async () => {
    const [mine, phone] = [
      await emulator.signIn('alice'),
      await emulator.signIn('alice', { clientId: 'server' }),
    ];

    await client.send(new GlobalSignOutCommand({ AccessToken: mine.AccessToken }));

    expect(emulator.liveRefreshTokens()).toEqual([]);
    await expect(getUser(phone.AccessToken)).rejects.toMatchObject(
      notAuthorized('Access Token has been revoked'),
    );
    await expect(refresh({ RefreshToken: mine.RefreshToken })).rejects.toMatchObject(
      notAuthorized('Refresh Token has been revoked'),
    );
    const later = await emulator.signIn('alice');
    await expect(getUser(later.AccessToken)).resolves.toHaveProperty('Username');
  });

  it('needs a token that is not revoked', async () => {
    const { AccessToken } = await emulator.signIn('alice');
    await client.send(new GlobalSignOutCommand({ AccessToken }));

    await expect(client.send(new GlobalSignOutCommand({ AccessToken }))).rejects.toMatchObject(
      notAuthorized('Access Token has been revoked'),
    );
  });
});

describe('a user', () => {
  it('who is disabled cannot sign in or refresh, and enabling again does not bring the tokens back', async () => {
    const { RefreshToken } = await emulator.signIn('alice');
    emulator.changeUser('alice', { enabled: false });

    await expect(signIn()).rejects.toMatchObject(notAuthorized('User is disabled.'));
    emulator.changeUser('alice', { enabled: true });
    await expect(refresh({ RefreshToken })).rejects.toMatchObject(
      notAuthorized('Refresh Token has been revoked'),
    );
    await expect(signIn()).resolves.toHaveProperty('AuthenticationResult');
  });

  it('who is deleted is not found by a refresh', async () => {
    const { RefreshToken } = await emulator.signIn('alice');
    emulator.deleteUser('alice');

    await expect(refresh({ RefreshToken })).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });

  it.each([
    ['UNCONFIRMED', 'UserNotConfirmedException'],
    ['RESET_REQUIRED', 'PasswordResetRequiredException'],
  ] as const)('in status %s is refused with %s', async (status, name) => {
    emulator.changeUser('alice', { status });

    await expect(signIn()).rejects.toMatchObject({ name });
  });

  it('carries new groups from the next refresh on', async () => {
    const { RefreshToken } = await emulator.signIn('alice');
    await control(emulator, 'change-user', { username: 'alice', groups: ['admins'] });

    const { AuthenticationResult } = await refresh({ RefreshToken });

    expect(decodeJwt(AuthenticationResult?.IdToken ?? '')['cognito:groups']).toEqual(['admins']);
  });
});

describe('device remembering', () => {
  beforeEach(() => {
    emulator.configurePool({ deviceRemembering: true });
  });

  it('hands out a device key and demands it on every refresh', async () => {
    const { AuthenticationResult: result } = await signIn();
    const { RefreshToken = '', NewDeviceMetadata } = result ?? {};
    const { DeviceKey = '' } = NewDeviceMetadata ?? {};
    const invalid = notAuthorized('Invalid Refresh Token.');

    expect(DeviceKey).toMatch(/^eu-west-1_[0-9a-f-]{36}$/);
    expect(decodeJwt(result?.AccessToken ?? '')['device_key']).toBe(DeviceKey);
    await expect(refresh({ RefreshToken })).rejects.toMatchObject(invalid);
    await expect(refresh({ RefreshToken, DeviceKey: 'eu-west-1_other' })).rejects.toMatchObject(invalid);
    await expect(initiateRefresh({ REFRESH_TOKEN: RefreshToken })).rejects.toMatchObject(invalid);
    await expect(refresh({ RefreshToken, DeviceKey })).resolves.toHaveProperty('AuthenticationResult');
    await expect(
      initiateRefresh({ REFRESH_TOKEN: RefreshToken, DEVICE_KEY: DeviceKey }),
    ).resolves.toHaveProperty('AuthenticationResult');
  });

  it('recognises a device it knows', async () => {
    const { NewDeviceMetadata } = await emulator.signIn('alice');
    const { DeviceKey = '' } = NewDeviceMetadata ?? {};

    const { AuthenticationResult } = await signIn({ DEVICE_KEY: DeviceKey });

    expect(AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
    expect(decodeJwt(AuthenticationResult?.AccessToken ?? '')['device_key']).toBe(DeviceKey);
  });

  it('wants the device confirmed where the pool says so', async () => {
    emulator.configurePool({ deviceConfirmation: true });
    const { AccessToken, RefreshToken, NewDeviceMetadata } = await emulator.signIn('alice');
    const { DeviceKey = '' } = NewDeviceMetadata ?? {};

    await expect(refresh({ RefreshToken, DeviceKey })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    await client.send(new ConfirmDeviceCommand({ AccessToken, DeviceKey }));
    await expect(refresh({ RefreshToken, DeviceKey })).resolves.toHaveProperty('AuthenticationResult');
  });
});

describe('a client with a secret', () => {
  const hash = (username: string) => secretHash(SECRET, username, 'server');

  it('signs in with the right SECRET_HASH only', async () => {
    await expect(signIn({ SECRET_HASH: await hash('alice') }, 'server')).resolves.toHaveProperty(
      'AuthenticationResult',
    );
    await expect(signIn({ SECRET_HASH: 'wrong' }, 'server')).rejects.toMatchObject(
      notAuthorized('Unable to verify secret hash for client server'),
    );
    await expect(signIn({}, 'server')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('refreshes with a hash over the username or the sub, not over an alias', async () => {
    const { AccessToken, RefreshToken } = await emulator.signIn('alice', { clientId: 'server' });
    const send = async (name: string) =>
      initiateRefresh({ REFRESH_TOKEN: RefreshToken, SECRET_HASH: await hash(name) }, 'server');

    await expect(send('alice')).resolves.toHaveProperty('AuthenticationResult');
    await expect(send(decodeJwt(AccessToken).sub ?? '')).resolves.toHaveProperty('AuthenticationResult');
    await expect(send('alice@example.com')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('refreshes and revokes with the secret itself', async () => {
    const { RefreshToken } = await emulator.signIn('alice', { clientId: 'server' });
    const input = { RefreshToken, ClientId: 'server' };
    const revoke = (ClientSecret?: string) =>
      client.send(new RevokeTokenCommand({ Token: RefreshToken, ClientId: 'server', ClientSecret }));

    await expect(refresh(input)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(refresh({ ...input, ClientSecret: SECRET })).resolves.toHaveProperty('AuthenticationResult');
    await expect(revoke()).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(revoke(SECRET)).resolves.toBeDefined();
  });
});

describe('a client with two secrets, as while they are rotated', () => {
  it('is known by each of them, and by no other', async () => {
    const { RefreshToken } = await emulator.signIn('alice', { clientId: 'rotating' });
    const refreshWith = (ClientSecret: string) =>
      refresh({ RefreshToken, ClientId: 'rotating', ClientSecret });
    const signInWith = async (secret: string) =>
      signIn({ SECRET_HASH: await secretHash(secret, 'alice', 'rotating') }, 'rotating');

    for (const secret of ['old-secret', 'new-secret']) {
      await expect(refreshWith(secret)).resolves.toHaveProperty('AuthenticationResult');
      await expect(signInWith(secret)).resolves.toHaveProperty('AuthenticationResult');
    }
    await expect(refreshWith('other')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(signInWith('other')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });
});

describe('the pre-token-generation trigger', () => {
  it('sees the client metadata of a refresh and changes the claims', async () => {
    emulator.setPreTokenGeneration(({ clientMetadata, triggerSource }) => ({
      idTokenClaims: { tenant: clientMetadata['tenant'] },
      accessTokenClaims: { source: triggerSource },
      scopesToAdd: ['orders/read'],
    }));
    const { RefreshToken } = await emulator.signIn('alice');

    const { AuthenticationResult } = await refresh({ RefreshToken, ClientMetadata: { tenant: 'blue' } });

    expect(decodeJwt(AuthenticationResult?.IdToken ?? '')['tenant']).toBe('blue');
    expect(decodeJwt(AuthenticationResult?.AccessToken ?? '')).toMatchObject({
      source: 'TokenGeneration_RefreshTokens',
      scope: 'aws.cognito.signin.user.admin orders/read',
    });
  });

  it('that fails refuses the refresh and spends nothing', async () => {
    emulator.configure({ rotation: true });
    const { RefreshToken } = await emulator.signIn('alice');
    await control(emulator, 'pre-token-generation', { failWith: 'no tenant' });

    await expect(refresh({ RefreshToken })).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: 'PreTokenGeneration failed with error no tenant.',
    });
    await control(emulator, 'pre-token-generation', {});
    await expect(refresh({ RefreshToken })).resolves.toHaveProperty('AuthenticationResult');
  });

  it('is set over HTTP, too', async () => {
    await control(emulator, 'pre-token-generation', { claims: { plan: 'gold' }, metadataClaim: 'meta' });
    const { RefreshToken } = await emulator.signIn('alice');

    const { AuthenticationResult } = await refresh({ RefreshToken, ClientMetadata: { a: 'b' } });

    expect(decodeJwt(AuthenticationResult?.IdToken ?? '')).toMatchObject({ plan: 'gold', meta: { a: 'b' } });
  });
});

describe('keys and issuer', () => {
  const jwks = async () => (await (await fetch(emulator.jwksUrl)).json()) as JSONWebKeySet;
  const verify = async (token: string) => jwtVerify(token, createLocalJWKSet(await jwks()));

  it('signs with new keys after a rotation, and still publishes the old ones', async () => {
    const before = await emulator.signIn('alice');
    emulator.rotateKeys();
    const after = await emulator.signIn('alice');

    const [a, b] = [before, after].map(({ AccessToken }) => decodeProtectedHeader(AccessToken).kid);

    expect(a).not.toBe(b);
    expect((await jwks()).keys).toHaveLength(4);
    await expect(verify(before.AccessToken)).resolves.toBeDefined();
    await expect(verify(after.AccessToken)).resolves.toBeDefined();
  });

  it('can withdraw the old keys', async () => {
    const { AccessToken } = await emulator.signIn('alice');

    await control(emulator, 'rotate-keys', { keepOld: false });

    await expect(verify(AccessToken)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  it('writes either form of the issuer', async () => {
    await control(emulator, 'configure-pool', { issuerForm: 'updated' });

    const { AccessToken } = await emulator.signIn('alice');

    const updated = 'https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Emulator1';
    expect([decodeJwt(AccessToken).iss, emulator.issuer]).toEqual([updated, updated]);
  });
});
