import { ShiftedClock } from 'cognito-emulator';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startLocalAws, type LocalAws } from '../local/local-aws';
import { GATEWAYS } from './testing-support/gateways';
import { GatewayServer } from './testing-support/gateway-server';
import { LambdaFunction } from './testing-support/lambda-function';
import { Visitor } from './testing-support/visitor';

const APP_ORIGIN = 'https://app.example.com';
const PASSWORD = 'Correct-horse-1';
const REFRESH = 'GetTokensFromRefreshToken';
const HOUR_MS = 3_600_000;

/** Where the local services are: the template has no such variables, because AWS needs none. */
const LOCAL = [
  'AWS_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_ENDPOINT_URL_DYNAMODB',
  'COGNITO_ENDPOINT',
];

let aws: LocalAws;
let lambda: LambdaFunction;

beforeAll(async () => {
  const users = Object.keys(GATEWAYS).map((_, at) => ({ username: `user-${at}`, password: PASSWORD }));
  aws = await startLocalAws({ appOrigin: APP_ORIGIN, users });
  lambda = await LambdaFunction.start(aws.environment);
});
afterAll(async () => {
  await lambda.close();
  await aws.close();
});

it('the template sets the variables that the function is tested with', () => {
  const template = readFileSync(resolve(__dirname, 'template.yaml'), 'utf8');
  const [, variables = ''] = /^ {8}Variables:\n((?: {10}.*\n)+)/m.exec(template) ?? [];
  const names = [...variables.matchAll(/^ +([A-Z_]+):/gm)].map(([, name]) => name);

  expect(names.sort()).toEqual(
    Object.keys(aws.environment)
      .filter((name) => !LOCAL.includes(name))
      .sort(),
  );
});

describe.each(Object.entries(GATEWAYS))('the example behind %s', (name, gateway) => {
  const username = `user-${Object.keys(GATEWAYS).indexOf(name)}`;
  let server: GatewayServer;
  let visitor: Visitor;

  beforeEach(async () => {
    server = await GatewayServer.start(gateway, (event) => lambda.invoke(event));
    visitor = new Visitor(server.url, APP_ORIGIN);
    aws.emulator.log.clear();
  });
  afterEach(() => server.close());

  it('shows a page that holds nothing of the user', async () => {
    const page = await visitor.visit('/');

    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect((await visitor.visit('/page.js')).status).toBe(200);
    expect((await visitor.visit('/nowhere')).status).toBe(404);
  });

  it('signs a user in at managed login, with two cookies in one answer', async () => {
    const back = await visitor.signIn(username, PASSWORD, '/?tab=orders&page=2');

    expect([back.status, back.headers.get('location')]).toEqual([303, `${APP_ORIGIN}/?tab=orders&page=2`]);
    expect(back.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual([
      expect.stringMatching(/^__Host-/),
      '__Host-session',
    ]);
    expect([...visitor.cookies.keys()]).toEqual(['__Host-session']);
    expect(await (await visitor.call('/auth/session')).json()).toMatchObject({ user: { username } });
  });

  it('calls the API with the access token, which the browser never gets', async () => {
    await visitor.signIn(username, PASSWORD);
    const { access = '', id = '', refresh = '' } = aws.emulator.log.last('oauth2/token')?.tokensOut ?? {};

    const answer = await visitor.call('/api/hello');
    const everything = [
      await answer.text(),
      ...visitor.cookies.values(),
      await (await visitor.call('/auth/session')).text(),
    ].join();

    expect([answer.status, everything]).toEqual([200, expect.stringContaining(username)]);
    expect(aws.api.requests.at(-1)).toMatchObject({ accessToken: access, verdict: 'valid' });
    for (const token of [access, id, refresh]) {
      expect(token).not.toBe('');
      expect(everything).not.toContain(token);
      expect(lambda.log).not.toContain(token);
    }
  });

  it('answers 401 without a session, and 403 to a call from elsewhere', async () => {
    const before = aws.api.requests.length;

    expect((await visitor.call('/api/hello')).status).toBe(401);
    expect(await (await visitor.call('/auth/session')).json()).toBeNull();
    await visitor.signIn(username, PASSWORD);
    expect((await visitor.visit('/api/hello')).status).toBe(403);
    expect(aws.api.requests).toHaveLength(before);
  });

  it('answers 502 if the API refuses the token, because the session goes on', async () => {
    await visitor.signIn(username, PASSWORD);
    aws.api.rejectNext();

    expect((await visitor.call('/api/hello')).status).toBe(502);
    expect((await visitor.call('/api/hello')).status).toBe(200);
  });

  it('answers 503 while Cognito is throttling, keeps the session and refreshes later', async () => {
    await visitor.signIn(username, PASSWORD);
    pass(HOUR_MS);
    aws.emulator.faults.add(REFRESH, { kind: 'throttle' });

    const refused = await visitor.call('/api/hello');
    pass(Number(refused.headers.get('retry-after')) * 1000);
    const answer = await visitor.call('/api/hello');

    expect([refused.status, await refused.json()]).toEqual([503, { error: 'unavailable' }]);
    expect(answer.status).toBe(200);
    expect(aws.emulator.log.calls(REFRESH).map(({ status }) => status)).toEqual([400, 200]);
    expect(aws.api.requests.at(-1)).toMatchObject({ verdict: 'valid' });
  });

  it('signs the user out: the cookie and the tokens are gone', async () => {
    await visitor.signIn(username, PASSWORD);
    const session = [...visitor.cookies];
    const refreshToken = aws.emulator.log.last('oauth2/token')?.tokensOut.refresh ?? '';
    const isLive = () => aws.emulator.liveRefreshTokens({ familyOf: refreshToken }).length > 0;
    expect(isLive()).toBe(true);

    const answer = await visitor.call('/auth/signout', 'POST');

    expect(await answer.json()).toEqual({ logoutUrl: expect.stringContaining('/logout?client_id=') });
    expect(visitor.cookies.size).toBe(0);
    expect(isLive()).toBe(false);
    for (const [name, value] of session) visitor.cookies.set(name, value);
    expect((await visitor.call('/api/hello')).status).toBe(401);
  });
});

/** Time passes for Cognito and for the function. */
function pass(ms: number): void {
  if (!(aws.emulator.clock instanceof ShiftedClock)) throw new Error('The clock cannot be moved.');
  aws.emulator.clock.advance(ms);
  lambda.advance(ms);
}
