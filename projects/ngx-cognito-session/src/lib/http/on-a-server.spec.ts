import {
  HttpBackend,
  HttpClient,
  HttpErrorResponse,
  HttpResponse,
  provideHttpClient,
  withInterceptors,
  type HttpRequest,
} from '@angular/common/http';
import { PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, of, throwError } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { errorOf, startApp, type SessionApp } from '../../../testing-support/session-app';
import { CLIENT_ID, sdkTokens } from '../../../testing-support/test-tokens';
import {
  createAuthFetch,
  sessionInterceptor,
  TOKEN_REFRESHER,
  withNoAutoRestore,
  withTokenInjection,
  type SessionFeature,
  type TokenInjectionOptions,
} from '../../public-api';

const API = 'https://api.example.com';

describe('on a server', () => {
  let sent: HttpRequest<unknown>[];
  let renewals: number;

  beforeEach(() => {
    sent = [];
    renewals = 0;
  });

  function open(
    attachTo: TokenInjectionOptions['attachTo'],
    status = 200,
    features: readonly SessionFeature[] = [],
  ): SessionApp & { readonly http: HttpClient } {
    const app = startApp({
      config: { region: 'eu-west-1', clientId: CLIENT_ID },
      time: new ManualTime(),
      features: [withTokenInjection({ attachTo }), ...features],
      providers: [
        { provide: PLATFORM_ID, useValue: 'server' },
        {
          provide: TOKEN_REFRESHER,
          useValue: {
            refresh: () => throwError(() => new Error(`renewal ${String(++renewals)}`)),
            revoke: () => of(undefined),
          },
        },
        provideHttpClient(withInterceptors([sessionInterceptor])),
        {
          provide: HttpBackend,
          useValue: {
            handle: (request: HttpRequest<unknown>) => {
              sent.push(request);
              return status === 200
                ? of(new HttpResponse({ status }))
                : throwError(() => new HttpErrorResponse({ status }));
            },
          },
        },
      ],
    });
    return { ...app, http: TestBed.inject(HttpClient) };
  }

  async function signedIn(...args: Parameters<typeof open>): Promise<ReturnType<typeof open>> {
    const app = open(...args);
    await firstValueFrom(app.session.setTokens(sdkTokens({ iat: app.time.now() / 1000 })));
    return app;
  }

  it('nothing is attached, whatever the rules for browsers say', async () => {
    const { http } = await signedIn([API, '/api', () => true]);

    await firstValueFrom(http.get(`${API}/x`));
    await firstValueFrom(http.get('/api/x'));

    expect(sent.map(({ headers }) => headers.keys())).toEqual([[], []]);
  });

  it('a rule that is meant for it attaches, and keeps the answer out of the page', async () => {
    const { http } = await signedIn([{ url: API, onServer: true }]);

    await firstValueFrom(http.get(`${API}/x`));

    expect(sent[0]?.headers.get('Authorization')).toMatch(/^Bearer ey/);
    expect(sent[0]?.transferCache).toBe(false);
  });

  it('nothing waits: where the session is not known such a request fails at once, unsent', async () => {
    const { http, time } = open([{ url: API, onServer: true }], 200, [withNoAutoRestore()]);

    expect(await errorOf(http.get(`${API}/x`))).toMatchObject({ code: 'restoreTimeout' });
    expect([sent.length, time.armedTimers]).toEqual([0, 0]);
  });

  it('a request that needs no token is sent although the session is not known', async () => {
    const { http } = open([API], 200, [withNoAutoRestore()]);

    await firstValueFrom(http.get(`${API}/x`));

    expect(sent).toHaveLength(1);
  });

  it('a 401 is the answer, and nothing is renewed', async () => {
    const { http } = await signedIn([{ url: API, onServer: true }], 401);

    expect(await errorOf(http.get(`${API}/x`))).toMatchObject({ status: 401 });

    expect([sent.length, renewals]).toEqual([1, 0]);
  });

  it('createAuthFetch attaches by such a rule alone, never by a predicate', async () => {
    const { session } = await signedIn([API, { url: `${API}/server`, onServer: true }]);
    const seen: (string | null)[] = [];
    const noting: typeof fetch = (_, init) => {
      seen.push(new Headers(init?.headers).get('Authorization'));
      return Promise.resolve(new Response());
    };

    await createAuthFetch(session, { fetch: noting })(`${API}/server/x`);
    await createAuthFetch(session, { fetch: noting })(`${API}/x`);
    await createAuthFetch(session, { fetch: noting })('/server/x');
    await createAuthFetch(session, { fetch: noting, shouldAttachToken: () => true })(`${API}/x`);

    expect(seen).toEqual([expect.stringMatching(/^Bearer ey/), null, null, null]);
  });
});
