import type { ServerSession } from './server-session';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSampleApi, type SampleApi } from 'local-services';
import { requestWith, ServerApp } from '../../testing-support/server-app';

let app: ServerApp;
let api: SampleApi;
let cookie: string;

beforeEach(async () => {
  app = await ServerApp.start();
  api = await startSampleApi({ emulator: app.emulator });
  app.sessions = app.instance({ apiOrigins: [new URL(api.url).origin] });
  cookie = await app.signIn();
});
afterEach(async () => {
  await api.close();
  await app.close();
});

const call = async (request = new Request(`${api.url}/api/hello`), sessions = app.sessions) => {
  const session = await sessions.get(requestWith(cookie));
  if (session === null) throw new Error('There is no session.');
  return sessions.fetch(session, request);
};

describe('a call to an API', () => {
  it('carries the access token', async () => {
    expect((await call()).status).toBe(200);
    expect(api.requests.at(-1)?.wasTokenValid).toBe(true);
  });

  it('never carries the cookies of the app', async () => {
    const seen: Headers[] = [];
    const sessions = app.instance({
      apiOrigins: [new URL(api.url).origin],
      fetch: (input, init) => {
        if (input instanceof Request) seen.push(new Headers(input.headers));
        return fetch(input, init);
      },
    });

    await call(new Request(`${api.url}/api/hello`, { headers: { cookie } }), sessions);

    expect(seen).toHaveLength(1);
    expect(seen[0]?.has('cookie')).toBe(false);
  });

  it.each(['other port', 'other host', 'user info'])(
    'to another origin carries no token: %s',
    async (kind) => {
      const seen: Request[] = [];
      const sessions = app.instance({
        apiOrigins: ['https://api.example.com'],
        fetch: (input) => {
          if (input instanceof Request) seen.push(input);
          return Promise.resolve(new Response());
        },
      });
      const urls: Record<string, string> = {
        'other port': 'https://api.example.com:444/',
        'other host': 'https://api.example.com.evil.example/',
        'user info': 'https://evil.example/?https://api.example.com/',
      };

      await call(
        new Request(urls[kind] ?? '', { headers: { authorization: 'Bearer planted', cookie } }),
        sessions,
      );

      expect(seen.map(({ headers }) => [headers.has('authorization'), headers.has('cookie')])).toEqual([
        [false, false],
      ]);
    },
  );

  it('that an API redirects to another origin carries no token there', async () => {
    const seen: (string | undefined)[] = [];
    const elsewhere = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end();
    });
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
    const { port } = elsewhere.address() as AddressInfo;
    const redirecting = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end();
    });
    await new Promise<void>((listening) => redirecting.listen(0, '127.0.0.1', listening));
    const origin = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`;

    const response = await call(new Request(`${origin}/`), app.instance({ apiOrigins: [origin] }));

    expect(response.status).toBe(200);
    expect(seen).toEqual([expect.stringMatching(/^Bearer /), undefined]);
    for (const server of [elsewhere, redirecting]) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('that is answered with 401 is made once more with a refreshed token, its body included', async () => {
    app.time.advance(60_000);
    api.rejectNext(1);
    const request = new Request(`${api.url}/api/hello`, { method: 'GET' });

    expect((await call(request)).status).toBe(200);

    expect(app.refreshCount()).toBe(1);
    expect(api.requests).toHaveLength(2);
  });

  it('that is answered with 401 although its token is younger than 30 s gives that to the caller', async () => {
    app.time.advance(29_000);
    api.rejectNext(1);

    expect((await call()).status).toBe(401);
    expect(app.refreshCount()).toBe(0);

    app.time.advance(1000);
    api.rejectNext(1);

    expect((await call()).status).toBe(200);
    expect(app.refreshCount()).toBe(1);
  });

  it('sends its body again after a 401, and reads no answer that is replaced', async () => {
    app.time.advance(60_000);
    const bodies: string[] = [];
    let cancelled = 0;
    const unread = () =>
      new ReadableStream({
        cancel: () => {
          cancelled++;
        },
      });
    const sessions = app.instance({
      apiOrigins: ['https://api.example.com'],
      fetch: async (input, init) => {
        if (!(input instanceof Request)) return fetch(input, init);
        bodies.push(await input.text());
        return bodies.length === 1 ? new Response(unread(), { status: 401 }) : new Response('done');
      },
    });

    const response = await call(
      new Request('https://api.example.com/', { method: 'POST', body: 'an order' }),
      sessions,
    );

    expect(await response.text()).toBe('done');
    expect(cancelled).toBe(1);
    expect(bodies).toEqual(['an order', 'an order']);
  });

  it('is made with the newer token if another instance has refreshed', async () => {
    app.time.advance(60_000);
    const session = await app.sessions.get(requestWith(cookie));
    if (session === null) throw new Error('There is no session.');
    api.rejectNext(1);
    await call(undefined, app.instance({ apiOrigins: [new URL(api.url).origin] }));
    api.rejectNext(1);

    expect((await app.sessions.fetch(session, new Request(`${api.url}/api/hello`))).status).toBe(200);
    expect(app.refreshCount()).toBe(1);
  });

  it('gives the second 401 to the caller, and does not refresh again for it', async () => {
    app.time.advance(60_000);
    api.rejectNext(4);

    expect((await call()).status).toBe(401);
    expect((await call()).status).toBe(401);

    expect(app.refreshCount()).toBe(1);
  });

  it('gives the 401 to the caller if no other token can be had', async () => {
    app.time.advance(60_000);
    api.rejectNext(1);
    app.emulator.faults.add('GetTokensFromRefreshToken', { kind: 'throttle' });

    expect((await call()).status).toBe(401);
    expect(await app.sessions.get(requestWith(cookie))).not.toBeNull();
  });

  it('needs a session of these sessions itself, and does not call a copy signed out', async () => {
    const session = await app.instance().get(requestWith(cookie));
    if (session === null) throw new Error('There is no session.');

    for (const foreign of [session, { ...(await app.sessions.get(requestWith(cookie))) }])
      await expect(app.sessions.fetch(foreign as ServerSession, new Request(api.url))).rejects.toThrow(
        new TypeError('The session is a copy, or one of other sessions.'),
      );
  });
});
