import { type Emulator, ManualClock, startEmulator } from 'cognito-emulator';
import type { SampleApi } from './sample-api';
import { startSampleApi } from './start-sample-api';

let clock: ManualClock;
let emulator: Emulator;
let api: SampleApi;

beforeEach(async () => {
  clock = new ManualClock();
  emulator = await startEmulator({ clock });
  api = await startSampleApi({ emulator });
});

afterEach(() => Promise.all([api.close(), emulator.close()]));

function hello(token?: string, path = '/api/hello') {
  return fetch(`${api.url}${path}`, {
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
  });
}

it('greets the owner of a valid access token', async () => {
  const { AccessToken } = await emulator.signIn('alice');

  const response = await hello(AccessToken);

  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    sub: '0a1b2c3d-0000-4000-8000-00000000a11c',
    username: 'alice',
    groups: ['editors'],
    time: new Date(clock.now()).toISOString(),
  });
});

it('answers 401 with the reason in WWW-Authenticate', async () => {
  const response = await hello();

  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
});

it.each([
  ['an ID token', 'invalid', async () => (await emulator.signIn('alice')).IdToken],
  ['garbage', 'malformed', () => Promise.resolve('x.y.z')],
  [
    'a changed signature',
    'invalid',
    async () => `${(await emulator.signIn('alice')).AccessToken.slice(0, -8)}AAAAAAAA`,
  ],
  [
    'an expired token',
    'expired',
    async () => {
      const { AccessToken } = await emulator.signIn('alice');
      clock.advance(3_600_000);
      return AccessToken;
    },
  ],
  [
    'a token from the future',
    'notYetValid',
    async () => {
      clock.advance(60_000);
      const { AccessToken } = await emulator.signIn('alice');
      clock.advance(-60_000);
      return AccessToken;
    },
  ],
])('refuses %s', async (_, verdict, makeToken) => {
  const response = await hello(await makeToken());

  expect(response.status).toBe(401);
  expect(api.requests.at(-1)).toMatchObject({ verdict, wasTokenValid: false });
});

it('refuses a token of another pool', async () => {
  const other = await startEmulator({ clock, pools: [{ id: 'eu-west-1_Other0001' }] });
  const { AccessToken } = await other.signIn('alice');
  await other.close();

  expect((await hello(AccessToken)).status).toBe(401);
});

it('accepts both forms of the issuer, and new signing keys without a restart', async () => {
  const statuses = [(await hello((await emulator.signIn('alice')).AccessToken)).status];
  emulator.configurePool({ issuerForm: 'updated' });
  statuses.push((await hello((await emulator.signIn('alice')).AccessToken)).status);
  emulator.rotateKeys();
  statuses.push((await hello((await emulator.signIn('alice')).AccessToken)).status);

  expect(statuses).toEqual([200, 200, 200]);
});

it('judges by the injected clock, not by real time', async () => {
  clock.advance(-365 * 86_400_000);
  const { AccessToken } = await emulator.signIn('alice');

  expect((await hello(AccessToken)).status).toBe(200);
});

it('rejects valid tokens on purpose as often as it was told', async () => {
  const { AccessToken } = await emulator.signIn('alice');
  api.rejectNext(2);

  const statuses = [await hello(AccessToken), await hello(AccessToken), await hello(AccessToken)].map(
    (r) => r.status,
  );

  expect(statuses).toEqual([401, 401, 200]);
  expect(api.requests.map(({ verdict, wasTokenValid }) => [verdict, wasTokenValid])).toEqual([
    ['rejectedOnPurpose', true],
    ['rejectedOnPurpose', true],
    ['valid', true],
  ]);
});

it('is steered and read over HTTP as well', async () => {
  const { AccessToken } = await emulator.signIn('alice');
  await fetch(`${api.url}/_control/reject-next`, { method: 'POST', body: '{"count":1}' });

  await hello(AccessToken);

  const log = await (await fetch(`${api.url}/_control/log`)).json();
  expect(log).toMatchObject([{ path: '/api/hello', status: 401, accessToken: AccessToken }]);
});

it('lets a page send the Authorization header', async () => {
  const response = await fetch(`${api.url}/api/hello`, {
    method: 'OPTIONS',
    headers: { 'Access-Control-Request-Headers': 'authorization' },
  });

  expect(response.headers.get('access-control-allow-headers')).toBe('authorization');
});

it('keeps its log from pages of other sites', async () => {
  const response = await fetch(`${api.url}/_control/log`, { headers: { 'Sec-Fetch-Site': 'cross-site' } });

  expect(response.status).toBe(403);
});
