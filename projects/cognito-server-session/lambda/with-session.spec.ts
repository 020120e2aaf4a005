import type { APIGatewayProxyEvent, APIGatewayProxyEventV2, APIGatewayProxyResult } from 'aws-lambda';
import { APP_ORIGIN, ServerApp } from '../testing-support/server-app';
import { requestOf, withSession, withSetCookies, type LambdaEvent, type LambdaResult } from './index';

interface Call {
  readonly method?: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
}

/** HTTP API and function URL: header names in lower case, cookies apart. */
const httpEvent = ({ method = 'GET', path, query = '', headers = {}, cookies }: Call): LambdaEvent => ({
  rawPath: path,
  rawQueryString: query,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  ...(cookies && { cookies }),
  requestContext: { http: { method } },
});

/** REST API: header names as the browser sends them, everything twice. */
const restEvent = ({ method = 'GET', path, query = '', headers = {}, cookies = [] }: Call): LambdaEvent => {
  const all: Record<string, string> = {
    ...headers,
    ...(cookies.length > 0 && { Cookie: cookies.join('; ') }),
  };
  const parameters = new URLSearchParams(query);
  const names = [...new Set(parameters.keys())];
  return {
    httpMethod: method,
    path,
    headers: all,
    multiValueHeaders: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])),
    queryStringParameters: names.length === 0 ? null : Object.fromEntries(parameters),
    multiValueQueryStringParameters:
      names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, parameters.getAll(name)])),
  };
};

const setCookiesOf = (result: LambdaResult): readonly string[] =>
  result.cookies ?? (result.multiValueHeaders?.['Set-Cookie'] ?? []).map(String);
const headerOf = (result: LambdaResult, name: string) =>
  Object.entries(result.headers ?? {}).find(([each]) => each.toLowerCase() === name)?.[1];

let app: ServerApp;
beforeEach(async () => {
  app = await ServerApp.start();
});
afterEach(() => app.close());

const handle = (event: LambdaEvent) =>
  withSession(app.sessions, (_, session) =>
    Promise.resolve({ statusCode: session === null ? 401 : 200, body: session?.user.username ?? '' }),
  )(event, {});

describe.each([
  ['payload 1.0', restEvent],
  ['payload 2.0', httpEvent],
])('a Lambda handler with %s', (payload, eventOf) => {
  it('gets the session of its request', async () => {
    const cookies = ['theme=dark', await app.signIn()];

    const result = await handle(eventOf({ path: '/orders', cookies }));

    expect(result).toMatchObject({ statusCode: 200, body: 'alice' });
    expect([headerOf(result, 'cache-control'), headerOf(result, 'vary')]).toEqual(['no-store', 'Cookie']);
  });

  it('gets null without a session', async () => {
    expect((await handle(eventOf({ path: '/orders' }))).statusCode).toBe(401);
  });

  it('serves the routes, each cookie in a place of its own', async () => {
    const started = await handle(
      eventOf({ path: '/auth/login', query: 'returnUrl=%2Forders%3Fa%3D1%26b%3D2' }),
    );
    expect(started.statusCode).toBe(303);
    const form = String(headerOf(started, 'location')).replace('/oauth2/authorize', '/login');
    const body = new URLSearchParams({ username: 'alice', password: 'Correct-horse-1' });
    const back = new URL(
      (await fetch(form, { method: 'POST', body, redirect: 'manual' })).headers.get('location') ?? '',
    );
    const cookies = setCookiesOf(started).map((cookie) => cookie.split(';')[0] ?? '');

    const result = await handle(eventOf({ path: back.pathname, query: back.search.slice(1), cookies }));

    expect(headerOf(result, 'location')).toBe(`${APP_ORIGIN}/orders?a=1&b=2`);
    expect(setCookiesOf(result)).toHaveLength(2);
    expect('cookies' in result).toBe(payload === 'payload 2.0');
    expect('multiValueHeaders' in result).toBe(payload === 'payload 1.0');
    expect(headerOf(result, 'set-cookie')).toBeUndefined();
  });

  it('gets its session beside headers and cookies with text that HTTP does not allow', async () => {
    const cookies = ['city=東京', await app.signIn()];
    const headers = { 'CloudFront-Viewer-City': 'Łódź', 'X-Broken': 'a\nb' };
    const event = eventOf({ path: '/orders', headers, cookies });

    expect((await handle(event)).statusCode).toBe(200);
    const seen = requestOf(event).headers;
    expect([seen.get('cloudfront-viewer-city'), seen.get('x-broken')]).toEqual(['?ód?', 'a?b']);
    expect(seen.get('cookie')).toContain('city=??; ');
  });

  it('finds its headers in any case', async () => {
    const cookies = [await app.signIn()];
    for (const name of ['X-CSRF', 'x-csrf', 'X-Csrf'])
      expect(
        (await handle(eventOf({ path: '/auth/session', headers: { [name]: '1' }, cookies }))).statusCode,
      ).toBe(200);
  });

  it('is not reached by a request that changes something and comes from elsewhere', async () => {
    const cookies = [await app.signIn()];
    const post = (headers: Record<string, string>) =>
      handle(eventOf({ method: 'POST', path: '/orders', headers, cookies }));

    expect((await post({})).statusCode).toBe(403);
    expect((await post({ Origin: 'https://evil.example', 'X-CSRF': '1' })).statusCode).toBe(403);
    expect((await post({ Origin: APP_ORIGIN, 'X-CSRF': '1' })).statusCode).toBe(200);
  });

  it('of an API is reached by no request without the static header', async () => {
    const api = withSession(app.sessions, () => Promise.resolve({ statusCode: 200 }), { csrf: 'always' });

    expect((await api(eventOf({ path: '/orders' }), {})).statusCode).toBe(403);
    expect((await api(eventOf({ path: '/orders', headers: { 'X-CSRF': '1' } }), {})).statusCode).toBe(200);
  });

  it('may have a defence of its own', async () => {
    const api = withSession(app.sessions, () => Promise.resolve({ statusCode: 200 }), { csrf: false });

    expect((await api(eventOf({ method: 'POST', path: '/orders' }), {})).statusCode).toBe(200);
  });

  it('is answered for with 503 and Retry-After if the session is not available', async () => {
    const cookies = [await app.signIn()];
    app.expireTokens();
    app.emulator.faults.add('GetTokensFromRefreshToken', { kind: 'throttle' });

    const result = await handle(eventOf({ path: '/orders', cookies }));

    expect(result.statusCode).toBe(503);
    expect(headerOf(result, 'retry-after')).toMatch(/^[12]$/);
  });

  it('is answered for with 401 if the session ends while it runs', async () => {
    const cookies = [await app.signIn()];
    const slow = withSession(app.sessions, async (_, session) => {
      app.expireTokens();
      app.emulator.changeUser('alice', { enabled: false });
      return { statusCode: 200, body: (await session?.accessToken()) ?? '' };
    });

    expect((await slow(eventOf({ path: '/orders', cookies }), {})).statusCode).toBe(401);
  });

  it('may set cookies of its own, and throw errors of its own', async () => {
    const event = eventOf({ path: '/' });
    const own = withSetCookies(withSetCookies({ statusCode: 200 }, ['a=1'], event), ['b=2'], event);

    expect(setCookiesOf(own)).toEqual(['a=1', 'b=2']);
    // API Gateway leaves out what is in both places.
    if (payload === 'payload 1.0')
      expect(
        withSetCookies({ statusCode: 200, headers: { 'set-cookie': 'a=1', etag: 'x' } }, ['b=2'], event),
      ).toEqual({
        statusCode: 200,
        headers: { etag: 'x' },
        multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
      });
    await expect(
      withSession(app.sessions, () => Promise.reject(new Error('broken')))(event, {}),
    ).rejects.toThrow('broken');
  });

  it('keeps what it says about caches besides', async () => {
    const handler = withSession(app.sessions, () =>
      Promise.resolve({ statusCode: 200, headers: { vary: 'Accept', 'cache-control': 'public', etag: 'x' } }),
    );

    expect((await handler(eventOf({ path: '/' }), {})).headers).toEqual({
      etag: 'x',
      Vary: 'Accept, Cookie',
      'Cache-Control': 'no-store',
    });
  });

  it('is not kept by caches, wherever its answer has the headers', async () => {
    const handler = withSession(app.sessions, () =>
      Promise.resolve({
        statusCode: 200,
        headers: { Vary: 'Accept' },
        multiValueHeaders: { vary: ['Origin', 'cookie'], 'Cache-Control': ['public'], etag: ['x'] },
      }),
    );

    expect(await handler(eventOf({ path: '/' }), {})).toEqual({
      statusCode: 200,
      headers: { Vary: 'Accept, Origin, cookie', 'Cache-Control': 'no-store' },
      multiValueHeaders: { etag: ['x'] },
    });
  });

  it('is not reached by a TRACE, which is answered with 405', async () => {
    const result = await handle(eventOf({ method: 'TRACE', path: '/orders' }));

    expect(result.statusCode).toBe(405);
    expect(headerOf(result, 'allow')).not.toContain('TRACE');
  });
});

it('a Lambda handler has the types of AWS', () => {
  const rest: (event: APIGatewayProxyEvent, context: object) => Promise<LambdaResult> = withSession(
    app.sessions,
    (event: APIGatewayProxyEvent) =>
      Promise.resolve({ statusCode: 200, body: event.path } satisfies APIGatewayProxyResult),
  );
  const http: (event: APIGatewayProxyEventV2, context: object) => Promise<LambdaResult> = withSession(
    app.sessions,
    (event: APIGatewayProxyEventV2) => Promise.resolve({ statusCode: 200, body: event.rawPath }),
  );

  expect([rest, http]).toHaveLength(2);
});
