import {
  HttpErrorResponse,
  HttpEventType,
  HttpHeaders,
  HttpResponse,
  type HttpEvent,
  type HttpInterceptorFn,
} from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  catchError,
  firstValueFrom,
  forkJoin,
  from,
  lastValueFrom,
  of,
  switchMap,
  tap,
  throwError,
  toArray,
} from 'rxjs';
import type { Fault } from 'cognito-emulator';
import { REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { HTTP_SET_UPS, httpScene, type HttpPage } from '../../../testing-support/http-scene';
import { errorOf } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';
import { sessionContext, sessionInterceptor } from '../../public-api';
import { SessionStore } from '../state/session-store';

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

const UNAUTHORIZED = { status: 401, body: '{"message":"The incoming token has expired"}' };

describe.each(HTTP_SET_UPS)('a 401 over %s', (setUp) => {
  const scene = httpScene();
  const renewals = () => scene.app.emulator.log.count(REFRESH);
  const signedIn = (options: Parameters<typeof scene.signedIn>[0] = {}) =>
    scene.signedIn({ setUp, ...options });

  it('is answered with one renewal and one retry, and the caller sees the good answer', async () => {
    const { hello } = await signedIn();
    scene.api.rejectNext(1);

    const answer = await firstValueFrom(hello());

    expect(answer.username).toBe('alice');
    expect(renewals()).toBe(1);
    expect(scene.api.requests.map(({ verdict }) => verdict)).toEqual(['rejectedOnPurpose', 'valid']);
    const [first, second] = scene.api.requests;
    expect(second?.accessToken).not.toBe(first?.accessToken);
  });

  it('race 35: of 20 requests leads to 1 renewal and 20 retries', async () => {
    const { hello } = await signedIn();
    scene.api.rejectNext(20);
    // No retry takes the place of a first try.
    const barrier = scene.app.emulator.hold(REFRESH);
    const answers = firstValueFrom(forkJoin(Array.from({ length: 20 }, hello)));
    await until(() => scene.api.requests.length === 20);

    await barrier.open();
    await answers;

    expect(renewals()).toBe(1);
    expect(scene.api.requests.filter(({ verdict }) => verdict === 'rejectedOnPurpose')).toHaveLength(20);
    expect(scene.api.requests.filter(({ verdict }) => verdict === 'valid')).toHaveLength(20);
  });

  it('is retried with the newer token that the session holds already', async () => {
    let renewMeanwhile: Promise<unknown> | undefined;
    const renewBeforeAnswer: HttpInterceptorFn = (request, next) =>
      next(request).pipe(
        catchError((error: unknown) => {
          renewMeanwhile ??= firstValueFrom(page.session.forceRefresh());
          return from(renewMeanwhile).pipe(switchMap(() => throwError(() => error)));
        }),
      );
    const page = await signedIn({ interceptors: [sessionInterceptor, renewBeforeAnswer] });
    scene.api.rejectNext(1);

    await firstValueFrom(page.hello());

    expect(renewals()).toBe(1);
    expect(scene.api.requests).toHaveLength(2);
  });

  it('that comes a second time reaches the caller as it is', async () => {
    const { http } = await signedIn();
    const second = { status: 401, headers: { 'X-Which': 'second' }, body: '{"which":"second"}' };
    scene.wire.answer(UNAUTHORIZED, second);

    const error = await errorOf(http.get(`${scene.wire.url}/api/x`));

    expect(error).toBeInstanceOf(HttpErrorResponse);
    expect(error).toMatchObject({ status: 401, error: { which: 'second' } });
    expect((error as HttpErrorResponse).headers.get('X-Which')).toBe('second');
    expect(scene.wire.requests).toHaveLength(2);
    expect(renewals()).toBe(1);
  });

  it('is never the start of a loop with a server that refuses fresh tokens', async () => {
    const { hello } = await signedIn();
    scene.api.rejectNext(1000);

    for (let request = 0; request < 10; request++)
      expect(await errorOf(hello())).toMatchObject({ status: 401 });

    expect(renewals()).toBe(1);
    expect(scene.api.requests).toHaveLength(11);
  });

  it('of 20 requests with fresh tokens that are refused leads to 1 renewal and no third try', async () => {
    const { hello } = await signedIn();
    scene.api.rejectNext(1000);

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => errorOf(hello())));

    expect(outcomes.every((error) => error instanceof HttpErrorResponse && error.status === 401)).toBe(true);
    expect(renewals()).toBe(1);
    expect(scene.api.requests).toHaveLength(40);
  });

  it('causes no renewal within 30 s of a token obtained that way, and one after that', async () => {
    const { hello } = await signedIn();
    scene.api.rejectNext(1);
    await firstValueFrom(hello());

    scene.app.time.advance(30 * SECOND - 1);
    scene.api.rejectNext(1);
    await errorOf(hello());
    expect(renewals()).toBe(1);

    scene.app.time.advance(1);
    scene.api.rejectNext(1);
    await firstValueFrom(hello());
    expect(renewals()).toBe(2);
  });

  it('counts for the 30 s even if the caller that caused the renewal did not wait for it', async () => {
    const page = await signedIn();
    scene.api.rejectNext(1);
    const barrier = scene.app.emulator.hold(REFRESH);
    const impatient = page.hello().subscribe();
    await barrier.arrived(1);
    impatient.unsubscribe();
    await barrier.open();
    await until(() => page.events.some(({ type }) => type === 'tokenRefreshed'));

    scene.api.rejectNext(1);

    expect(await errorOf(page.hello())).toMatchObject({ status: 401 });
    expect(renewals()).toBe(1);
  });

  it.each<[string, Fault]>([
    ['throttled', { kind: 'throttle' }],
    ['lost on its way', { kind: 'resetBeforeProcessing' }],
    ['answered by a gateway', { kind: 'htmlBody', status: 502 }],
  ])('causes another refresh after one that was %s: only one that succeeds counts', async (_, fault) => {
    const { hello } = await signedIn();
    scene.app.emulator.faults.add(REFRESH, fault);
    scene.api.rejectNext(2);
    expect(await errorOf(hello())).toMatchObject({ status: 401 });

    // Long enough for the back-off to be over. No timer has fired yet.
    scene.app.time.setWall(60 * SECOND);
    await firstValueFrom(hello());

    const [first, second, third] = scene.api.requests;
    expect(second?.accessToken).toBe(first?.accessToken);
    expect(third?.accessToken).not.toBe(first?.accessToken);
    expect(renewals()).toBe(2);
  });

  it('reaches the caller as it came when the renewal fails, and the session stays', async () => {
    const { session, http } = await signedIn();
    scene.wire.answer({ ...UNAUTHORIZED, headers: { 'X-Which': 'first' } });
    scene.app.emulator.faults.add(REFRESH, { kind: 'throttle' });

    const error = await errorOf(http.get(`${scene.wire.url}/api/x`));

    expect(error).toBeInstanceOf(HttpErrorResponse);
    expect(error).toMatchObject({ status: 401, error: { message: 'The incoming token has expired' } });
    expect((error as HttpErrorResponse).headers.get('X-Which')).toBe('first');
    expect(session.isSignedIn()).toBe(true);
    expect(scene.wire.requests).toHaveLength(1);
  });

  it('reaches the caller as it came when the renewal ends the session', async () => {
    const { session, hello } = await signedIn();
    scene.api.rejectNext(1);
    scene.app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });

    expect(await errorOf(hello())).toMatchObject({ status: 401 });

    expect(session.isSignedIn()).toBe(false);
    expect(scene.api.requests).toHaveLength(1);
  });

  it('race 50: reaches the caller when another user has signed in meanwhile', async () => {
    const { session, hello } = await signedIn();
    scene.api.rejectNext(1);
    const barrier = scene.app.emulator.hold(REFRESH);
    const outcome = errorOf(hello());
    await barrier.arrived(1);
    await firstValueFrom(session.setTokens(await scene.app.emulator.signIn('bob')));

    await barrier.open();

    expect(await outcome).toMatchObject({ status: 401 });
    expect(scene.api.requests).toHaveLength(1);
  });

  it('race 50: reaches the caller when another user had signed in before it came', async () => {
    const bob = await scene.app.emulator.signIn('bob');
    const switchUser: HttpInterceptorFn = (request, next) =>
      next(request).pipe(
        catchError((error: unknown) =>
          page.session.setTokens(bob).pipe(switchMap(() => throwError(() => error))),
        ),
      );
    const page = await signedIn({ interceptors: [sessionInterceptor, switchUser] });
    scene.api.rejectNext(1);

    expect(await errorOf(page.hello())).toMatchObject({ status: 401 });

    expect(scene.api.requests).toHaveLength(1);
    expect(renewals()).toBe(0);
  });

  it('reaches the caller when the user has signed out meanwhile', async () => {
    const { session, hello } = await signedIn();
    scene.api.rejectNext(1);
    const barrier = scene.app.emulator.hold(REFRESH);
    const outcome = errorOf(hello());
    await barrier.arrived(1);
    await firstValueFrom(session.signOut());

    await barrier.open();

    expect(await outcome).toMatchObject({ status: 401 });
    expect(scene.api.requests).toHaveLength(1);
  });

  it('reaches the caller when the app signs out as soon as it hears of the renewal', async () => {
    const { session, hello } = await signedIn();
    session.events$.subscribe(({ type }) => {
      if (type === 'tokenRefreshed') session.signOut();
    });
    scene.api.rejectNext(1);

    expect(await errorOf(hello())).toMatchObject({ status: 401 });

    expect(scene.api.requests).toHaveLength(1);
    expect(session.isSignedIn()).toBe(false);
  });

  it('leaves no tokens in memory after the user has signed out', async () => {
    const { session, hello } = await signedIn();
    scene.api.rejectNext(1);
    await firstValueFrom(hello());
    const refreshed = new WeakRef(TestBed.inject(SessionStore).active?.tokens ?? {});

    await firstValueFrom(session.signOut());
    await turns(20);
    collectGarbage();

    expect(refreshed.deref()).toBeUndefined();
  });

  it('of a request without a token is nothing to renew for', async () => {
    const { http } = await signedIn();
    scene.wire.answer(UNAUTHORIZED, UNAUTHORIZED);

    expect(await errorOf(http.get(`${scene.wire.url}/public`))).toMatchObject({ status: 401 });
    const own = new HttpHeaders({ Authorization: 'Basic own' });
    expect(await errorOf(http.get(`${scene.wire.url}/api/x`, { headers: own }))).toMatchObject({
      status: 401,
    });

    expect(scene.wire.requests).toHaveLength(2);
    expect(renewals()).toBe(0);
  });

  it.each([400, 403, 404, 419, 500, 503])('is none when it is a %d', async (status) => {
    const { http } = await signedIn();
    scene.wire.answer({ status });

    expect(await errorOf(http.get(`${scene.wire.url}/api/x`))).toMatchObject({ status });

    expect(scene.wire.requests).toHaveLength(1);
    expect(renewals()).toBe(0);
  });

  it('is no network error: a request that failed is not sent again', async () => {
    let tries = 0;
    const unplugged: HttpInterceptorFn = () =>
      throwError(() => new HttpErrorResponse({ status: 0, statusText: `try ${String(++tries)}` }));
    const { hello } = await signedIn({ interceptors: [sessionInterceptor, unplugged] });

    expect(await errorOf(hello())).toMatchObject({ status: 0, statusText: 'try 1' });

    expect([tries, renewals()]).toEqual([1, 0]);
  });

  describe('is the answer', () => {
    it.each([
      ['if the rules say so', { injection: { retryOnUnauthorized: false } }, {}],
      ['if the predicate says no', { injection: { retryOnUnauthorized: () => false } }, {}],
      ['if the request says so', {}, { retryOnUnauthorized: false }],
    ] as const)('%s', async (_, options, context) => {
      const { http } = await signedIn(options);
      scene.wire.answer(UNAUTHORIZED);

      const error = await errorOf(http.get(`${scene.wire.url}/api/x`, { context: sessionContext(context) }));

      expect(error).toMatchObject({ status: 401 });
      expect(scene.wire.requests).toHaveLength(1);
      expect(renewals()).toBe(0);
    });

    it('if the predicate throws, which the logger hears of', async () => {
      const { http, logged } = await signedIn({
        injection: {
          retryOnUnauthorized: () => {
            throw new TypeError('broken');
          },
        },
      });
      scene.wire.answer(UNAUTHORIZED);

      const error = await errorOf(http.get(`${scene.wire.url}/api/x`));

      expect(error).toMatchObject({ status: 401, error: { message: 'The incoming token has expired' } });
      expect(logged).toMatchObject([{ level: 'error', text: expect.stringContaining('TypeError') }]);
      expect(renewals()).toBe(0);
    });

    it('if the session has no refresh token', async () => {
      const { http, session } = scene.open({ setUp });
      const { RefreshToken: _unused, ...tokens } = await scene.app.emulator.signIn('alice');
      await firstValueFrom(session.setTokens(tokens));
      scene.app.time.advance(3 * SECOND);
      scene.wire.answer(UNAUTHORIZED);

      expect(await errorOf(http.get(`${scene.wire.url}/api/x`))).toMatchObject({ status: 401 });

      expect(scene.wire.requests).toHaveLength(1);
    });
  });

  it.each([true, false])(
    'that an interceptor behind makes an answer of is that answer, with progress: %p',
    async (reportProgress) => {
      const forgiving: HttpInterceptorFn = (request, next) =>
        next(request).pipe(catchError(() => of(new HttpResponse({ body: 'guest' }))));
      const { http } = await signedIn({ interceptors: [sessionInterceptor, forgiving] });
      scene.wire.answer(UNAUTHORIZED);

      const answers$ = http.get(`${scene.wire.url}/api/x`, { reportProgress }).pipe(toArray());

      expect(await firstValueFrom(answers$)).toEqual(['guest']);
    },
  );

  it('asks the predicate with the answer, body and headers included', async () => {
    const asked: HttpErrorResponse[] = [];
    const { http } = await signedIn({
      injection: {
        retryOnUnauthorized: (response) => {
          asked.push(response);
          return response.headers.get('WWW-Authenticate') === 'Bearer error="invalid_token"';
        },
      },
    });
    scene.wire.answer({ ...UNAUTHORIZED, headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } });

    await firstValueFrom(http.get(`${scene.wire.url}/api/x`));

    expect(asked).toMatchObject([{ status: 401, error: { message: 'The incoming token has expired' } }]);
    expect(scene.wire.requests).toHaveLength(2);
  });

  it('may be retried by a request although the rules say no', async () => {
    const { http } = await signedIn({ injection: { retryOnUnauthorized: false } });
    scene.wire.answer(UNAUTHORIZED);

    await firstValueFrom(
      http.get(`${scene.wire.url}/api/x`, { context: sessionContext({ retryOnUnauthorized: true }) }),
    );

    expect(scene.wire.requests).toHaveLength(2);
  });

  it('is not retried once the caller has left', async () => {
    const { hello } = await signedIn();
    scene.api.rejectNext(1);
    const barrier = scene.app.emulator.hold(REFRESH);
    const request = hello().subscribe();
    await barrier.arrived(1);

    request.unsubscribe();
    await barrier.open();
    await turns(20);

    expect(scene.api.requests).toHaveLength(1);
  });

  it('is retried for those who stay when others leave', async () => {
    const { hello } = await signedIn();
    scene.api.rejectNext(3);
    const barrier = scene.app.emulator.hold(REFRESH);
    const first = hello().subscribe();
    const second = firstValueFrom(hello());
    const third = hello().subscribe();
    await until(() => scene.api.requests.length === 3);
    await barrier.arrived(1);

    first.unsubscribe();
    third.unsubscribe();
    await barrier.open();

    expect((await second).username).toBe('alice');
    expect(renewals()).toBe(1);
    expect(scene.api.requests).toHaveLength(4);
  });

  it('sends the body again as it was', async () => {
    const { http } = await signedIn();
    scene.wire.answer(UNAUTHORIZED);
    const form = new URLSearchParams({ a: '1', b: 'ü' });

    await firstValueFrom(http.post(`${scene.wire.url}/api/x?y=1`, form, { headers: { 'X-Mine': 'yes' } }));

    const [first, second] = scene.wire.requests;
    expect(first).toMatchObject({ method: 'POST', path: '/api/x?y=1', body: 'a=1&b=%C3%BC' });
    expect(second).toMatchObject({ method: 'POST', path: '/api/x?y=1', body: 'a=1&b=%C3%BC' });
    expect(second?.headers['x-mine']).toBe('yes');
  });

  describe('with progress', () => {
    const observed = (
      { http }: Pick<HttpPage, 'http'>,
      body: string,
      onEvent: (event: HttpEvent<unknown>) => void = () => {},
    ) =>
      lastValueFrom(
        http
          .post(`${scene.wire.url}/api/x`, body, { observe: 'events', reportProgress: true })
          .pipe(tap(onEvent), toArray()),
      );
    const ofType = <T extends HttpEventType>(events: readonly HttpEvent<unknown>[], type: T) =>
      events.filter((event): event is Extract<HttpEvent<unknown>, { type: T }> => event.type === type);

    it('shows the caller one exchange: sent once, one header, one answer', async () => {
      const page = await signedIn();
      scene.wire.answer(UNAUTHORIZED, { body: '{"answer":42}' });

      const events = await observed(page, 'x'.repeat(300_000));

      expect(scene.wire.requests).toHaveLength(2);
      expect(ofType(events, HttpEventType.Sent)).toHaveLength(1);
      expect(ofType(events, HttpEventType.ResponseHeader).map(({ status }) => status)).toEqual([200]);
      expect(ofType(events, HttpEventType.Response)).toMatchObject([{ body: { answer: 42 } }]);
      expect(ofType(events, HttpEventType.DownloadProgress).at(-1)?.loaded).toBe('{"answer":42}'.length);
    });

    it('never tells of the same upload twice', async () => {
      const page = await signedIn();
      scene.wire.answer(UNAUTHORIZED);

      const events = await observed(page, 'x'.repeat(300_000));

      const loaded = ofType(events, HttpEventType.UploadProgress).map((event) => event.loaded);
      expect(loaded).toEqual([...new Set(loaded)].sort((a, b) => a - b));
      // Angular's `fetch` backend knows nothing of uploads.
      expect(loaded.length > 0).toBe(setUp !== 'fetch');
    });

    it('shows the caller all of a 401 that stands', async () => {
      const page = await signedIn({ injection: { retryOnUnauthorized: () => false } });
      scene.wire.answer(UNAUTHORIZED);
      const events: HttpEvent<unknown>[] = [];

      const outcome = await observed(page, 'x', (event) => events.push(event)).catch(
        (error: unknown) => error,
      );

      expect(outcome).toMatchObject({ status: 401 });
      expect(ofType(events, HttpEventType.Sent)).toHaveLength(1);
      expect(ofType(events, HttpEventType.ResponseHeader).map(({ status }) => status)).toEqual([401]);
      expect(ofType(events, HttpEventType.DownloadProgress).length).toBeGreaterThan(0);
    });
  });

  describe('for a token that has just been issued', () => {
    /** Resolves once the request was rejected and waits. */
    const waiting = () => until(() => scene.app.time.armedTimers > armed);
    let armed = 0;

    async function justNow(options: Parameters<typeof signedIn>[0] = {}) {
      const page = await scene.signedIn({ setUp, isJustNow: true, ...options });
      armed = scene.app.time.armedTimers;
      return page;
    }

    it('is answered with the same token when the clock of an API that is behind accepts it', async () => {
      const { hello } = await justNow();
      scene.app.time.advance(SECOND);
      scene.api.rejectNext(1);
      const answer = firstValueFrom(hello());
      await waiting();

      scene.app.time.advance(2 * SECOND - 1);
      await turns(20);
      expect(scene.api.requests).toHaveLength(1);
      scene.app.time.advance(1);

      expect((await answer).username).toBe('alice');
      const [first, second] = scene.api.requests;
      expect(second?.accessToken).toBe(first?.accessToken);
      expect(renewals()).toBe(0);
    });

    it('leads to one renewal after that, and to no fourth try', async () => {
      const { hello } = await justNow();
      scene.api.rejectNext(1000);
      const outcome = errorOf(hello());
      await waiting();

      scene.app.time.advance(3 * SECOND);

      expect(await outcome).toMatchObject({ status: 401 });
      const [first, second, third] = scene.api.requests;
      expect(second?.accessToken).toBe(first?.accessToken);
      expect(third?.accessToken).not.toBe(first?.accessToken);
      expect(scene.api.requests).toHaveLength(3);
      expect(renewals()).toBe(1);
    });

    it('reaches the caller when the user signs out during the wait', async () => {
      const { hello, session } = await justNow();
      scene.api.rejectNext(1);
      const outcome = errorOf(hello());
      await waiting();
      await firstValueFrom(session.signOut());

      scene.app.time.advance(3 * SECOND);

      expect(await outcome).toMatchObject({ status: 401 });
      expect(scene.api.requests).toHaveLength(1);
    });

    it('reaches the caller when another user signs in during the wait', async () => {
      const { hello, session } = await justNow();
      scene.api.rejectNext(1);
      const outcome = errorOf(hello());
      await waiting();
      await firstValueFrom(session.setTokens(await scene.app.emulator.signIn('bob')));

      scene.app.time.advance(3 * SECOND);

      expect(await outcome).toMatchObject({ status: 401 });
      expect(scene.api.requests).toHaveLength(1);
    });

    it('is the answer if the rules say so', async () => {
      const { hello } = await justNow({ injection: { retryOnUnauthorized: false } });
      scene.api.rejectNext(1);

      expect(await errorOf(hello())).toMatchObject({ status: 401 });

      expect(scene.api.requests).toHaveLength(1);
    });
  });

  describe('of another status', () => {
    const FORBIDDEN = { status: 403, body: '{"Message":"Forbidden"}' };
    const retryOnUnauthorized = ({ status }: HttpErrorResponse) => status === 403;

    it.each([
      ['the options name it', () => ({ injection: { retryOnUnauthorized } }), {}],
      [
        'the rule names it',
        () => ({ injection: { attachTo: [{ url: `${scene.wire.url}/api`, retryOnUnauthorized }] } }),
        {},
      ],
      ['the request names it', () => ({}), { retryOnUnauthorized }],
    ])('is answered with one renewal and one retry if %s', async (_, options, context) => {
      const { http } = await signedIn(options());
      scene.wire.answer(FORBIDDEN);

      await firstValueFrom(http.get(`${scene.wire.url}/api/x`, { context: sessionContext(context) }));

      const [first, second] = scene.wire.requests;
      expect(second?.authorization).not.toBe(first?.authorization);
      expect(renewals()).toBe(1);
    });

    it('reaches the caller when it comes again', async () => {
      const { http } = await signedIn({ injection: { retryOnUnauthorized } });
      scene.wire.answer(FORBIDDEN, { ...FORBIDDEN, body: '{"which":"second"}' });

      expect(await errorOf(http.get(`${scene.wire.url}/api/x`))).toMatchObject({
        status: 403,
        error: { which: 'second' },
      });

      expect(scene.wire.requests).toHaveLength(2);
    });

    it('is not asked about if no response came', async () => {
      const asked: number[] = [];
      const unplugged: HttpInterceptorFn = () => throwError(() => new HttpErrorResponse({ status: 0 }));
      const { hello } = await signedIn({
        interceptors: [sessionInterceptor, unplugged],
        injection: { retryOnUnauthorized: ({ status }) => asked.push(status) > 0 },
      });

      expect(await errorOf(hello())).toMatchObject({ status: 0 });

      expect(asked).toEqual([]);
    });

    it('shows the caller one exchange', async () => {
      const { http } = await signedIn({ injection: { retryOnUnauthorized } });
      scene.wire.answer(FORBIDDEN, { body: '{"answer":42}' });
      const events$ = http.get(`${scene.wire.url}/api/x`, { observe: 'events', reportProgress: true });

      const events = await lastValueFrom(events$.pipe(toArray()));

      const headers = events.filter((event) => event.type === HttpEventType.ResponseHeader);
      expect(headers.map(({ status }) => status)).toEqual([200]);
    });
  });

  it('of a backend that answers by itself is a 401 all the same', async () => {
    let answers = 0;
    const fake: HttpInterceptorFn = (request, next) =>
      answers++ === 0 ? throwError(() => new HttpErrorResponse({ status: 401 })) : next(request);
    const { hello } = await signedIn({ interceptors: [sessionInterceptor, fake] });

    expect((await firstValueFrom(hello())).username).toBe('alice');
    expect(renewals()).toBe(1);
  });

  it('is one only if HttpClient says so', async () => {
    const odd: HttpInterceptorFn = () => throwError(() => ({ status: 401 }));
    const { hello } = await signedIn({ interceptors: [sessionInterceptor, odd] });

    expect(await errorOf(hello().pipe(switchMap(() => of(null))))).toEqual({ status: 401 });
    expect(renewals()).toBe(0);
  });
});
