import {
  HttpBackend,
  HttpClient,
  provideHttpClient,
  withInterceptors,
  withRequestsMadeViaParent,
  ɵHTTP_ROOT_INTERCEPTOR_FNS,
  type HttpInterceptorFn,
} from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import {
  createEnvironmentInjector,
  EnvironmentInjector,
  type EnvironmentProviders,
  type Provider,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { emulatedApp } from '../../../testing-support/emulated-app';
import { configFor, startApp, type SessionApp } from '../../../testing-support/session-app';
import { firstValueFrom } from 'rxjs';
import {
  createAuthFetch,
  provideSession,
  sessionContext,
  sessionInterceptor,
  withTokenInjection,
  type TokenInjectionOptions,
} from '../../public-api';

const API = 'https://api.example.com';
const TESTING_BACKEND = { provide: HttpBackend, useExisting: HttpTestingController };

describe('in development, a request', () => {
  const app = emulatedApp();

  interface Options {
    readonly attachTo?: TokenInjectionOptions['attachTo'];
    readonly rules?: TokenInjectionOptions | (() => TokenInjectionOptions);
    readonly interceptors?: readonly HttpInterceptorFn[];
    readonly providers?: readonly Provider[];
  }

  function open({
    attachTo = [`${API}/v1`],
    rules = { attachTo },
    interceptors = [],
    providers = [],
  }: Options): SessionApp {
    return startApp({
      config: configFor(app.emulator),
      time: app.time,
      features: [withTokenInjection(rules)],
      providers: [
        provideHttpClient(withInterceptors([...interceptors])),
        provideHttpClientTesting(),
        ...providers,
      ],
    });
  }

  async function signedIn(options: Options): Promise<SessionApp> {
    const page = open(options);
    await firstValueFrom(page.session.setTokens(await app.emulator.signIn('alice')));
    return page;
  }

  function answer(url: string, status = 200, http = TestBed.inject(HttpClient)): void {
    http.get(url).subscribe({ error: () => undefined });
    flush(url, status);
  }

  function flush(url: string, status = 200): void {
    TestBed.inject(HttpTestingController).expectOne(url).flush({}, { status, statusText: 'Answer' });
  }

  const reported = ({ logged }: SessionApp) =>
    logged.map(({ text }) => text).filter((text) => text.startsWith('NCS'));

  describe('that matches a rule and does not pass sessionInterceptor', () => {
    const NOT_REGISTERED = /^NCS110: GET https:\/\/api\.example\.com\/v1\/a matches .* More: .*NCS110\.md/;

    it('is reported once: the interceptor is registered nowhere', () => {
      const page = open({});

      answer(`${API}/v1/a?token=x`);
      answer(`${API}/v1/b`, 401);

      expect(reported(page)).toEqual([expect.stringMatching(NOT_REGISTERED)]);
      expect(reported(page).join()).not.toContain('token=x');
    });

    it('is reported of a second HttpClient', () => {
      const page = open({ interceptors: [sessionInterceptor] });
      const second = below(provideHttpClient(), TESTING_BACKEND);

      answer(`${API}/v1/a`);
      expect(reported(page)).toEqual([]);
      answer(`${API}/v1/a`, 200, second);

      expect(reported(page)).toEqual([expect.stringMatching(NOT_REGISTERED)]);
    });

    it('is none that a parent sends, which has the interceptor', () => {
      const page = open({ interceptors: [sessionInterceptor] });

      answer(`${API}/v1/a`, 200, below(provideHttpClient(withRequestsMadeViaParent())));

      expect(reported(page)).toEqual([]);
    });

    it.each<[string, Options]>([
      ['passes it', { interceptors: [sessionInterceptor] }],
      ['matches no rule', { attachTo: ['https://other.example.com'] }],
      ['is denied', { attachTo: [API, { url: `${API}/v1`, attach: false }] }],
      [
        'has rules that cannot be read',
        {
          rules: () => {
            throw new Error('No rules yet.');
          },
        },
      ],
    ])('is none that %s', (_, options) => {
      const page = open(options);

      answer(`${API}/v1/a`);

      expect(reported(page)).toEqual([]);
    });

    it('is none that wants no token, that has one, or that goes around interceptors', () => {
      const page = open({});
      const http = TestBed.inject(HttpClient);
      const around = new HttpClient(TestBed.inject(HttpBackend));

      http.get(`${API}/v1/a`, { context: sessionContext({ attach: false }) }).subscribe();
      http.get(`${API}/v1/b`, { headers: { Authorization: 'Basic x' } }).subscribe();
      around.get(`${API}/v1/c`).subscribe();
      for (const name of ['a', 'b', 'c']) flush(`${API}/v1/${name}`);

      expect(reported(page)).toEqual([]);
    });

    it('is none of createAuthFetch', async () => {
      const page = await signedIn({});
      const authFetch = createAuthFetch(page.session, { fetch: () => Promise.resolve(new Response()) });

      await authFetch(`${API}/v1/a`);

      expect(reported(page)).toEqual([]);
    });

    it('passes the interceptors that Angular adds for the whole app, also below a session of its own', () => {
      const seen: string[] = [];
      const ofTheApp: HttpInterceptorFn = (request, next) => {
        seen.push(request.url);
        return next(request);
      };
      open({ providers: [{ provide: ɵHTTP_ROOT_INTERCEPTOR_FNS, useValue: ofTheApp, multi: true }] });
      const http = below(
        provideSession({ region: 'eu-west-1', clientId: 'other' }, withTokenInjection({ attachTo: ['/x'] })),
        provideHttpClient(),
        TESTING_BACKEND,
      );

      answer('/y', 200, http);

      expect(seen).toEqual(['/y']);
    });
  });

  describe('that was answered 401 and matched no rule', () => {
    it.each([
      ['the port differs', 'https://api.example.com:8443/v1/a'],
      ['the host differs', 'https://api.example.org/v1/a'],
      ['the scheme differs', 'http://api.example.com/v1/a'],
      ['the path differs', 'https://api.example.com/v2/a'],
      ['the scheme and the path differ', 'http://api.example.com/a'],
    ])('is reported once with the nearest rule: %s', async (differs, url) => {
      const page = await signedIn({
        attachTo: ['https://far.example.net/v9', `${API}/v1`],
        interceptors: [sessionInterceptor],
      });

      answer(url, 401);
      answer(url, 401);

      expect(reported(page)).toEqual([
        expect.stringMatching(
          new RegExp(`^NCS111: GET .* The nearest rule is '${API}/v1': ${differs}\\. More: .*NCS111\\.md`),
        ),
      ]);
    });

    it('is reported with the method that its rule lacks', async () => {
      const page = await signedIn({
        attachTo: [{ url: API, methods: ['POST'] }],
        interceptors: [sessionInterceptor],
      });

      answer(`${API}/a`, 401);

      expect(reported(page)).toEqual([
        expect.stringContaining("'https://api.example.com': the method differs."),
      ]);
    });

    it('is reported of createAuthFetch', async () => {
      const page = await signedIn({});
      const fetch = () => Promise.resolve(new Response(null, { status: 401 }));

      const response = await createAuthFetch(page.session, { fetch })(`${API}/v2/a?secret=1`);
      await Promise.resolve();

      expect(response.status).toBe(401);
      expect(reported(page)).toEqual([
        expect.stringMatching(/^NCS111: GET https:\/\/api\.example\.com\/v2\/a was .* the path differs\./),
      ]);
    });

    it('is reported if only functions choose', async () => {
      const page = await signedIn({ attachTo: [() => false], interceptors: [sessionInterceptor] });

      answer(`${API}/v1/a`, 401);

      expect(reported(page)).toEqual([expect.stringMatching(/^NCS111: .* no function in attachTo /)]);
    });

    it.each<[string, string, number, Options]>([
      ['has another status', `${API}/v2/a`, 403, {}],
      [
        'a rule keeps tokens from',
        `${API}/v1/a`,
        401,
        { attachTo: [{ url: `${API}/v1`, attach: false }, API] },
      ],
      ['matched a rule', `${API}/v1/a`, 401, {}],
      [
        'got its token in another header',
        `${API}/v1/a`,
        401,
        { rules: { attachTo: [API], headerName: 'X-Auth' } },
      ],
    ])('is none that %s', async (_, url, status, options) => {
      const page = await signedIn({ interceptors: [sessionInterceptor], ...options });
      const http = TestBed.inject(HttpClient);

      http.get(url, { context: sessionContext({ retryOnUnauthorized: false }) }).subscribe({
        error: () => undefined,
      });
      await Promise.resolve();
      flush(url, status);

      expect(reported(page)).toEqual([]);
    });

    it('is none of a user who is not signed in', () => {
      const page = open({ interceptors: [sessionInterceptor] });

      answer(`${API}/sign-in`, 401);

      expect(reported(page)).toEqual([]);
    });
  });

  it('gets its answer also after its app has been destroyed', async () => {
    await signedIn({ interceptors: [sessionInterceptor] });
    const answers: unknown[] = [];
    const controller = TestBed.inject(HttpTestingController);
    TestBed.inject(HttpClient)
      .get(`${API}/v2/x`)
      .subscribe({ next: () => answers.push('answer'), error: (error) => answers.push(error) });
    const sent = controller.expectOne(`${API}/v2/x`);

    TestBed.resetTestingModule();
    sent.flush({});

    expect(answers).toEqual(['answer']);
  });

  function below(...providers: (EnvironmentProviders | Provider)[]): HttpClient {
    return createEnvironmentInjector(providers, TestBed.inject(EnvironmentInjector)).get(HttpClient);
  }
});
