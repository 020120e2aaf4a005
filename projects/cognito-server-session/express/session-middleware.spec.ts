import express from 'express';
import express4 from 'express-4';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { APP_ORIGIN, ServerApp } from '../testing-support/server-app';
import { requestOf, sessionMiddleware, sessionRouter, type SessionRequest } from './index';

let app: ServerApp;
let server: Server;

const hosts: Readonly<Record<string, () => RequestListener>> = {
  'Express 5': () => onExpress(express()),
  'Express 4': () => onExpress(express4()),
  'node:http': () => (request, response) => {
    const answer = (error?: unknown) => {
      response.statusCode = error === undefined ? 200 : 500;
      response.end(JSON.stringify((request as SessionRequest).serverSession?.user.username ?? null));
    };
    const sessions = sessionMiddleware(app.sessions);
    sessionRouter(app.sessions)(request, response, () => sessions(request, response, answer));
  },
};

function onExpress(host: ReturnType<typeof express>): RequestListener {
  host.use(sessionRouter(app.sessions));
  host.use(express.json());
  host.use(sessionMiddleware(app.sessions));
  host.use((request, response) => {
    response.end(JSON.stringify((request as SessionRequest).serverSession?.user.username ?? null));
  });
  return host;
}

async function listen(listener: RequestListener): Promise<void> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

const call = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { redirect: 'manual', ...init });

beforeEach(async () => {
  app = await ServerApp.start();
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await app.close();
});

describe.each(Object.entries(hosts))('on %s', (_, host) => {
  beforeEach(() => listen(host()));

  it('the routes are served', async () => {
    const cookie = await app.signIn();

    const response = await call('/auth/session', { headers: { cookie, 'x-csrf': '1' } });

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ user: { username: 'alice' } });
  });

  it('a page knows its session, and is not kept by caches', async () => {
    const response = await call('/orders', { headers: { cookie: await app.signIn() } });

    expect(await response.json()).toBe('alice');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('vary')).toMatch(/\bCookie\b/);
  });

  it('a page without a session is rendered signed out', async () => {
    expect(await (await call('/')).json()).toBeNull();
  });

  it('two cookies of one answer stay two headers', async () => {
    const started = await call('/auth/login?returnUrl=/orders');
    const form = (started.headers.get('location') ?? '').replace('/oauth2/authorize', '/login');
    const body = new URLSearchParams({ username: 'alice', password: 'Correct-horse-1' });
    const back = new URL(
      (await fetch(form, { method: 'POST', body, redirect: 'manual' })).headers.get('location') ?? '',
    );
    const [cookie = ''] = started.headers.getSetCookie();

    const response = await call(`${back.pathname}${back.search}`, {
      headers: { cookie: cookie.split(';')[0] ?? '' },
    });

    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`${APP_ORIGIN}/orders`);
    expect(response.headers.getSetCookie()).toHaveLength(2);
  });

  it('a session that is not available is 503 with Retry-After', async () => {
    const cookie = await app.signIn();
    app.expireTokens();
    app.emulator.faults.add('GetTokensFromRefreshToken', { kind: 'throttle' });

    const response = await call('/orders', { headers: { cookie } });

    expect([response.status, await response.json()]).toEqual([503, { error: 'unavailable' }]);
    expect(response.headers.get('retry-after')).toMatch(/^[12]$/);
  });

  it('a request that changes something must come from the app', async () => {
    const cookie = await app.signIn();
    const post = (headers: Record<string, string>) =>
      call('/orders', { method: 'POST', headers: { cookie, ...headers } });

    expect((await post({})).status).toBe(403);
    expect((await post({ origin: 'https://evil.example', 'x-csrf': '1' })).status).toBe(403);
    expect(await (await post({ origin: APP_ORIGIN, 'x-csrf': '1' })).json()).toBe('alice');
  });

  it.each(['/orders', '/auth/session'])(
    'a TRACE of %s is not allowed, and no error of the app',
    async (path) => {
      const { port } = server.address() as AddressInfo;
      const [response] = (await once(
        request({ host: '127.0.0.1', port, path, method: 'TRACE' }).end(),
        'response',
      )) as [IncomingMessage];
      response.resume();

      expect(response.statusCode).toBe(405);
      expect(response.headers.allow).not.toContain('TRACE');
    },
  );

  it('a path with an encoded host is not another host', async () => {
    expect((await call('//evil.example/auth/session', { headers: { 'x-csrf': '1' } })).status).toBe(200);
  });
});

describe('sessionMiddleware', () => {
  it('leaves the defence against forged requests to an app that says so', async () => {
    await listen((request, response) => {
      sessionMiddleware(app.sessions, { csrf: false })(request, response, () => response.end());
    });

    expect((await call('/orders', { method: 'POST' })).status).toBe(200);
  });

  it('refuses each request to an API without the static header', async () => {
    await listen((request, response) => {
      sessionMiddleware(app.sessions, { csrf: 'always' })(request, response, () => response.end());
    });

    expect((await call('/orders')).status).toBe(403);
    expect((await call('/orders', { headers: { 'x-csrf': '1' } })).status).toBe(200);
  });

  describe('for an API below the middleware for pages', () => {
    let reads: number;

    beforeEach(async () => {
      reads = 0;
      const sessions: typeof app.sessions = {
        ...app.sessions,
        get: (request) => {
          reads++;
          return app.sessions.get(request);
        },
      };
      const host = express();
      host.use((_request, response, next) => {
        response.vary('Accept-Language');
        next();
      });
      host.use(sessionMiddleware(sessions));
      host.use('/api', sessionMiddleware(sessions, { csrf: 'always' }));
      host.use('/admin', sessionMiddleware(app.instance({ cookieName: 'admin' })));
      host.use((request, response) => {
        response.end(JSON.stringify((request as SessionRequest).serverSession?.user.username ?? null));
      });
      await listen(host);
    });

    it('reads the session once, and names the cookie once in Vary', async () => {
      const cookie = await app.signIn();

      const response = await call('/api/orders', { headers: { cookie, 'x-csrf': '1' } });

      expect(await response.json()).toBe('alice');
      expect(reads).toBe(1);
      expect(response.headers.get('vary')).toBe('Accept-Language, Cookie');
    });

    it('refuses calls without the static header, and no navigation to a page', async () => {
      const headers = { cookie: await app.signIn() };

      expect((await call('/api/orders', { headers })).status).toBe(403);
      expect(await (await call('/orders', { headers })).json()).toBe('alice');
    });

    it('asks other sessions for theirs', async () => {
      const headers = { cookie: await app.signIn() };

      expect(await (await call('/admin', { headers })).json()).toBeNull();
    });
  });

  it('passes an error of the app on', async () => {
    const broken = { ...app.sessions, get: () => Promise.reject(new Error('broken')) };
    await listen((request, response) => {
      sessionMiddleware(broken)(request, response, (error) => response.end(String(error)));
    });

    expect(await (await call('/')).text()).toBe('Error: broken');
  });
});

describe('requestOf', () => {
  it('gives what signIn and signOut take', async () => {
    const cookie = await app.signIn();
    await listen((request, response) => {
      void app.sessions
        .signOut(requestOf(request))
        .then(({ hadSession }) => response.end(String(hadSession)));
    });

    expect(await (await call('/', { method: 'POST', headers: { cookie } })).text()).toBe('true');
  });
});
