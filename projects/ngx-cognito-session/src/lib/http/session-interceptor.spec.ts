import {
  HttpClient,
  HttpErrorResponse,
  HttpEventType,
  HttpHeaders,
  provideHttpClient,
  withInterceptors,
  type HttpEvent,
  type HttpInterceptorFn,
} from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { startEmulator, startSampleApi, type Emulator, type SampleApi } from 'cognito-emulator';
import {
  catchError,
  firstValueFrom,
  forkJoin,
  from,
  lastValueFrom,
  switchMap,
  throwError,
  toArray,
  type Observable,
} from 'rxjs';
import { HeldStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import { configFor, errorOf, startApp, type SessionApp } from '../../../testing-support/session-app';
import {
  sessionInterceptor,
  withStorage,
  withTokenInjection,
  type SessionFeature,
  type TokenInjectionOptions,
} from '../../public-api';

const REFRESH = 'GetTokensFromRefreshToken';
const HOUR = 3_600_000;

interface Hello {
  readonly username: string;
}

describe('sessionInterceptor', () => {
  let emulator: Emulator;
  let api: SampleApi;
  let time: ManualTime;
  let storage: HeldStorage;

  beforeEach(async () => {
    time = new ManualTime();
    storage = new HeldStorage();
    emulator = await startEmulator({
      clock: time,
      pools: [
        {
          clients: [{ clientId: 'client1', rotation: true, graceSeconds: 0 }],
          users: [
            { username: 'alice', password: 'Correct-horse-1' },
            { username: 'bob', password: 'Correct-horse-2' },
          ],
        },
      ],
    });
    api = await startSampleApi({ emulator });
  });

  afterEach(async () => {
    await api.close();
    await emulator.close();
  });

  function open(
    options: Partial<TokenInjectionOptions> = {},
    interceptors: readonly HttpInterceptorFn[] = [sessionInterceptor],
  ): SessionApp & { readonly http: HttpClient } {
    const features: SessionFeature[] = [
      withStorage(storage),
      withTokenInjection({ attachTo: [`${api.url}/api`], ...options }),
    ];
    const app = startApp({
      config: configFor(emulator),
      time,
      features,
      providers: [provideHttpClient(withInterceptors([...interceptors]))],
    });
    return { ...app, http: TestBed.inject(HttpClient) };
  }

  async function signedIn(
    ...args: Parameters<typeof open>
  ): Promise<SessionApp & { readonly http: HttpClient; readonly hello: () => Observable<Hello> }> {
    const app = open(...args);
    await firstValueFrom(app.session.setTokens(await emulator.signIn('alice')));
    return { ...app, hello: () => app.http.get<Hello>(`${api.url}/api/hello`) };
  }

  it('puts the access token on a request that a rule names', async () => {
    const { session, hello } = await signedIn();

    const answer = await firstValueFrom(hello());

    expect(answer.username).toBe('alice');
    expect(api.requests).toMatchObject([
      { verdict: 'valid', accessToken: await firstValueFrom(session.getAccessToken()) },
    ]);
  });

  it('leaves a request alone that no rule names', async () => {
    const { http } = await signedIn({ attachTo: ['https://elsewhere.example.com'] });

    await errorOf(http.get(`${api.url}/api/hello`));

    expect(api.requests).toMatchObject([{ verdict: 'noToken' }]);
  });

  it('leaves an existing header alone', async () => {
    const { http } = await signedIn();

    await errorOf(
      http.get(`${api.url}/api/hello`, { headers: new HttpHeaders({ authorization: 'Basic own' }) }),
    );

    expect(api.requests).toMatchObject([{ accessToken: null }]);
    expect(emulator.log.count(REFRESH)).toBe(0);
  });

  it('keeps the answer out of the transfer cache', async () => {
    const seen: unknown[] = [];
    const { hello } = await signedIn({}, [
      sessionInterceptor,
      (request, next) => {
        seen.push(request.transferCache);
        return next(request);
      },
    ]);

    await firstValueFrom(hello());

    expect(seen).toEqual([false]);
  });

  it('uses the header, the format and the token that the rule names', async () => {
    const seen: (string | null)[] = [];
    const { session, hello } = await signedIn(
      {
        retryOnUnauthorized: false,
        attachTo: [
          {
            url: `${api.url}/api`,
            tokenUse: 'id',
            headerName: 'X-Id-Token',
            headerValue: (token) => `t=${token}`,
          },
        ],
      },
      [
        sessionInterceptor,
        (request, next) => {
          seen.push(request.headers.get('X-Id-Token'), request.headers.get('Authorization'));
          return next(request);
        },
      ],
    );

    await errorOf(hello());

    expect(seen).toEqual([`t=${await firstValueFrom(session.getIdToken())}`, null]);
  });

  it('renews an expired token first, once for all requests', async () => {
    const { hello } = await signedIn();
    time.sleep(2 * HOUR);

    await firstValueFrom(forkJoin(Array.from({ length: 20 }, hello)));

    expect(emulator.log.count(REFRESH)).toBe(1);
    expect(api.requests).toHaveLength(20);
    expect(api.requests.every(({ wasTokenValid }) => wasTokenValid)).toBe(true);
  });

  describe('when nobody is signed in', () => {
    it('sends the request without a token', async () => {
      const { http, session } = open();
      await firstValueFrom(session.initialize());

      await errorOf(http.get(`${api.url}/api/hello`));

      expect(api.requests).toMatchObject([{ verdict: 'noToken', accessToken: null }]);
    });

    it('sends the request without a token when the session ends while it waits', async () => {
      const { hello } = await signedIn();
      time.sleep(2 * HOUR);
      emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });

      expect(await errorOf(hello())).toMatchObject({ status: 401 });

      expect(api.requests).toMatchObject([{ verdict: 'noToken', accessToken: null }]);
    });

    it('fails with noSession, unsent, if the rule says so', async () => {
      const { http, session } = open({ attachTo: [{ url: `${api.url}/api`, anonymous: false }] });
      await firstValueFrom(session.initialize());

      expect(await errorOf(http.get(`${api.url}/api/hello`))).toMatchObject({ code: 'noSession' });
      expect(api.requests).toEqual([]);
    });
  });

  describe('while the session is being restored', () => {
    it('holds the request until it is known', async () => {
      await signedIn();
      storage.hold();
      const { http } = open();
      const answer = firstValueFrom(http.get<Hello>(`${api.url}/api/hello`));

      storage.release();

      expect((await answer).username).toBe('alice');
    });

    it('fails with restoreTimeout after 10 s, unsent', async () => {
      storage.hold();
      const { http } = open();
      const error = errorOf(http.get(`${api.url}/api/hello`));

      time.advance(10_000);

      expect(await error).toMatchObject({ code: 'restoreTimeout' });
      expect(api.requests).toEqual([]);
    });
  });

  it('fails without sending while the session is stale', async () => {
    const { session, hello } = await signedIn();
    time.sleep(2 * HOUR);
    emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing', times: 2 });
    await errorOf(session.getAccessToken());
    time.advance(5000);
    await errorOf(session.getAccessToken());
    expect(session.state().status).toBe('stale');

    expect(await errorOf(hello())).toMatchObject({ code: 'networkError' });
    expect(api.requests).toEqual([]);
  });

  describe('on a 401', () => {
    it('renews once, retries once and gives the good answer', async () => {
      const { hello } = await signedIn();
      api.rejectNext(1);

      const answer = await firstValueFrom(hello());

      expect(answer.username).toBe('alice');
      expect(emulator.log.count(REFRESH)).toBe(1);
      expect(api.requests.map(({ verdict }) => verdict)).toEqual(['rejectedOnPurpose', 'valid']);
      const [first, second] = api.requests;
      expect(second?.accessToken).not.toBe(first?.accessToken);
    });

    it('shares one renewal among a storm', async () => {
      const { hello } = await signedIn();
      api.rejectNext(100);

      await firstValueFrom(forkJoin(Array.from({ length: 100 }, hello)));

      expect(emulator.log.count(REFRESH)).toBe(1);
      expect(api.requests.filter(({ verdict }) => verdict === 'valid')).toHaveLength(100);
    });

    it('gives the second 401 to the caller as it is', async () => {
      const { hello } = await signedIn();
      api.rejectNext(2);

      const error = await errorOf(hello());

      expect(error).toBeInstanceOf(HttpErrorResponse);
      expect(error).toMatchObject({ status: 401 });
      expect(api.requests).toHaveLength(2);
      expect(emulator.log.count(REFRESH)).toBe(1);
    });

    it('does not renew again within 30 s for a token obtained that way', async () => {
      const { hello } = await signedIn();
      api.rejectNext(1);
      await firstValueFrom(hello());

      time.advance(29_999);
      api.rejectNext(1);
      await errorOf(hello());
      expect(emulator.log.count(REFRESH)).toBe(1);

      time.advance(1);
      api.rejectNext(1);
      await firstValueFrom(hello());
      expect(emulator.log.count(REFRESH)).toBe(2);
    });

    it('retries with the newer token if the session holds one already', async () => {
      let renewMeanwhile: Promise<unknown> | undefined;
      const { session, hello } = await signedIn({}, [
        sessionInterceptor,
        // The answer is on its way while somebody else renews.
        (request, next) =>
          next(request).pipe(
            catchError((error: unknown) => {
              renewMeanwhile ??= firstValueFrom(session.forceRefresh());
              return from(renewMeanwhile).pipe(switchMap(() => throwError(() => error)));
            }),
          ),
      ]);
      api.rejectNext(1);

      const answer = await firstValueFrom(hello());

      expect(answer.username).toBe('alice');
      expect(emulator.log.count(REFRESH)).toBe(1);
    });

    it('gives the 401 back when the renewal fails, and keeps the session', async () => {
      const { session, hello } = await signedIn();
      api.rejectNext(1);
      emulator.faults.add(REFRESH, { kind: 'throttle' });

      expect(await errorOf(hello())).toMatchObject({ status: 401 });

      expect(session.isSignedIn()).toBe(true);
      expect(api.requests).toHaveLength(1);
    });

    it('gives the 401 back when the user changed meanwhile', async () => {
      const { session, hello } = await signedIn();
      api.rejectNext(1);
      const barrier = emulator.hold(REFRESH);
      const outcome = errorOf(hello());
      await barrier.arrived(1);
      await firstValueFrom(session.setTokens(await emulator.signIn('bob')));

      await barrier.open();

      expect(await outcome).toMatchObject({ status: 401 });
      expect(api.requests).toHaveLength(1);
    });

    it('does nothing if it is switched off or the predicate says no', async () => {
      for (const retryOnUnauthorized of [false, () => false]) {
        const { hello } = await signedIn({ retryOnUnauthorized });
        api.rejectNext(1);

        expect(await errorOf(hello())).toMatchObject({ status: 401 });
      }
      expect(emulator.log.count(REFRESH)).toBe(0);
    });

    it('does not tell twice that a request was sent', async () => {
      const { http } = await signedIn();
      api.rejectNext(1);

      const events: HttpEvent<unknown>[] = await lastValueFrom(
        http.get(`${api.url}/api/hello`, { observe: 'events', reportProgress: true }).pipe(toArray()),
      );

      expect(events.filter(({ type }) => type === HttpEventType.Sent)).toHaveLength(1);
      expect(events.filter(({ type }) => type === HttpEventType.Response)).toHaveLength(1);
    });
  });

  it('is not asked twice when it is listed twice', async () => {
    const { hello } = await signedIn({}, [sessionInterceptor, sessionInterceptor]);
    api.rejectNext(1);

    await firstValueFrom(hello());

    expect(api.requests).toHaveLength(2);
  });

  it('passes everything through without withTokenInjection', async () => {
    const app = startApp({
      config: configFor(emulator),
      time,
      features: [withStorage(storage)],
      providers: [provideHttpClient(withInterceptors([sessionInterceptor]))],
    });
    await firstValueFrom(app.session.setTokens(await emulator.signIn('alice')));

    await errorOf(TestBed.inject(HttpClient).get(`${api.url}/api/hello`));

    expect(api.requests).toMatchObject([{ verdict: 'noToken' }]);
  });

  it.each(['api.example.com', 'http://api.example.com', 'https://user@api.example.com', '//api.example.com'])(
    'refuses the rule %s at start-up',
    (url) => {
      expect(() => withTokenInjection({ attachTo: [url] })).toThrow(/withTokenInjection/);
    },
  );
});
