import {
  HttpEventType,
  HttpHeaders,
  HttpResponse,
  httpResource,
  withJsonpSupport,
  type HttpInterceptorFn,
  type HttpRequest,
} from '@angular/common/http';
import { ApplicationRef, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, forkJoin, lastValueFrom, of, toArray } from 'rxjs';
import { HOUR, MINUTE, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { HTTP_SET_UPS, httpScene } from '../../../testing-support/http-scene';
import { errorOf } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';
import { startWireServer } from '../../../testing-support/wire-server';
import { sessionContext, sessionInterceptor, withTokenInjection, type TokenRule } from '../../public-api';

/** Notes what would be sent. */
function spyOnto(seen: HttpRequest<unknown>[]): readonly HttpInterceptorFn[] {
  return [
    sessionInterceptor,
    (request, next) => {
      seen.push(request);
      return next(request);
    },
  ];
}

describe.each(HTTP_SET_UPS)('sessionInterceptor over %s', (setUp) => {
  const scene = httpScene();
  const open = (options: Parameters<typeof scene.open>[0] = {}) => scene.open({ setUp, ...options });
  const signedIn = (options: Parameters<typeof scene.open>[0] = {}) => scene.signedIn({ setUp, ...options });
  const renewals = () => scene.app.emulator.log.count(REFRESH);
  const rule = (more: Partial<TokenRule> = {}) => ({
    injection: { attachTo: [{ url: `${scene.wire.url}/api`, ...more }] },
  });
  const sent = () => scene.wire.requests.map(({ authorization }) => authorization);

  it('puts the access token on a request that a rule names', async () => {
    const { session, hello } = await signedIn();

    const answer = await firstValueFrom(hello());

    expect(answer.username).toBe('alice');
    expect(scene.api.requests).toMatchObject([
      { verdict: 'valid', accessToken: await firstValueFrom(session.getAccessToken()) },
    ]);
  });

  it.each([
    ['GET', undefined],
    ['HEAD', undefined],
    ['DELETE', undefined],
    ['POST', { a: 1 }],
    ['PUT', 'text'],
    ['PATCH', '[]'],
  ])('serves %s', async (method, body) => {
    const { session, http } = await signedIn();

    await firstValueFrom(http.request(method, `${scene.wire.url}/api/x`, { body, responseType: 'text' }));

    expect(sent()).toEqual([`Bearer ${await firstValueFrom(session.getAccessToken())}`]);
  });

  it('puts nothing on what no rule names: other ports, hosts, paths, and what only looks alike', async () => {
    const { http } = await signedIn(rule());
    const other = await startWireServer();
    const { port } = scene.wire;

    for (const url of [
      `${scene.wire.url}/apiary`,
      `${scene.wire.url}/x/api`,
      `${scene.wire.url}/api/../x`,
      `${scene.wire.url}/api/%2e%2e/x`,
      `${scene.wire.url}/api/..%2fx`,
      `${scene.wire.url}/API`,
      `http://localhost:${String(port)}/api`,
      `${other.url}/api`,
      `${other.url}/?${scene.wire.url}/api`,
      `${other.url}/${scene.wire.url}/api`,
    ])
      await firstValueFrom(http.get(url)).catch(() => null);

    expect(scene.wire.requests.length + other.requests.length).toBe(10);
    expect([...sent(), ...other.requests.map(({ authorization }) => authorization)]).toEqual(
      Array.from({ length: 10 }, () => null),
    );
    await other.close();
  });

  it('puts nothing on a request that a <base>, smuggled in while it waits, leads elsewhere', async () => {
    const seen: [string, boolean][] = [];
    const unsent: HttpInterceptorFn = (request) => {
      seen.push([new URL(request.url, document.baseURI).origin, request.headers.has('Authorization')]);
      return of(new HttpResponse());
    };
    const { http } = await signedIn({
      injection: { attachTo: ['/api'] },
      interceptors: [sessionInterceptor, unsent],
    });
    scene.app.time.sleep(2 * HOUR);
    const [relative, absolute] = ['/api/x', `${location.origin}/api/x`].map((url) =>
      firstValueFrom(http.get(url)),
    );
    const base = document.createElement('base');
    base.href = 'https://evil.test/';
    document.head.append(base);

    await Promise.all([relative, absolute]);
    base.remove();

    expect(seen).toEqual([
      ['https://evil.test', false],
      [location.origin, true],
    ]);
  });

  it('means the page by "this origin", wherever a smuggled <base> leads its requests', async () => {
    const seen: [string, boolean][] = [];
    const unsent: HttpInterceptorFn = (request) => {
      seen.push([new URL(request.url, document.baseURI).href, request.headers.has('Authorization')]);
      return of(new HttpResponse());
    };
    const { http } = await signedIn({
      injection: { attachTo: ['/api'] },
      interceptors: [sessionInterceptor, unsent],
    });
    const base = document.createElement('base');
    base.href = 'https://evil.test/shop/';
    document.head.append(base);

    await firstValueFrom(http.get('/api/x'));
    base.href = '/shop/';
    await firstValueFrom(http.get('../api/x'));
    base.remove();

    expect(seen).toEqual([
      ['https://evil.test/api/x', false],
      [`${location.origin}/api/x`, true],
    ]);
  });

  it('looks at the URL with its parameters as it is sent', async () => {
    const { http } = await signedIn(rule());

    await firstValueFrom(http.get(`${scene.wire.url}/api`, { params: { next: 'https://evil.test/' } }));
    await firstValueFrom(http.get(`${scene.wire.url}/x`, { params: { next: `${scene.wire.url}/api` } }));

    expect(sent()).toEqual([expect.stringMatching(/^Bearer ey/), null]);
  });

  it.each(['authorization', 'AUTHORIZATION', 'Authorization'])(
    'leaves a header %s alone that is there already, and asks for no token',
    async (name) => {
      const { http } = await signedIn();
      scene.app.time.sleep(2 * HOUR);

      await firstValueFrom(
        http.get(`${scene.wire.url}/api/x`, { headers: new HttpHeaders({ [name]: 'Basic own' }) }),
      );

      expect(sent()).toEqual(['Basic own']);
      expect(renewals()).toBe(0);
    },
  );

  it('leaves all other headers, the body and the options as they are', async () => {
    const seen: HttpRequest<unknown>[] = [];
    const { http } = await signedIn({ interceptors: spyOnto(seen) });

    await firstValueFrom(
      http.put(
        `${scene.wire.url}/api/x`,
        { a: 'ü' },
        { headers: { 'X-Mine': 'yes' }, withCredentials: false },
      ),
    );

    expect(scene.wire.requests).toMatchObject([{ method: 'PUT', path: '/api/x', body: '{"a":"ü"}' }]);
    expect(scene.wire.requests[0]?.headers).toMatchObject({
      'x-mine': 'yes',
      'content-type': 'application/json',
    });
    expect(seen[0]?.withCredentials).toBe(false);
  });

  it('keeps the answer to a token out of the transfer cache, and only that', async () => {
    const seen: HttpRequest<unknown>[] = [];
    const { http, hello } = await signedIn({ interceptors: spyOnto(seen) });

    await firstValueFrom(hello());
    await firstValueFrom(http.get(`${scene.wire.url}/public`));

    expect(seen.map(({ transferCache }) => transferCache)).toEqual([false, undefined]);
  });

  it('uses the header, the format and the token that the rule names', async () => {
    const { session, http } = await signedIn(
      rule({ tokenUse: 'id', headerName: 'X-Id-Token', headerValue: (token) => `t=${token}` }),
    );

    await firstValueFrom(http.get(`${scene.wire.url}/api/x`));

    expect(scene.wire.requests[0]?.headers).toMatchObject({
      'x-id-token': `t=${await firstValueFrom(session.getIdToken())}`,
    });
    expect(sent()).toEqual([null]);
  });

  it('sends no request that should carry an ID token where the session has none', async () => {
    const { http, session } = open(rule({ tokenUse: 'id' }));
    const { AccessToken, RefreshToken } = await scene.app.emulator.signIn('alice');
    await firstValueFrom(session.setTokens({ AccessToken, RefreshToken }));

    expect(await errorOf(http.get(`${scene.wire.url}/api/x`))).toMatchObject({ code: 'noIdToken' });
    expect(scene.wire.requests).toEqual([]);
  });

  it('renews an expired token first, once for all requests', async () => {
    const { hello } = await signedIn();
    scene.app.time.sleep(2 * HOUR);

    await firstValueFrom(forkJoin(Array.from({ length: 20 }, hello)));

    expect(renewals()).toBe(1);
    expect(scene.api.requests).toHaveLength(20);
    expect(scene.api.requests.every(({ wasTokenValid }) => wasTokenValid)).toBe(true);
  });

  it('waits at most 3 s for a renewal while the token is good, and sends that token then', async () => {
    const { hello } = await signedIn();
    const barrier = scene.app.emulator.hold(REFRESH);
    scene.app.time.sleep(HOUR - MINUTE / 2);
    const answer = firstValueFrom(hello());
    await barrier.arrived(1);
    expect(scene.api.requests).toHaveLength(0);

    scene.app.time.advance(3 * SECOND);

    expect((await answer).username).toBe('alice');
    await barrier.open();
  });

  it('sends nothing once the caller has left while it waited', async () => {
    const page = await signedIn();
    scene.app.time.sleep(2 * HOUR);
    const barrier = scene.app.emulator.hold(REFRESH);
    const request = page.hello().subscribe();
    await barrier.arrived(1);

    request.unsubscribe();
    await barrier.open();
    await until(() => page.events.some(({ type }) => type === 'tokenRefreshed'));
    await turns(10);

    expect(scene.api.requests).toEqual([]);
  });

  it('sends nothing for a user who has been replaced while it waited', async () => {
    const { session, hello } = await signedIn();
    scene.app.time.sleep(2 * HOUR);
    const barrier = scene.app.emulator.hold(REFRESH);
    const outcome = errorOf(hello());
    await barrier.arrived(1);

    await firstValueFrom(session.setTokens(await scene.app.emulator.signIn('bob')));
    await barrier.open();

    expect(await outcome).toMatchObject({ name: 'SessionError' });
    expect(scene.api.requests).toEqual([]);
  });

  describe('when no user is signed in', () => {
    it('sends the request without a token', async () => {
      const { http, session } = open();
      await firstValueFrom(session.initialize());

      await firstValueFrom(http.get(`${scene.wire.url}/api/x`));

      expect(sent()).toEqual([null]);
    });

    it('sends the request without a token when the session ends while it waits', async () => {
      const { http } = await signedIn();
      scene.app.time.sleep(2 * HOUR);
      scene.app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });

      await firstValueFrom(http.get(`${scene.wire.url}/api/x`));

      expect(sent()).toEqual([null]);
    });

    it('gives the 401 of such a request to the caller, and renews nothing', async () => {
      const { http, session } = open();
      await firstValueFrom(session.initialize());
      scene.wire.answer({ status: 401 });

      expect(await errorOf(http.get(`${scene.wire.url}/api/x`))).toMatchObject({ status: 401 });

      expect(scene.wire.requests).toHaveLength(1);
      expect(renewals()).toBe(0);
    });

    it('fails with noSession, unsent, if the rule says so', async () => {
      const { http, session } = open(rule({ anonymous: false }));
      await firstValueFrom(session.initialize());

      expect(await errorOf(http.get(`${scene.wire.url}/api/x`))).toMatchObject({ code: 'noSession' });
      expect(scene.wire.requests).toEqual([]);
    });

    it('fails unsent, too, if the session ends while such a request waits', async () => {
      const { http } = await signedIn(rule({ anonymous: false }));
      scene.app.time.sleep(2 * HOUR);
      scene.app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });

      expect(await errorOf(http.get(`${scene.wire.url}/api/x`))).toMatchObject({ name: 'SessionError' });
      expect(scene.wire.requests).toEqual([]);
    });
  });

  describe('while the session is being restored', () => {
    it('holds the request until it is known', async () => {
      await signedIn();
      scene.storage.hold();
      const { hello } = open();
      const answer = firstValueFrom(hello());
      await turns(10);
      expect(scene.api.requests).toEqual([]);

      scene.storage.release();

      expect((await answer).username).toBe('alice');
    });

    it('sends at once what needs no token', async () => {
      scene.storage.hold();
      const { http } = open();

      await firstValueFrom(http.get(`${scene.wire.url}/public`));
      await firstValueFrom(
        http.get(`${scene.wire.url}/api/x`, { context: sessionContext({ attach: false }) }),
      );

      expect(sent()).toEqual([null, null]);
    });

    it('fails with restoreTimeout after 10 s, unsent, and not before', () => {
      scene.storage.hold();
      const { http } = open();
      const outcomes: unknown[] = [];
      http.get(`${scene.wire.url}/api/x`).subscribe({ error: (error: unknown) => outcomes.push(error) });

      scene.app.time.advance(10 * SECOND - 1);
      expect(outcomes).toEqual([]);
      scene.app.time.advance(1);

      expect(outcomes).toMatchObject([{ code: 'restoreTimeout' }]);
      expect(scene.wire.requests).toEqual([]);
    });
  });

  it('fails without sending while the session is stale', async () => {
    const { session, http } = await signedIn();
    scene.app.time.sleep(2 * HOUR);
    scene.app.emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing', times: 2 });
    await errorOf(session.getAccessToken());
    scene.app.time.advance(5 * SECOND);
    await errorOf(session.getAccessToken());
    expect(session.state().status).toBe('stale');

    expect(await errorOf(http.get(`${scene.wire.url}/api/x`))).toMatchObject({ code: 'networkError' });
    expect(scene.wire.requests).toEqual([]);
  });

  describe('with a context', () => {
    it('attaches nothing if the request says so', async () => {
      const { http } = await signedIn();

      await firstValueFrom(
        http.get(`${scene.wire.url}/api/x`, { context: sessionContext({ attach: false }) }),
      );

      expect(sent()).toEqual([null]);
    });

    it('sends the token that the request asks for', async () => {
      const { http, session } = await signedIn();

      await firstValueFrom(
        http.get(`${scene.wire.url}/api/x`, { context: sessionContext({ tokenUse: 'id' }) }),
      );

      expect(sent()).toEqual([`Bearer ${await firstValueFrom(session.getIdToken())}`]);
    });

    it('attaches nothing where no rule matches', async () => {
      const { http } = await signedIn();

      await firstValueFrom(
        http.get(`${scene.wire.url}/public`, { context: sessionContext({ tokenUse: 'id' }) }),
      );

      expect(sent()).toEqual([null]);
    });
  });

  it('is not asked twice when it is listed twice', async () => {
    const { hello } = await signedIn({ interceptors: [sessionInterceptor, sessionInterceptor] });
    scene.api.rejectNext(1);

    await firstValueFrom(hello());

    expect(scene.api.requests).toHaveLength(2);
  });

  it('passes everything through without withTokenInjection', async () => {
    const { http } = await signedIn({ injection: null });

    await firstValueFrom(http.get(`${scene.wire.url}/api/x`));

    expect(sent()).toEqual([null]);
  });

  it('is left out by a predicate that throws, and the logger hears of it', async () => {
    const { http, logged } = await signedIn({
      injection: {
        attachTo: [
          () => {
            throw new RangeError('broken');
          },
          `${scene.wire.url}/api`,
        ],
      },
    });

    await firstValueFrom(http.get(`${scene.wire.url}/api/x`));

    expect(sent()).toEqual([null]);
    expect(logged).toMatchObject([{ level: 'error', text: expect.stringContaining('RangeError') }]);
  });

  describe('with rules that are known only at run time', () => {
    it('asks for them with the first request, once', async () => {
      let url: string | null = null;
      let asked = 0;
      const { http } = await signedIn({
        injection: () => {
          asked++;
          return { attachTo: [`${String(url)}/api`] };
        },
      });
      url = scene.wire.url;

      await firstValueFrom(http.get(`${scene.wire.url}/api/x`));
      await firstValueFrom(http.get(`${scene.wire.url}/x`));

      expect(sent()).toEqual([expect.stringMatching(/^Bearer ey/), null]);
      expect(asked).toBe(1);
    });

    it('fails requests, unsent, if they cannot be read', async () => {
      const { http } = await signedIn({ injection: () => ({ attachTo: ['http://api.example.com'] }) });

      expect(await errorOf(http.get(`${scene.wire.url}/x`))).toMatchObject({ code: 'invalidConfiguration' });
      expect(scene.wire.requests).toEqual([]);
    });
  });

  it('serves httpResource, a 401 included', async () => {
    await signedIn();
    scene.api.rejectNext(1);
    const { url } = scene.api;

    const hello = httpResource<{ username: string }>(() => `${url}/api/hello`, {
      injector: TestBed.inject(Injector),
    });
    await TestBed.inject(ApplicationRef).whenStable();

    expect(hello.status()).toBe('resolved');
    expect(hello.value()?.username).toBe('alice');
    expect(scene.api.requests.map(({ verdict }) => verdict)).toEqual(['rejectedOnPurpose', 'valid']);
  });

  describe('with a body or progress', () => {
    it('uploads what it is given, and tells of its progress once', async () => {
      const { http } = await signedIn();
      const text = 'x'.repeat(200_000);

      const events = await lastValueFrom(
        http
          .post(`${scene.wire.url}/api/x`, text, { observe: 'events', reportProgress: true })
          .pipe(toArray()),
      );

      expect(scene.wire.requests[0]?.body).toBe(text);
      const loaded = events.flatMap((event) =>
        event.type === HttpEventType.UploadProgress ? [event.loaded] : [],
      );
      expect(loaded).toEqual([...new Set(loaded)]);
      expect(events.filter(({ type }) => type === HttpEventType.Sent)).toHaveLength(1);
    });

    it('passes every event of a download on', async () => {
      const { http } = await signedIn();
      const typesOf = async (path: string) => {
        scene.wire.answer({ body: 'y'.repeat(100_000) });
        const events = await lastValueFrom(
          http
            .get(`${scene.wire.url}${path}`, {
              observe: 'events',
              reportProgress: true,
              responseType: 'text',
            })
            .pipe(toArray()),
        );
        const last = events.at(-1);
        expect(last?.type === HttpEventType.Response && last.body?.length).toBe(100_000);
        return new Set(events.map(({ type }) => HttpEventType[type]));
      };

      const plain = await typesOf('/public');
      const withToken = await typesOf('/api/x');

      expect([...withToken]).toEqual([...plain]);
      expect(sent()).toEqual([null, expect.stringMatching(/^Bearer ey/)]);
    });

    it.each(['arraybuffer', 'blob'] as const)('downloads %s', async (responseType) => {
      const { http } = await signedIn();
      scene.wire.answer({ body: '12345' });

      const answer =
        responseType === 'blob'
          ? await firstValueFrom(http.get(`${scene.wire.url}/api/x`, { responseType }))
          : await firstValueFrom(http.get(`${scene.wire.url}/api/x`, { responseType }));

      expect('size' in answer ? answer.size : answer.byteLength).toBe(5);
    });
  });

  it('leaves JSONP alone, which cannot carry a header', async () => {
    const seen: HttpRequest<unknown>[] = [];
    const { http } = await signedIn({ interceptors: spyOnto(seen), http: [withJsonpSupport()] });

    const request = http.jsonp(`${scene.wire.url}/api/x`, 'callback').subscribe({ error: () => {} });
    request.unsubscribe();

    expect(seen.map(({ method, headers }) => [method, headers.keys()])).toEqual([['JSONP', []]]);
  });
});

it.each(['api.example.com', 'http://api.example.com', 'https://user@api.example.com', '//api.example.com'])(
  'withTokenInjection refuses the rule %s at start-up',
  (url) => {
    expect(() => withTokenInjection({ attachTo: [url] })).toThrow(/withTokenInjection/);
  },
);

it('withTokenInjection refuses a rule for servers that names no origin', () => {
  expect(() => withTokenInjection({ attachTo: [{ url: '/api', onServer: true }] })).toThrow(/onServer/);
});
