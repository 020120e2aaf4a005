import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { decodeJwt } from 'jose';
import { ManualClock } from '../clock/clock';
import type { Emulator } from '../emulator';
import type { CallRecord } from '../log/call-record';
import type { AccessTokenStatus } from '../pool/oracles';
import { control } from '../../testing-support/control-client';
import type { SignInResult } from '../tokens/authentication-result';
import { startEmulator } from '../node/start-emulator';

const REFRESH = 'GetTokensFromRefreshToken';

let clock: ManualClock;
let emulator: Emulator;

beforeEach(async () => {
  clock = new ManualClock();
  emulator = await startEmulator({ clock });
});

afterEach(() => emulator.close());

const refresh = (refreshToken: string) =>
  fetch(emulator.url, {
    method: 'POST',
    headers: { 'X-Amz-Target': `AWSCognitoIdentityProviderService.${REFRESH}` },
    body: JSON.stringify({ ClientId: emulator.clientId, RefreshToken: refreshToken }),
  });

it('tells where everything is, to a GET as well', async () => {
  const response = await fetch(`${emulator.url}/_control/info`);

  expect(await response.json()).toMatchObject({ userPoolId: emulator.userPoolId, url: emulator.url });
});

it('signs in and configures the client', async () => {
  await control(emulator, 'configure', { accessTokenSeconds: 5, rotation: true });

  const { body } = await control<SignInResult>(emulator, 'sign-in', { username: 'alice' });

  expect(body.ExpiresIn).toBe(5);
  expect(await (await refresh(body.RefreshToken)).json()).toHaveProperty('AuthenticationResult.RefreshToken');
});

it.each([
  ['an unknown command', 'nonsense', {}, 404],
  ['an unknown setting', 'configure', { acessTokenSeconds: 5 }, 400],
  ['a setting of the wrong type', 'configure', { rotation: 'yes' }, 400],
  ['an unknown user', 'sign-in', { username: 'nobody' }, 400],
])('refuses %s', async (_, command, input, status) => {
  expect(await control(emulator, command, input)).toMatchObject({
    status,
    body: { message: expect.any(String) },
  });
});

it('moves the clock', async () => {
  const before = clock.now();

  await control(emulator, 'clock', { advanceMs: 1500 });

  expect(clock.now()).toBe(before + 1500);
});

it('gives the log, counts and the fetches of each refresh token', async () => {
  const { RefreshToken } = await emulator.signIn('alice');
  await refresh(RefreshToken);
  await refresh(RefreshToken);

  const { body: log } = await control<CallRecord[]>(emulator, 'log', { operation: REFRESH });
  const { body: count } = await control(emulator, 'count', { operation: REFRESH });
  const { body: fetches } = await control(emulator, 'fetches-per-refresh-token');

  expect(log).toHaveLength(2);
  expect(log[0]).toMatchObject({ operation: REFRESH, status: 200 });
  expect(count).toEqual({ count: 2 });
  expect(fetches).toEqual({ [RefreshToken]: 2 });
});

it('waits for a call instead of polling', async () => {
  const { RefreshToken } = await emulator.signIn('alice');
  const waiting = control(emulator, 'when-ended', { operation: REFRESH, count: 1 });

  await refresh(RefreshToken);

  expect((await waiting).body).toMatchObject([{ outcome: 'answered' }]);
});

it('answers the oracles', async () => {
  const { AccessToken, RefreshToken } = await emulator.signIn('alice');
  const expiresAt = Number(decodeJwt(AccessToken).exp) * 1000;

  const { body: live } = await control(emulator, 'live-refresh-tokens', { familyOf: RefreshToken });
  const { body: now } = await control<AccessTokenStatus>(emulator, 'access-token-status', {
    token: AccessToken,
  });
  const { body: later } = await control<AccessTokenStatus>(emulator, 'access-token-status', {
    token: AccessToken,
    at: expiresAt,
  });

  expect(live).toMatchObject([{ token: RefreshToken, state: 'current' }]);
  expect([now.isValid, later.isValid]).toEqual([true, false]);
});

describe('a page of another site', () => {
  const ask = (headers: Record<string, string>, method = 'POST') =>
    createEmulatorCall('/_control/log', headers, method);

  it.each([
    ['by its origin', { origin: 'https://evil.example' }],
    ['by its origin, which is an address of the network', { origin: 'http://203.0.113.5' }],
    ['in a frame without an origin', { origin: 'null' }],
    ['as an image or a link', { 'sec-fetch-site': 'cross-site' }],
    ['under a name that leads to this machine', { host: 'evil.example:9229' }],
  ])('neither reads nor steers, known %s', async (_, headers) => {
    const answer = await ask(headers);

    expect(answer.status).toBe(403);
    expect(JSON.stringify(answer.body)).not.toContain('InitiateAuth');
  });

  it.each([
    ['a program', {}],
    ['a page of this machine', { origin: 'http://localhost:4200', 'sec-fetch-site': 'same-site' }],
    ['a page of this machine, by its address', { origin: 'http://127.0.0.1:4200', host: '127.0.0.1:9229' }],
    ['a container beside it', { host: 'cognito:9229' }],
    ['an address typed in', { 'sec-fetch-site': 'none', host: 'localhost:9229' }],
  ])('is none of these: %s', async (_, headers) => {
    expect(await ask(headers)).toMatchObject({ status: 200 });
  });

  /** By a socket: `fetch` sets these headers itself. */
  async function createEmulatorCall(path: string, headers: Record<string, string>, method: string) {
    await emulator.signIn('alice');
    const sent = request(`${emulator.url}${path}`, { method, headers }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return { status: response.statusCode, body: await json(response) };
  }
});

it.each(['constructor', 'toString', '__proto__'])('has no command %s', async (name) => {
  expect(await control(emulator, name)).toMatchObject({ status: 404 });
});
