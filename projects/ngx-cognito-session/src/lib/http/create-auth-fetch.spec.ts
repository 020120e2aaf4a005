import type { HttpErrorResponse } from '@angular/common/http';
import { firstValueFrom } from 'rxjs';
import { HOUR, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { thrownBy } from '../../../testing-support/held-sessions';
import { httpScene, type HttpPage, type PageOptions } from '../../../testing-support/http-scene';
import { turns, until } from '../../../testing-support/turns';
import { createAuthFetch, type AuthFetchOptions } from '../../public-api';

type Outcome = Response | { readonly thrown: unknown };

/** What became of a call. */
function outcomeOf(call: Promise<Response>): Promise<Outcome> {
  return call.catch((thrown: unknown) => ({ thrown }));
}

describe('createAuthFetch', () => {
  const scene = httpScene();
  const renewals = () => scene.app.emulator.log.count(REFRESH);
  const sent = () => scene.wire.requests.map(({ authorization }) => authorization);
  const hello = () => `${scene.api.url}/api/hello`;
  const url = (path = '/api/x') => `${scene.wire.url}${path}`;

  async function signedIn(
    options: AuthFetchOptions = {},
    page: PageOptions = {},
  ): Promise<HttpPage & { readonly authFetch: typeof fetch; readonly bearer: string }> {
    const opened = await scene.signedIn(page);
    const bearer = `Bearer ${await firstValueFrom(opened.session.getAccessToken())}`;
    return { ...opened, bearer, authFetch: createAuthFetch(opened.session, options) };
  }

  /** Notes how `fetch` is called, and calls it. */
  function noting(calls: [RequestInfo | URL, RequestInit | undefined][]): AuthFetchOptions {
    return {
      fetch: (input: RequestInfo | URL, init?: RequestInit) => {
        calls.push([input, init]);
        return fetch(input, init);
      },
    };
  }

  describe('attaches the token', () => {
    it('to what the rules of withTokenInjection name', async () => {
      const { authFetch } = await signedIn();

      const response = await authFetch(hello());

      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ username: 'alice' });
      expect(scene.api.requests).toMatchObject([{ verdict: 'valid' }]);
    });

    it('whether the request is a text, a URL or a Request', async () => {
      const { authFetch, bearer } = await signedIn();

      await authFetch(url());
      await authFetch(new URL(url()));
      await authFetch(new Request(url()));

      expect(sent()).toEqual([bearer, bearer, bearer]);
    });

    it('to nothing else', async () => {
      const { authFetch } = await signedIn();

      await authFetch(url('/public'));
      await authFetch(url('/apiary'));
      await authFetch(url('/api/../x'));
      await authFetch(url('/api/..%2fx'));
      await authFetch(`http://localhost:${String(scene.wire.port)}/api`).catch(() => null);
      await authFetch(new Request(url('/public')));

      expect(new Set(sent())).toEqual(new Set([null]));
    });

    it('by the method that is sent', async () => {
      const { authFetch, bearer } = await signedIn(
        {},
        { injection: { attachTo: [{ url: url('/api'), methods: ['POST'] }] } },
      );

      await authFetch(url(), { method: 'post' });
      await authFetch(new Request(url(), { method: 'POST' }));
      await authFetch(new Request(url(), { method: 'POST' }), { method: 'PUT' });
      await authFetch(url());

      expect(sent()).toEqual([bearer, bearer, null, null]);
    });

    it('in the form that the rule names, unless the options name another', async () => {
      const rule = {
        url: url('/api'),
        tokenUse: 'id',
        headerName: 'X-Rule',
        headerValue: (t: string) => `r ${t}`,
      } as const;
      const { session, authFetch } = await signedIn({}, { injection: { attachTo: [rule] } });
      const own = createAuthFetch(session, {
        tokenUse: 'access',
        headerName: 'X-Own',
        headerValue: (token) => `o ${token}`,
      });

      await authFetch(url());
      await own(url());

      const [first, second] = scene.wire.requests;
      expect(first?.headers['x-rule']).toBe(`r ${await firstValueFrom(session.getIdToken())}`);
      expect(second?.headers['x-own']).toBe(`o ${await firstValueFrom(session.getAccessToken())}`);
      expect(second?.headers['x-rule']).toBeUndefined();
    });

    it('never over a header that is there already', async () => {
      const { authFetch } = await signedIn();
      scene.app.time.sleep(2 * HOUR);

      await authFetch(url(), { headers: { authorization: 'Basic 1' } });
      await authFetch(url(), { headers: [['AUTHORIZATION', 'Basic 2']] });
      await authFetch(new Request(url(), { headers: { Authorization: 'Basic 3' } }));

      expect(sent()).toEqual(['Basic 1', 'Basic 2', 'Basic 3']);
      expect(renewals()).toBe(0);
    });

    it('beside all other headers, whichever of them count', async () => {
      const { authFetch } = await signedIn();

      await authFetch(url(), { method: 'PUT', headers: new Headers({ 'X-Mine': 'yes' }), body: 'text' });
      await authFetch(new Request(url(), { headers: { 'X-Mine': 'request' } }));
      await authFetch(new Request(url(), { headers: { 'X-Mine': 'request' } }), {
        headers: { 'X-New': 'init' },
      });

      expect(scene.wire.requests).toMatchObject([
        { method: 'PUT', body: 'text', headers: { 'x-mine': 'yes' } },
        { headers: { 'x-mine': 'request' } },
        { headers: { 'x-new': 'init' } },
      ]);
      expect(scene.wire.requests[2]?.headers['x-mine']).toBeUndefined();
    });

    it('to the URL that was checked, whatever becomes of the object that held it', async () => {
      const { authFetch } = await signedIn();
      scene.app.time.sleep(2 * HOUR);
      const barrier = scene.app.emulator.hold(REFRESH);
      const target = new URL(url());
      const init: RequestInit = { headers: { 'X-Mine': 'yes' } };
      const answer = authFetch(target, init);
      await barrier.arrived(1);

      target.pathname = '/elsewhere';
      init.method = 'DELETE';
      await barrier.open();
      await answer;

      expect(scene.wire.requests).toMatchObject([
        { method: 'GET', path: '/api/x', headers: { 'x-mine': 'yes' } },
      ]);
    });
  });

  describe('with shouldAttachToken', () => {
    it('asks that instead of the rules, with the absolute URL', async () => {
      const asked: string[] = [];
      const shouldAttachToken = (asking: string) => {
        asked.push(asking);
        return asking.endsWith('/mine');
      };
      const { authFetch, bearer } = await signedIn({ shouldAttachToken });

      await authFetch(url('/mine'));
      await authFetch(new URL(url('/api')));

      expect(sent()).toEqual([bearer, null]);
      expect(asked).toEqual([url('/mine'), url('/api')]);
    });

    it('needs no rules, and no injection context', async () => {
      const { session } = await scene.signedIn({ injection: null });

      await createAuthFetch(session, { shouldAttachToken: () => true })(url());

      expect(sent()).toEqual([expect.stringMatching(/^Bearer ey/)]);
    });

    it.each([
      'http://api.example.com/x',
      'https://user:secret@api.example.com/',
      'https://api.example.com/x/..%2fy',
      'data:text/plain,x',
      'blob:https://api.example.com/1',
      'https://[',
    ])('does not ask about what must never get a token: %s', async (target) => {
      const asked: string[] = [];
      const seen: (string | null)[] = [];
      const { authFetch } = await signedIn({
        shouldAttachToken: (asking) => asked.push(asking) > 0,
        fetch: (_, init) => {
          seen.push(new Headers(init?.headers).get('Authorization'));
          return Promise.resolve(new Response());
        },
      });

      await authFetch(target);

      expect(asked).toEqual([]);
      expect(seen).toEqual([null]);
    });

    it('attaches nothing if it throws, and tells the logger', async () => {
      const { authFetch, logged } = await signedIn({
        shouldAttachToken: () => {
          throw new RangeError('broken');
        },
      });

      await authFetch(url());

      expect(sent()).toEqual([null]);
      expect(logged).toMatchObject([{ level: 'error', text: expect.stringContaining('RangeError') }]);
    });
  });

  it('throws without rules and without shouldAttachToken', async () => {
    const { session } = await scene.signedIn({ injection: null });

    expect(thrownBy(() => createAuthFetch(session))).toMatchObject({ code: 'invalidConfiguration' });
  });

  it('calls fetch with the very arguments it got where nothing is to be done', async () => {
    const calls: [RequestInfo | URL, RequestInit | undefined][] = [];
    const { authFetch } = await signedIn(noting(calls));
    const request = new Request(url('/public'));
    const init = { cache: 'no-store' } as const;

    await authFetch(request, init);
    await authFetch('https://[').catch(() => null);

    expect(calls[0]?.[0]).toBe(request);
    expect(calls[0]?.[1]).toBe(init);
    expect(calls[1]).toEqual(['https://[', undefined]);
  });

  it('looks the page’s fetch up with each call', async () => {
    const { authFetch } = await signedIn();
    const original = globalThis.fetch;
    globalThis.fetch = () => Promise.resolve(new Response('replaced'));

    const answer = await authFetch(url());
    globalThis.fetch = original;

    expect(await answer.text()).toBe('replaced');
  });

  it('rejects as fetch does', async () => {
    const { authFetch } = await signedIn();
    await scene.wire.close();

    expect(await outcomeOf(authFetch(url()))).toMatchObject({ thrown: { name: 'TypeError' } });
    expect(await outcomeOf(authFetch('https://['))).toMatchObject({ thrown: { name: 'TypeError' } });
    expect(await outcomeOf(authFetch(hello(), { headers: { 'a b': 'c' } }))).toMatchObject({
      thrown: { name: 'TypeError' },
    });
  });

  describe('redirected', () => {
    const redirects = async (options: AuthFetchOptions, init?: RequestInit, asRequest = false) => {
      const calls: [RequestInfo | URL, RequestInit | undefined][] = [];
      const { authFetch } = await signedIn({ ...options, ...noting(calls) });
      scene.wire.answer({
        status: 302,
        headers: { Location: '/there' },
      });
      const answer = asRequest ? authFetch(new Request(url(), init)) : authFetch(url(), init);
      const outcome = await outcomeOf(answer);
      return { outcome, redirect: calls[0]?.[1]?.redirect };
    };

    it('with a header of another name is an error: browsers would take it along', async () => {
      const { outcome, redirect } = await redirects({ headerName: 'X-Token' });

      expect(outcome).toMatchObject({ thrown: { name: 'TypeError' } });
      expect(redirect).toBe('error');
      expect(scene.wire.requests).toHaveLength(1);
    });

    it('with Authorization is followed: browsers leave that behind', async () => {
      const { outcome, redirect } = await redirects({ headerName: 'authorization' });

      expect(outcome).toMatchObject({ status: 200, redirected: true });
      expect(redirect).toBeUndefined();
    });

    it.each([true, false])('by hand stays by hand, in a Request: %p', async (asRequest) => {
      const { outcome } = await redirects({ headerName: 'X-Token' }, { redirect: 'manual' }, asRequest);

      expect(outcome).toBeInstanceOf(Response);
      expect(scene.wire.requests).toHaveLength(1);
    });
  });

  describe('while there is no token', () => {
    it('sends without one if no user is signed in', async () => {
      const { session } = scene.open();
      await firstValueFrom(session.initialize());

      await createAuthFetch(session)(url());

      expect(sent()).toEqual([null]);
    });

    it('rejects with noSession, unsent, if the rule says so', async () => {
      const { session } = scene.open({ injection: { attachTo: [{ url: url('/api'), anonymous: false }] } });
      await firstValueFrom(session.initialize());

      expect(await outcomeOf(createAuthFetch(session)(url()))).toMatchObject({
        thrown: { code: 'noSession' },
      });
      expect(scene.wire.requests).toEqual([]);
    });

    it('waits for the restore, at most 10 s', async () => {
      await scene.signedIn();
      scene.storage.hold();
      const { session } = scene.open();
      const authFetch = createAuthFetch(session);
      const released = authFetch(hello());
      scene.storage.release();
      expect((await released).status).toBe(200);

      scene.storage.hold();
      const inVain = outcomeOf(createAuthFetch(scene.open().session)(url()));
      scene.app.time.advance(10 * SECOND);

      expect(await inVain).toMatchObject({ thrown: { code: 'restoreTimeout' } });
      expect(scene.wire.requests).toEqual([]);
    });

    it('renews first, once for all', async () => {
      const { authFetch } = await signedIn();
      scene.app.time.sleep(2 * HOUR);

      const answers = await Promise.all(Array.from({ length: 20 }, () => authFetch(hello())));

      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
      expect(renewals()).toBe(1);
    });

    it('rejects as soon as the caller gives up, and sends nothing', async () => {
      const { authFetch, events } = await signedIn();
      scene.app.time.sleep(2 * HOUR);
      const barrier = scene.app.emulator.hold(REFRESH);
      const controller = new AbortController();
      const ofInit = outcomeOf(authFetch(url(), { signal: controller.signal }));
      const ofRequest = outcomeOf(authFetch(new Request(url(), { signal: controller.signal })));
      await barrier.arrived(1);

      controller.abort(new Error('no longer wanted'));

      expect(await ofInit).toMatchObject({ thrown: { message: 'no longer wanted' } });
      expect(await ofRequest).toMatchObject({ thrown: { message: 'no longer wanted' } });
      await barrier.open();
      await until(() => events.some(({ type }) => type === 'tokenRefreshed'));
      await turns(10);
      expect(scene.wire.requests).toEqual([]);
    });

    it('waits on without a signal where init takes that of the Request away', async () => {
      const calls: [RequestInfo | URL, RequestInit | undefined][] = [];
      const { authFetch } = await signedIn(noting(calls));

      await authFetch(new Request(url(), { signal: AbortSignal.abort() }), { signal: null });

      expect(calls).toMatchObject([[expect.any(Request), { signal: null }]]);
    });

    it('rejects at once if the caller had given up before', async () => {
      const { authFetch } = await signedIn();

      const outcome = await outcomeOf(authFetch(url(), { signal: AbortSignal.abort() }));

      expect(outcome).toMatchObject({ thrown: { name: 'AbortError' } });
      expect(scene.wire.requests).toEqual([]);
    });
  });

  describe('after a 401', () => {
    const UNAUTHORIZED = { status: 401, body: '{"message":"The incoming token has expired"}' };

    it('renews once, retries once and gives the good answer', async () => {
      const { authFetch } = await signedIn();
      scene.api.rejectNext(1);

      const response = await authFetch(hello());

      expect(await response.json()).toMatchObject({ username: 'alice' });
      expect(renewals()).toBe(1);
      expect(scene.api.requests).toHaveLength(2);
    });

    it('shares one renewal among 100 requests, and with HttpClient', async () => {
      const { authFetch, hello: viaHttpClient } = await signedIn();
      scene.api.rejectNext(101);
      const barrier = scene.app.emulator.hold(REFRESH);
      const answers = Promise.all(Array.from({ length: 100 }, () => authFetch(hello())));
      const other = firstValueFrom(viaHttpClient());
      await until(() => scene.api.requests.length === 101);

      await barrier.open();

      expect((await answers).every(({ status }) => status === 200)).toBe(true);
      expect((await other).username).toBe('alice');
      expect(renewals()).toBe(1);
    });

    it('sends a token that has just been issued again, without a renewal', async () => {
      const { session } = await scene.signedIn({ isJustNow: true });
      scene.api.rejectNext(1);
      const armed = scene.app.time.armedTimers;
      const answer = createAuthFetch(session)(hello());
      await until(() => scene.app.time.armedTimers > armed);

      scene.app.time.advance(3 * SECOND);

      expect((await answer).status).toBe(200);
      const [first, second] = scene.api.requests;
      expect(second?.accessToken).toBe(first?.accessToken);
      expect(renewals()).toBe(0);
    });

    it('renews once and retries once after another status that the app names', async () => {
      const retryOnUnauthorized = ({ status }: HttpErrorResponse) => status === 403;
      const { authFetch } = await signedIn({}, { injection: { retryOnUnauthorized } });
      scene.wire.answer({ status: 403 }, { body: 'good' }, { status: 404 });

      expect(await (await authFetch(url())).text()).toBe('good');
      expect((await authFetch(url())).status).toBe(404);

      expect(scene.wire.requests).toHaveLength(3);
      expect(renewals()).toBe(1);
    });

    it('gives the second one to the caller, body and all', async () => {
      const { authFetch } = await signedIn();
      scene.wire.answer(UNAUTHORIZED, { status: 401, body: 'second' });

      const response = await authFetch(url());

      expect([response.status, await response.text()]).toEqual([401, 'second']);
      expect(scene.wire.requests).toHaveLength(2);
    });

    it('gives it to the caller unread when the renewal fails', async () => {
      const { authFetch, session } = await signedIn();
      scene.wire.answer(UNAUTHORIZED);
      scene.app.emulator.faults.add(REFRESH, { kind: 'throttle' });

      const response = await authFetch(url());

      expect([response.status, response.bodyUsed]).toEqual([401, false]);
      expect(await response.text()).toBe(UNAUTHORIZED.body);
      expect(session.isSignedIn()).toBe(true);
    });

    it('gives it to the caller when another user has signed in meanwhile', async () => {
      const { authFetch, session } = await signedIn();
      scene.api.rejectNext(1);
      const barrier = scene.app.emulator.hold(REFRESH);
      const answer = authFetch(hello());
      await barrier.arrived(1);

      await firstValueFrom(session.setTokens(await scene.app.emulator.signIn('bob')));
      await barrier.open();

      expect((await answer).status).toBe(401);
      expect(scene.api.requests).toHaveLength(1);
    });

    it('stops when the caller gives up', async () => {
      const { authFetch } = await signedIn();
      scene.api.rejectNext(1);
      const barrier = scene.app.emulator.hold(REFRESH);
      const controller = new AbortController();
      const outcome = outcomeOf(authFetch(hello(), { signal: controller.signal }));
      await barrier.arrived(1);

      controller.abort();
      await barrier.open();
      await turns(20);

      expect(await outcome).toMatchObject({ thrown: { name: 'AbortError' } });
      expect(scene.api.requests).toHaveLength(1);
    });

    it.each<readonly [string, AuthFetchOptions, PageOptions]>([
      ['the options', { retryOnUnauthorized: false }, {}],
      ['the rules', {}, { injection: { retryOnUnauthorized: false } }],
      ['the predicate', {}, { injection: { retryOnUnauthorized: () => false } }],
    ])('does nothing if %s say so', async (_, options, page) => {
      const { authFetch } = await signedIn(options, page);
      scene.wire.answer(UNAUTHORIZED);

      const response = await authFetch(url());

      expect([response.status, await response.text()]).toEqual([401, UNAUTHORIZED.body]);
      expect(renewals()).toBe(0);
    });

    it('asks the predicate with what HttpClient would say', async () => {
      const asked: unknown[] = [];
      const { authFetch } = await signedIn(
        {},
        {
          injection: {
            retryOnUnauthorized: ({ status, error, url: where, headers }) => {
              asked.push({ status, error: error as unknown, where, reason: headers.get('X-Reason') });
              return asked.length > 1;
            },
          },
        },
      );
      scene.wire.answer(
        { ...UNAUTHORIZED, headers: { 'X-Reason': 'expired' } },
        { status: 401, body: 'no JSON' },
      );

      const first = await authFetch(url());
      const second = await authFetch(url());

      expect(asked).toEqual([
        { status: 401, error: JSON.parse(UNAUTHORIZED.body), where: url(), reason: 'expired' },
        { status: 401, error: 'no JSON', where: url(), reason: null },
      ]);
      expect(await first.text()).toBe(UNAUTHORIZED.body);
      expect(second.status).toBe(200);
    });

    it.each<readonly [string, () => BodyInit, RegExp]>([
      ['a text', () => 'text', /^text$/],
      ['parameters', () => new URLSearchParams({ a: '1' }), /^a=1$/],
      ['bytes', () => new TextEncoder().encode('bytes'), /^bytes$/],
    ])('sends %s again', async (_, body, expected) => {
      const { authFetch } = await signedIn();
      scene.wire.answer(UNAUTHORIZED, {}, UNAUTHORIZED, {});

      await authFetch(url(), { method: 'POST', body: body() });
      scene.app.time.advance(30 * SECOND);
      await authFetch(new Request(url(), { method: 'POST', body: body() }));

      expect(scene.wire.requests.map((request) => request.body)).toEqual(
        Array.from({ length: 4 }, (): unknown => expect.stringMatching(expected)),
      );
    });

    it('decides without the body of an answer that does not end', async () => {
      const errors: unknown[] = [];
      const cancelled: unknown[] = [];
      const endless = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new TextEncoder().encode('first')),
        cancel: (reason) => void cancelled.push(reason),
      });
      const answers = [new Response(endless, { status: 401 }), new Response('good')];
      const { authFetch } = await signedIn(
        { fetch: () => Promise.resolve(answers.shift() ?? Response.error()) },
        { injection: { retryOnUnauthorized: ({ error }) => errors.push(error) > 0 } },
      );
      const answer = authFetch(url());
      await until(() => scene.app.time.armedTimers > 1);
      await turns();
      scene.app.time.advance(2 * SECOND - 1);
      const before = [...errors];

      scene.app.time.advance(1);

      expect(await (await answer).text()).toBe('good');
      expect([before, errors]).toEqual([[], [null]]);
      expect(cancelled).toHaveLength(1);
    });

    it('uses a Request up as fetch does', async () => {
      const { authFetch } = await signedIn();
      const request = new Request(url(), { method: 'POST', body: 'text' });

      await authFetch(request);

      expect(request.bodyUsed).toBe(true);
      expect(await outcomeOf(authFetch(request))).toMatchObject({ thrown: { name: 'TypeError' } });
    });

    it('takes what a Request says that serves as init, as fetch does', async () => {
      const { authFetch } = await signedIn();
      scene.wire.answer(UNAUTHORIZED);

      await authFetch(url(), new Request(url(), { method: 'DELETE', headers: { 'X-Own': '1' } }));

      expect(scene.wire.requests.map(({ method, headers }) => [method, headers['x-own']])).toEqual([
        ['DELETE', '1'],
        ['DELETE', '1'],
      ]);
    });

    it('sends the body of init in place of one that has been read', async () => {
      const { authFetch } = await signedIn();
      scene.wire.answer(UNAUTHORIZED);
      const request = new Request(url(), { method: 'POST', body: 'read' });
      await request.text();

      const response = await authFetch(request, { body: 'new' });

      expect(response.status).toBe(200);
      expect(scene.wire.requests.map(({ body }) => body)).toEqual(['new', 'new']);
    });

    it('sends a stream once, and gives the 401 to the caller', async () => {
      const { authFetch } = await signedIn();
      scene.wire.answer(UNAUTHORIZED);
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('streamed'));
          controller.close();
        },
      });
      const streaming: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };

      const response = await authFetch(url(), streaming);

      expect(response.status).toBe(401);
      expect(scene.wire.requests.map((request) => request.body)).toEqual(['streamed']);
      expect(renewals()).toBe(0);
    });
  });

  it('passes a streamed answer on as it comes', async () => {
    const { authFetch } = await signedIn({
      fetch: () =>
        Promise.resolve(
          new Response(
            new ReadableStream<Uint8Array>({
              start: (controller) => {
                controller.enqueue(new TextEncoder().encode('first'));
              },
            }),
          ),
        ),
    });

    const response = await authFetch(url());
    const chunk = await response.body?.getReader().read();

    expect(new TextDecoder().decode(chunk?.value)).toBe('first');
  });
});
