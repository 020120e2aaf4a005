import { decodeJwt } from 'jose';
import { Browser } from '../../testing-support/browser';
import { slowAnswer } from '../../testing-support/dying-fetch';
import {
  APP_ORIGIN,
  fetchWithoutKeys,
  localFetch,
  requestWith,
  ServerApp,
  type ServerAppOptions,
} from '../../testing-support/server-app';
import { WatchedStore } from '../../testing-support/watched-store';
import { createServerSessions } from '../create-server-sessions';
import { MemorySessionStore } from '../store/memory-session-store';

let app: ServerApp;
let browser: Browser;

async function start(options: ServerAppOptions = {}) {
  app = await ServerApp.start(options);
  browser = new Browser(app);
}

afterEach(() => app.close());

const sessionNames = () => [...browser.cookies.keys()].filter((name) => !name.includes('-login-'));
const loginNames = () => [...browser.cookies.keys()].filter((name) => name.includes('-login-'));
const session = async () => (await browser.call('GET', '/auth/session')).json() as Promise<unknown>;
const withQuery = (url: string, change: Record<string, string>) => {
  const changed = new URL(url);
  for (const [name, value] of Object.entries(change)) changed.searchParams.set(name, value);
  return changed.href;
};

/** A page of the routes. */
const page = (body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign-in</title>${body}</html>`;
const problemPage = (text: string) =>
  page(`<p>${text}</p><p><a href="${APP_ORIGIN}/">Back to the app</a></p>`);
const FAILED = problemPage('The sign-in did not succeed.');
const expectPage = ({ headers }: Response) => {
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('content-security-policy')).toBe("default-src 'none'");
};

/** Reaches Cognito, whose token endpoint answers with these changes. */
const answeredWith =
  (change: object): typeof fetch =>
  async (input, init) => {
    const response = await localFetch(input, init);
    if (!response.url.endsWith('/oauth2/token')) return response;
    return Response.json({ ...((await response.json()) as object), ...change });
  };

describe('managed login', () => {
  it('signs the user in and leads back to the page', async () => {
    await start();
    const callback = await browser.logIn('/auth/login?returnUrl=/orders%3Ftab=2');

    const response = await browser.visit(callback);

    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`${APP_ORIGIN}/orders?tab=2`);
    expect([...browser.cookies.keys()]).toEqual(['__Host-session']);
    expect(await session()).toMatchObject({ user: { username: 'alice' } });
  });

  it('is asked with PKCE, state, nonce and the parameters of the caller', async () => {
    await start();
    const asked = {
      identity_provider: 'Google',
      idp_identifier: 'example.com',
      lang: 'de',
      login_hint: 'alice',
      prompt: 'login',
      resource: 'https://api.example.com',
    };

    const response = await browser.visit(
      `/auth/login?${new URLSearchParams({ ...asked, client_id: 'evil', scope: 'all' }).toString()}`,
    );

    const { searchParams, origin, pathname } = new URL(response.headers.get('location') ?? '');
    expect(`${origin}${pathname}`).toBe(`${app.emulator.url}/oauth2/authorize`);
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code',
      client_id: app.emulator.clientId,
      redirect_uri: `${APP_ORIGIN}/auth/callback`,
      scope: 'openid email profile aws.cognito.signin.user.admin',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      ...asked,
    });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-session-login-[\w-]{12}=[\w-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
  });

  it('works in two tabs at the same time', async () => {
    await start();
    const first = await browser.logIn('/auth/login?returnUrl=/first');
    const second = await browser.logIn('/auth/login?returnUrl=/second');

    expect((await browser.visit(first)).headers.get('location')).toBe(`${APP_ORIGIN}/first`);
    expect((await browser.visit(second)).headers.get('location')).toBe(`${APP_ORIGIN}/second`);
  });

  it('forgets the oldest logins that were abandoned, and what is none', async () => {
    await start();
    browser.cookies.set('__Host-session-login-broken', 'x');
    browser.cookies.set('theme', 'dark');
    const started: string[] = [];
    for (let login = 0; login < 8; login++) {
      app.time.advance(1000);
      await browser.visit('/auth/login');
      started.push(...loginNames().filter((name) => !started.includes(name) && !name.endsWith('broken')));
      // The order in which a browser sends them says nothing.
      const reversed = [...browser.cookies].reverse();
      browser.cookies.clear();
      for (const [name, value] of reversed) browser.cookies.set(name, value);
    }

    expect(started).toHaveLength(8);
    expect(loginNames().sort()).toEqual(started.slice(3).sort());
    expect(browser.cookies.get('theme')).toBe('dark');
  });

  it('works with a Strict session cookie: the page behind the callback is of this site', async () => {
    await start({ sameSite: 'Strict' });
    const callback = await browser.logIn('/auth/login?returnUrl=/orders%22%3E%3Cscript%3E');

    const response = await browser.visit(callback);

    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toContainEqual(
      expect.stringMatching(/^__Host-session=.*SameSite=Strict$/),
    );
    const target = `${APP_ORIGIN}/orders%22%3E%3Cscript%3E`;
    expect(await response.text()).toBe(
      page(`<meta http-equiv="refresh" content="0;url=${target}"><a href="${target}">Continue</a>`),
    );
    expectPage(response);
  });

  it('works for a confidential client, also while its secret is rotated', async () => {
    await start({ client: { secret: 'new-secret' }, clientSecret: ['old-secret', 'new-secret'] });

    const response = await browser.visit(await browser.logIn());

    expect(response.status).toBe(303);
    expect(app.emulator.log.count('oauth2/token')).toBe(2);
  });

  it('works for a confidential client that Cognito refuses as HTTP does', async () => {
    await start({ client: { secret: 'new-secret' }, clientSecret: ['old-secret', 'new-secret'] });
    let calls = 0;
    const refusedOnce: typeof fetch = (input, init) =>
      String(input).endsWith('/oauth2/token') && calls++ === 0
        ? Promise.resolve(
            new Response('{}', { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }),
          )
        : localFetch(input, init);
    browser = new Browser(app, app.instance({ fetch: refusedOnce }));

    expect((await browser.visit(await browser.logIn())).status).toBe(303);
    expect(calls).toBe(2);
  });

  it.each(['', 'issuer-'])(
    'accepts the name of the pool in the answer, as RFC 9207 has it: https://%scognito-idp…',
    async (form) => {
      await start();
      const { userPoolId } = app.emulator;
      const iss = `https://${form}cognito-idp.${userPoolId.split('_')[0] ?? ''}.amazonaws.com/${userPoolId}`;

      expect((await browser.visit(withQuery(await browser.logIn(), { iss }))).status).toBe(303);
    },
  );

  it('works without the scope openid', async () => {
    await start({ scopes: ['aws.cognito.signin.user.admin'] });

    expect((await browser.visit(await browser.logIn())).status).toBe(303);
  });

  it('gives tokens that are refreshed like others', async () => {
    await start();
    await browser.visit(await browser.logIn());
    app.expireTokens();

    expect(await session()).toMatchObject({ user: { username: 'alice' } });
    expect(app.refreshCount()).toBe(1);
  });
});

describe('a callback is refused', () => {
  const refused = async (url: string) => {
    const response = await browser.visit(url);
    expect(response.status).toBe(400);
    expect(response.headers.get('retry-after')).toBeNull();
    expect(sessionNames()).toEqual([]);
    expect(await response.text()).toBe(FAILED);
    expectPage(response);
    return response;
  };
  /** The cookie of a login that has been started, with other contents. */
  const changeLogin = (change: (login: object) => unknown) => {
    const [name = ''] = loginNames();
    const login = JSON.parse(Buffer.from(browser.cookies.get(name) ?? '', 'base64url').toString()) as object;
    browser.cookies.set(name, Buffer.from(JSON.stringify(change(login))).toString('base64url'));
  };

  it('in a browser that has not started the login', async () => {
    await start();
    const callback = await browser.logIn();
    browser.cookies.clear();

    await refused(callback);
    expect(app.emulator.log.count('oauth2/token')).toBe(0);
    expect(app.logged).toEqual([
      { level: 'warn', message: 'A login failed.', details: { code: 'signInFailed', cause: undefined } },
    ]);
  });

  it('with another state, and with the state of another login', async () => {
    await start();
    const [one, two] = [await browser.logIn(), await browser.logIn()];
    const { state = '' } = Object.fromEntries(new URL(two).searchParams);

    await refused(withQuery(one, { state: `${state.slice(0, 12)}${'A'.repeat(31)}` }));
    // The code of one login does not fit the code verifier of the other.
    await refused(withQuery(one, { state }));
  });

  it('when it is replayed', async () => {
    await start();
    const callback = await browser.logIn();
    const kept = new Map(browser.cookies);
    await browser.visit(callback);
    browser.cookies.clear();
    for (const [name, value] of kept) browser.cookies.set(name, value);

    await refused(callback);
  });

  it('after one call of Cognito: a code that is refused is not tried with the second client secret', async () => {
    await start({ client: { secret: 'one' }, clientSecret: ['one', 'two'] });
    const callback = await browser.logIn();
    const kept = new Map(browser.cookies);
    await browser.visit(callback);
    browser.cookies.clear();
    for (const [name, value] of kept) browser.cookies.set(name, value);

    await refused(callback);
    expect(app.emulator.log.count('oauth2/token')).toBe(2);
  });

  it('after ten minutes, and not before', async () => {
    await start();
    const [first, second] = [await browser.visit('/auth/login'), await browser.visit('/auth/login')];

    app.time.advance(599_999);
    expect((await browser.visit(await browser.fillIn(first))).status).toBe(303);
    browser.cookies.delete('__Host-session');
    app.time.advance(1);

    await refused(await browser.fillIn(second));
  });

  it('when the user cancels: the cookie of the login is removed, and the log says so', async () => {
    await start();
    const state = new URL(await browser.logIn()).searchParams.get('state') ?? '';

    const { headers } = await refused(`/auth/callback?error=access_denied&state=${state}`);

    expect(headers.getSetCookie()).toEqual([
      `__Host-session-login-${state.slice(0, 12)}=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax`,
    ]);
    expect(app.logged).toEqual([
      {
        level: 'warn',
        message: 'A login failed.',
        details: { code: 'signInFailed', cause: 'AuthorizationResponseError' },
      },
    ]);
  });

  it('with the name of another pool, without a call of Cognito', async () => {
    await start();
    const iss = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other';

    await refused(withQuery(await browser.logIn(), { iss }));
    expect(app.emulator.log.count('oauth2/token')).toBe(0);
  });

  it('with a state that is no part of a name', async () => {
    await start();

    const { headers } = await refused(`/auth/callback?code=x&state=${encodeURIComponent('a; b=c')}`);

    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-session-login-abc=; Max-Age=0; /),
    ]);
  });

  it('without a state', async () => {
    await start();

    await refused('/auth/callback');
  });

  it('with an ID token that has another nonce', async () => {
    await start();
    const callback = await browser.logIn();
    changeLogin((login) => ({ ...login, nonce: 'another' }));

    await refused(callback);
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it.each([
    ['without an ID token', { id_token: undefined }],
    ['with an ID token that is not a JWT', { id_token: 'x' }],
    ['with a number as its ID token', { id_token: 1 }],
    ['without an access token', { access_token: undefined }],
    ['with another type of token', { token_type: 'mac' }],
  ])('with an answer %s, and leaves no live refresh token', async (_, change) => {
    await start();
    browser = new Browser(app, app.instance({ fetch: answeredWith(change) }));

    await refused(await browser.logIn());
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it.each([
    ['null', () => null],
    ['a text', () => 'x'],
    ['an empty object', () => ({})],
    ...['state', 'nonce', 'codeVerifier', 'returnUrl'].flatMap((name) => [
      [`an empty ${name}`, (login: object) => ({ ...login, [name]: '' })] as const,
      [`a number as ${name}`, (login: object) => ({ ...login, [name]: 1 })] as const,
    ]),
    ['a text as its time', (login: object) => ({ ...login, startedAt: String(app.time.now()) })],
  ] as const)('with a cookie that holds %s, without a call of Cognito', async (_, change) => {
    await start();
    const callback = await browser.logIn();
    changeLogin(change);

    await refused(callback);
    expect(app.emulator.log.count('oauth2/token')).toBe(0);
  });

  it.each(['x', 'AAAA'])('with the cookie %s, which holds no JSON', async (value) => {
    await start();
    const callback = await browser.logIn();
    browser.cookies.set(loginNames()[0] ?? '', value);

    await refused(callback);
  });

  it.each([
    ['answers 429', { kind: 'status', status: 429 }],
    ['answers 500', { kind: 'status', status: 500 }],
    ['answers 503', { kind: 'status', status: 503 }],
    ['is not reached', { kind: 'resetBeforeProcessing' }],
  ] as const)('for now if Cognito %s, and nothing is lost', async (_, fault) => {
    await start();
    app.emulator.faults.add('oauth2/token', fault);

    const response = await browser.visit(await browser.logIn());

    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.text()).toBe(problemPage('The sign-in service is not available now.'));
  });

  it('for now if Cognito does not answer in eight seconds, and a late answer is revoked', async () => {
    await start();
    const slow = slowAnswer('/oauth2/token');
    browser = new Browser(app, app.instance({ fetch: slow.fetch }));
    const visiting = browser.visit(await browser.logIn());
    await slow.held;

    app.time.advance(8000);
    const response = await visiting;

    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(app.emulator.liveRefreshTokens()).toHaveLength(1);
    slow.deliver();
    await app.emulator.log.whenEnded('RevokeToken', 1);
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('for now if the keys of the pool do not arrive in eight seconds, and its tokens are revoked', async () => {
    await start();
    const slow = slowAnswer('/jwks.json');
    browser = new Browser(app, app.instance({ fetch: slow.fetch }));
    const visiting = browser.visit(await browser.logIn());
    await slow.held;

    app.time.advance(8000);

    expect((await visiting).status).toBe(503);
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
    slow.deliver();
  });

  it('for now if Cognito cannot be reached, and the log has the cause', async () => {
    await start();
    const unreachable = Object.assign(new Error('no route'), { name: 'ConnectTimeoutError' });
    browser = new Browser(app, app.instance({ fetch: () => Promise.reject(unreachable) }));

    expect((await browser.visit(await browser.logIn())).status).toBe(503);
    expect(app.logged).toEqual([
      {
        level: 'warn',
        message: 'A login failed.',
        details: { code: 'unavailable', cause: 'ConnectTimeoutError' },
      },
    ]);
  });
});

describe('a callback whose session cannot begin', () => {
  const fails = async () => {
    const callback = await browser.logIn();

    const response = await browser.visit(callback);

    expect(response.status).toBe(503);
    expect(browser.cookies.size).toBe(0);
    expect(app.emulator.log.count('RevokeToken')).toBe(1);
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  };

  it.each(['refused', 'appliedThenReset'] as const)(
    'leaves neither a session nor a live refresh token: the store has %s',
    async (fault) => {
      const store = new WatchedStore(new MemorySessionStore());
      await start({ store });
      store.failWrites(fault);

      await fails();

      expect(store.calls).toEqual(['create', 'delete']);
    },
  );

  it('revokes nothing if Cognito gave no refresh token', async () => {
    const store = new WatchedStore(new MemorySessionStore());
    await start({ store });
    store.failWrites('refused');
    browser = new Browser(app, app.instance({ fetch: answeredWith({ refresh_token: undefined }) }));

    const response = await browser.visit(await browser.logIn());

    expect(response.status).toBe(503);
    expect(app.emulator.log.count('RevokeToken')).toBe(0);
  });

  it('leaves no live refresh token without the keys of the pool', async () => {
    await start();
    browser = new Browser(app, app.instance({ fetch: fetchWithoutKeys }));

    await fails();
  });

  it.each([
    ['are a page of a proxy', () => new Response('<!doctype html><title>Blocked</title>')],
    ['are JSON of another kind', () => Response.json({ message: 'Forbidden' })],
    ['are a list of something else', () => Response.json({ keys: [{}] })],
    [
      'break off',
      () => new Response(new ReadableStream({ start: (body) => body.error(new TypeError('terminated')) })),
    ],
  ])('leaves no live refresh token if the keys of the pool %s', async (_, keys) => {
    await start();
    const fetch: typeof localFetch = (input, init) =>
      String(input).endsWith('/jwks.json') ? Promise.resolve(keys()) : localFetch(input, init);
    browser = new Browser(app, app.instance({ fetch }));

    await fails();
  });
});

describe('GET session', () => {
  it('answers null when no user is signed in, and writes no cookie', async () => {
    await start();

    const response = await browser.call('GET', '/auth/session');

    expect([response.status, await response.json()]).toEqual([200, null]);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('answers claims, expiry and deadline, and no token', async () => {
    await start();
    await browser.visit(await browser.logIn());

    const response = await browser.call('GET', '/auth/session');

    expect(response.headers.get('content-type')).toBe('application/json');
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      user: { username: 'alice' },
      accessClaims: { token_use: 'access' },
      expiresAt: expect.stringMatching(/Z$/),
      endsAt: expect.stringMatching(/Z$/),
    });
    expect(text).not.toMatch(/eyJ/);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('writes no cookie when the tokens are refreshed', async () => {
    await start();
    await browser.visit(await browser.logIn());
    app.expireTokens();

    expect((await browser.call('GET', '/auth/session')).headers.getSetCookie()).toEqual([]);
  });

  it('removes the cookie of a session that has ended', async () => {
    await start();
    await browser.visit(await browser.logIn());
    app.emulator.changeUser('alice', { enabled: false });
    app.expireTokens();

    expect(await session()).toBeNull();
    expect(browser.cookies.size).toBe(0);
  });

  it('answers 503 with Retry-After, and never 401, if Cognito throttles', async () => {
    await start();
    await browser.visit(await browser.logIn());
    app.expireTokens();
    app.emulator.faults.add('GetTokensFromRefreshToken', { kind: 'throttle' });

    const response = await browser.call('GET', '/auth/session');

    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^[12]$/);
    expect(await response.json()).toEqual({ error: 'unavailable' });
    expect(sessionNames()).toEqual(['__Host-session']);
  });
});

describe('POST signout', () => {
  it('ends the session, revokes its tokens, removes the cookie and names the logout page', async () => {
    await start();
    await browser.visit(await browser.logIn());

    const response = await browser.call('POST', '/auth/signout');

    const { logoutUrl } = (await response.json()) as { logoutUrl: string };
    expect(logoutUrl).toBe(
      `${app.emulator.url}/logout?client_id=${app.emulator.clientId}&logout_uri=${encodeURIComponent(`${APP_ORIGIN}/`)}`,
    );
    expect(browser.cookies.size).toBe(0);
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
    expect(await session()).toBeNull();
  });

  it('ends the named sign-in, and no other one', async () => {
    await start();
    await browser.visit(await browser.logIn());
    const { accessClaims } = (await session()) as { accessClaims: Record<string, unknown> };
    const signOut = (sid: unknown) =>
      browser.call('POST', `/auth/signout?${new URLSearchParams({ sid: String(sid) }).toString()}`);

    const other = await signOut('an-earlier-sign-in');

    expect([other.status, await other.json(), other.headers.getSetCookie()]).toEqual([
      200,
      { logoutUrl: null },
      [],
    ]);
    expect(await session()).not.toBeNull();
    expect((await signOut(accessClaims['origin_jti'])).headers.getSetCookie()).toHaveLength(1);
    expect(browser.cookies.size).toBe(0);
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('ends the named sign-in without a refresh, so that it does not depend on Cognito', async () => {
    await start();
    await browser.visit(await browser.logIn());
    const { accessClaims } = (await session()) as { accessClaims: { origin_jti: string } };
    app.expireTokens();
    app.emulator.faults.add('GetTokensFromRefreshToken', { kind: 'throttle' });

    const response = await browser.call('POST', `/auth/signout?sid=${accessClaims.origin_jti}`);

    expect([response.status, response.headers.getSetCookie()]).toEqual([200, [expect.any(String)]]);
    expect(app.refreshCount()).toBe(0);
    expect(browser.cookies.size).toBe(0);
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('answers the same without a session', async () => {
    await start();

    expect((await browser.call('POST', '/auth/signout')).status).toBe(200);
    expect((await browser.call('POST', '/auth/signout?sid=x')).status).toBe(200);
  });
});

describe('GET sessions and DELETE sessions/:id', () => {
  it('show the devices of the user, and end another one', async () => {
    await start();
    await browser.visit(await browser.logIn());
    const other = new Browser(app);
    await other.visit(await other.logIn());
    const list = (await (await browser.call('GET', '/auth/sessions')).json()) as {
      id: string;
      isCurrent: boolean;
    }[];
    const id = list.find(({ isCurrent }) => !isCurrent)?.id ?? '';

    const response = await browser.call('DELETE', `/auth/sessions/${id}`);

    expect(await response.json()).toEqual({ removed: 1, notRevoked: 1 });
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await (await other.call('GET', '/auth/session')).json()).toBeNull();
    expect(await session()).not.toBeNull();
  });

  it('end the own session as a sign-out does', async () => {
    await start();
    await browser.visit(await browser.logIn());
    const [own] = (await (await browser.call('GET', '/auth/sessions')).json()) as { id: string }[];

    const response = await browser.call('DELETE', `/auth/sessions/${own?.id ?? ''}`);

    expect(await response.json()).toEqual({ removed: 1, notRevoked: 0 });
    expect(browser.cookies.size).toBe(0);
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it.each([
    ['GET', '/auth/sessions'],
    ['DELETE', '/auth/sessions/x'],
  ])('answer 401 without a session: %s %s', async (method, path) => {
    await start();

    const response = await browser.call(method, path);

    expect([response.status, await response.json()]).toEqual([401, { error: 'noSession' }]);
    expect(app.logged).toEqual([]);
  });
});

describe('the routes', () => {
  it.each([
    ['GET', '/auth/session'],
    ['POST', '/auth/signout'],
    ['GET', '/auth/sessions'],
    ['DELETE', '/auth/sessions/x'],
  ])(
    '%s %s refuses a request without the static header, or from elsewhere, and changes nothing',
    async (method, path) => {
      await start();
      await browser.visit(await browser.logIn());

      for (const headers of [
        { 'X-CSRF': '' },
        { Origin: 'https://evil.example' },
        { 'Sec-Fetch-Site': 'cross-site' },
      ]) {
        const response = await browser.call(method, path, headers);
        expect([response.status, await response.json()]).toEqual([403, { error: 'forbidden' }]);
        expect(response.headers.getSetCookie()).toEqual([]);
      }
      expect(await session()).not.toBeNull();
    },
  );

  it('answer nothing that may be kept, and no address to other sites', async () => {
    await start();
    const answers = [
      await browser.visit('/auth/login'),
      await browser.visit('/auth/callback?state=x'),
      await browser.call('GET', '/auth/session'),
      await browser.call('GET', '/auth/session', { 'X-CSRF': '' }),
      await browser.call('POST', '/auth/signout'),
      await browser.call('GET', '/auth/sessions'),
      await browser.call('GET', '/auth/elsewhere'),
    ];

    for (const { headers } of answers)
      expect(['cache-control', 'vary', 'referrer-policy'].map((name) => headers.get(name))).toEqual([
        'no-store',
        'Cookie',
        'no-referrer',
      ]);
  });

  it.each([
    ['GET', '/auth/elsewhere'],
    ['GET', '/auth'],
    ['GET', '/auth/'],
    ['GET', '/auth/session/'],
    ['GET', '/auth/sessions/x/y'],
    ['GET', '/auth/constructor'],
  ])('answer 404 for %s %s', async (method, path) => {
    await start();

    const response = await browser.call(method, path);

    expect([response.status, await response.json()]).toEqual([404, { error: 'notFound' }]);
  });

  it.each([
    ['GET', '/auth/signout', 'POST'],
    ['POST', '/auth/login', 'GET'],
    ['POST', '/auth/session', 'GET'],
    ['OPTIONS', '/auth/session', 'GET'],
    ['GET', '/auth/sessions/x', 'DELETE'],
    ['DELETE', '/auth/sessions', 'GET'],
  ])('answer 405 for %s %s', async (method, path, allowed) => {
    await start();

    const response = await browser.call(method, path);

    expect([response.status, response.headers.get('allow')]).toEqual([405, allowed]);
    expect(await response.json()).toEqual({ error: 'methodNotAllowed' });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each([
    ['GET', '/auth/session', 200],
    ['POST', '/auth/signout', 200],
    ['GET', '/auth/sessions', 401],
    ['DELETE', '/auth/sessions/x', 401],
  ])('remove the cookie of a deleted session: %s %s', async (method, path, status) => {
    await start();
    await browser.visit(await browser.logIn());
    const cookie = browser.cookies.get('__Host-session') ?? '';
    await app.sessions.signOut(requestWith(`__Host-session=${cookie}`));

    expect((await browser.call(method, path)).status).toBe(status);

    expect(sessionNames()).toEqual([]);
  });

  it('write no cookie for a browser that has none', async () => {
    await start();

    for (const path of ['/auth/session', '/auth/sessions'])
      expect((await browser.call('GET', path)).headers.getSetCookie()).toEqual([]);
  });

  it('end no session by a text that is not an id, and do not ask the store for it', async () => {
    const store = new WatchedStore(new MemorySessionStore());
    await start({ store });
    await browser.visit(await browser.logIn());
    store.calls.length = 0;

    for (const id of ['x'.repeat(3000), 'x', '%20'.repeat(43), `${'A'.repeat(42)}B`]) {
      const response = await browser.call('DELETE', `/auth/sessions/${id}`);
      expect(await response.json()).toEqual({ removed: 0, notRevoked: 0 });
    }

    // The own session of each request.
    expect(store.calls).toEqual(Array(4).fill('read'));
  });

  it('report a login that the options do not allow', async () => {
    await start();
    const reported: unknown[] = [];
    const sessions = createServerSessions({
      store: app.store,
      userPoolId: app.emulator.userPoolId,
      clientId: app.emulator.clientId,
      appOrigin: APP_ORIGIN,
      environment: {},
      logger: { warn: () => undefined, error: (message, details) => reported.push([message, details]) },
    });

    const response = await sessions.handle(requestWith('', '/auth/login'));

    expect(response?.status).toBe(500);
    expect(await response?.text()).toBe(FAILED);
    expect(response?.headers.getSetCookie()).toEqual([]);
    expect(reported).toEqual([
      ['A route needs another option.', { code: 'invalidConfiguration', field: 'domain' }],
    ]);
  });

  it.each(['/', '/authors', '/api/auth/session'])('leave %s to the app', async (path) => {
    await start();

    expect(await app.sessions.handle(requestWith('', path))).toBeNull();
  });

  it('lie below another base path if the app wants that', async () => {
    await start({ basePath: '/api/session' });

    expect(await app.sessions.handle(requestWith('', '/auth/login'))).toBeNull();
    const login = await browser.visit('/api/session/login');
    expect(login.headers.get('location')).toContain(encodeURIComponent('/api/session/callback'));
  });

  it('use the configured origin, whatever host the request names', async () => {
    await start();

    const response = await app.sessions.handle(
      new Request('http://evil.example/auth/login?returnUrl=/x', {
        headers: { 'x-forwarded-host': 'evil.example' },
      }),
    );

    expect(response?.headers.get('location')).not.toContain('evil');
  });

  it('work over plain http in the development mode', async () => {
    await start({ development: true, appOrigin: 'http://localhost:4200' });

    const [setCookie] = (await browser.visit('/auth/login')).headers.getSetCookie();

    expect(setCookie).toMatch(/^dev-session-login-.*; HttpOnly; SameSite=Lax$/);
  });

  it('answer with what an ID token says', async () => {
    await start();
    await browser.visit(await browser.logIn());
    const cookie = `__Host-session=${browser.cookies.get('__Host-session') ?? ''}`;
    const found = await app.sessions.get(requestWith(cookie));

    expect(decodeJwt((await found?.idToken()) ?? '')).toMatchObject({ 'cognito:username': 'alice' });
  });
});
