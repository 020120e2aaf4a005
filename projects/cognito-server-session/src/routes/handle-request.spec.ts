import { decodeJwt } from 'jose';
import { Browser } from '../../testing-support/browser';
import { APP_ORIGIN, requestWith, ServerApp, type ServerAppOptions } from '../../testing-support/server-app';
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

    const response = await browser.visit(
      '/auth/login?identity_provider=Google&lang=de&client_id=evil&scope=all',
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
      identity_provider: 'Google',
      lang: 'de',
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

  it('forgets abandoned logins', async () => {
    await start();
    for (let started = 0; started < 8; started++) {
      app.time.advance(1000);
      await browser.visit('/auth/login');
    }

    expect(loginNames()).toHaveLength(5);
  });

  it('works with a Strict session cookie: the page behind the callback is of this site', async () => {
    await start({ sameSite: 'Strict' });
    const callback = await browser.logIn('/auth/login?returnUrl=/orders%22%3E%3Cscript%3E');

    const response = await browser.visit(callback);

    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toContainEqual(
      expect.stringMatching(/^__Host-session=.*SameSite=Strict$/),
    );
    const page = await response.text();
    expect(page).toContain(`content="0;url=${APP_ORIGIN}/orders`);
    expect(page).not.toContain('<script>');
  });

  it('works for a confidential client, also while its secret is rotated', async () => {
    await start({ client: { secret: 'new-secret' }, clientSecret: ['old-secret', 'new-secret'] });

    const response = await browser.visit(await browser.logIn());

    expect(response.status).toBe(303);
    expect(app.emulator.log.count('oauth2/token')).toBe(2);
  });

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
    expect(sessionNames()).toEqual([]);
    return response.text();
  };

  it('in a browser that has not started the login', async () => {
    await start();
    const callback = await browser.logIn();
    browser.cookies.clear();

    await refused(callback);
    expect(app.emulator.log.count('oauth2/token')).toBe(0);
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

  it('after ten minutes', async () => {
    await start();
    const callback = await browser.logIn();
    app.time.advance(600_000);

    await refused(callback);
  });

  it('when the user cancels', async () => {
    await start();
    const state = new URL(await browser.logIn()).searchParams.get('state') ?? '';

    const page = await refused(`/auth/callback?error=access_denied&state=${state}`);

    expect(page).toContain(`href="${APP_ORIGIN}/"`);
  });

  it('with an ID token that has another nonce', async () => {
    await start();
    const callback = await browser.logIn();
    const [name = ''] = loginNames();
    const transaction = JSON.parse(
      Buffer.from(browser.cookies.get(name) ?? '', 'base64url').toString(),
    ) as object;
    const changed = { ...transaction, nonce: 'another' };
    browser.cookies.set(name, Buffer.from(JSON.stringify(changed)).toString('base64url'));

    await refused(callback);
  });

  it.each([429, 503])('for now if Cognito answers %i, and nothing is lost', async (status) => {
    await start();
    app.emulator.faults.add('oauth2/token', { kind: 'status', status });

    const response = await browser.visit(await browser.logIn());

    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
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

  it('leaves no live refresh token without the keys of the pool', async () => {
    await start();
    const keys = [{ kty: 'RSA', alg: 'RS256', use: 'sig', kid: 'unknown', n: 'AQAB', e: 'AQAB' }];
    browser = new Browser(app, app.instance({ jwks: { keys } }));

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

  it('answers the same without a session', async () => {
    await start();

    expect((await browser.call('POST', '/auth/signout')).status).toBe(200);
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

    expect((await browser.call(method, path)).status).toBe(404);
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
      logger: { warn: () => undefined, error: (_, details) => reported.push(details) },
    });

    const response = await sessions.handle(requestWith('', '/auth/login'));

    expect(response?.status).toBe(500);
    expect(reported).toEqual([{ code: 'invalidConfiguration', field: 'domain' }]);
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
