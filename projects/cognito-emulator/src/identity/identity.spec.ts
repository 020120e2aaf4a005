import { decodeJwt } from 'jose';
import { ManualClock } from '../clock/clock';
import type { Emulator } from '../emulator';
import { startEmulator } from '../node/start-emulator';
import { callJson } from '../../testing-support/sample-calls';

const IDENTITY_POOL = 'eu-west-1:11111111-0000-4000-8000-000000000001';
const GUEST_POOL = 'eu-west-1:11111111-0000-4000-8000-000000000002';
const STRICT_POOL = 'eu-west-1:11111111-0000-4000-8000-000000000003';

interface Answer {
  readonly IdentityId?: string;
  readonly Token?: string;
  readonly Credentials?: Record<string, unknown>;
  readonly __type?: string;
  readonly message?: string;
}

let clock: ManualClock;
let emulator: Emulator;

beforeEach(async () => {
  clock = new ManualClock();
  const bob = { username: 'bob', password: 'x' };
  const alice = { username: 'alice', password: 'x' };
  emulator = await startEmulator({
    clock,
    pools: [{ users: [alice, bob] }],
    identityPools: [
      { id: IDENTITY_POOL },
      { id: GUEST_POOL, allowUnauthenticated: true },
      { id: STRICT_POOL, serverSideTokenCheck: true },
    ],
  });
});

afterEach(() => emulator.close());

async function call(operation: string, input: object): Promise<Answer> {
  const response = await callJson(emulator, 'AWSCognitoIdentityService', operation, input);
  return (await response.json()) as Answer;
}

const loginsWith = (idToken: string) => ({
  [`cognito-idp.eu-west-1.amazonaws.com/${emulator.userPoolId}`]: idToken,
});

async function loginsOf(username: string) {
  return loginsWith((await emulator.signIn(username)).IdToken);
}

const getId = (Logins: object, IdentityPoolId = IDENTITY_POOL) => call('GetId', { IdentityPoolId, Logins });

it('knows a user again', async () => {
  const first = await getId(await loginsOf('alice'));
  const again = await getId(await loginsOf('alice'));
  const other = await getId(await loginsOf('bob'));

  expect(first.IdentityId).toMatch(/^eu-west-1:[0-9a-f-]{36}$/);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

it('gives credentials in the wire shape, for one hour', async () => {
  const Logins = await loginsOf('alice');
  const { IdentityId } = await getId(Logins);

  const { Credentials } = await call('GetCredentialsForIdentity', { IdentityId, Logins });

  expect(Credentials).toEqual({
    AccessKeyId: expect.stringMatching(/^ASIA[0-9A-F]{16}$/),
    SecretKey: expect.any(String),
    SessionToken: expect.any(String),
    Expiration: Math.floor(clock.now() / 1000) + 3600,
  });
});

it('gives an OpenID token for ten minutes', async () => {
  const Logins = await loginsOf('alice');
  const { IdentityId = '' } = await getId(Logins);

  const { Token = '' } = await call('GetOpenIdToken', { IdentityId, Logins });

  const claims = decodeJwt(Token);
  expect(claims).toMatchObject({ sub: IdentityId, aud: IDENTITY_POOL });
  expect(Number(claims.exp) - Number(claims.iat)).toBe(600);
});

it.each([
  ['an access token', async () => getId(loginsWith((await emulator.signIn('alice')).AccessToken))],
  ['garbage', () => getId(loginsWith('x.y.z'))],
  [
    'an expired ID token',
    async () => {
      const logins = await loginsOf('alice');
      clock.advance(3_600_000);
      return getId(logins);
    },
  ],
  ['another provider', () => getId({ 'accounts.example.com': 'x' })],
  ['a guest, where guests are not allowed', () => call('GetId', { IdentityPoolId: IDENTITY_POOL })],
  [
    'the identity of another user',
    async () => {
      const { IdentityId } = await getId(await loginsOf('alice'));
      return call('GetCredentialsForIdentity', { IdentityId, Logins: await loginsOf('bob') });
    },
  ],
  [
    'the identity of a user without logins',
    async () => {
      const { IdentityId } = await getId(await loginsOf('alice'));
      return call('GetCredentialsForIdentity', { IdentityId });
    },
  ],
])('refuses %s', async (_, send) => {
  expect(await send()).toMatchObject({ __type: 'NotAuthorizedException', message: expect.any(String) });
});

it.each([
  ['identity pool', () => call('GetId', { IdentityPoolId: 'eu-west-1:nowhere' })],
  ['identity', () => call('GetCredentialsForIdentity', { IdentityId: 'eu-west-1:nobody' })],
])('does not find an unknown %s', async (_, send) => {
  expect(await send()).toMatchObject({ __type: 'ResourceNotFoundException' });
});

it('lets guests in where the pool says so, each with an own identity', async () => {
  const [a, b] = [
    await call('GetId', { IdentityPoolId: GUEST_POOL }),
    await call('GetId', { IdentityPoolId: GUEST_POOL }),
  ];

  expect(a.IdentityId).not.toBe(b.IdentityId);
  expect(await call('GetCredentialsForIdentity', { IdentityId: a.IdentityId })).toHaveProperty('Credentials');
});

it('accepts the ID token of a revoked session, unless the pool checks on the server', async () => {
  const { AccessToken, IdToken } = await emulator.signIn('alice');
  await callJson(emulator, 'AWSCognitoIdentityProviderService', 'GlobalSignOut', { AccessToken });

  expect(await getId(loginsWith(IdToken))).toHaveProperty('IdentityId');
  expect(await getId(loginsWith(IdToken), STRICT_POOL)).toMatchObject({ __type: 'NotAuthorizedException' });
});
