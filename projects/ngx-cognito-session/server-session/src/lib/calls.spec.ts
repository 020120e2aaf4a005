import { HttpClient, provideHttpClient, withInterceptors, HttpErrorResponse } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { PLATFORM_ID } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { createAuthFetch, sessionContext, sessionInterceptor } from 'ngx-cognito-session';
import { servedSession } from '../../../testing-support/fake-session-server';
import { serverSessionScene } from '../../../testing-support/server-session-scene';
import { nextStatus, type SessionApp, type SessionTab } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';

const scene = serverSessionScene();

interface HttpPage extends SessionTab {
  readonly http: HttpClient;
  readonly api: HttpTestingController;
}

const HTTP = [provideHttpClient(withInterceptors([sessionInterceptor])), provideHttpClientTesting()];

function open(): HttpPage {
  const page = scene.open({ providers: HTTP });
  return { ...page, ...clientOf(page) };
}

function clientOf({ session: { ɵinjector: injector } }: SessionApp): Pick<HttpPage, 'http' | 'api'> {
  return { http: injector.get(HttpClient), api: injector.get(HttpTestingController) };
}

async function signedIn(): Promise<HttpPage> {
  scene.server.session = servedSession(scene.time.now());
  const page = open();
  await nextStatus(page.session, 'signedIn');
  return page;
}

/** The static header of the request to this URL. */
function headerOf({ http, api }: Pick<HttpPage, 'http' | 'api'>, url: string): string | null {
  http.get(url).subscribe();
  return api.expectOne(url).request.headers.get('X-CSRF');
}

/** The status that the caller gets when the API answers with 401. */
async function refused(page: HttpPage, call: Promise<unknown>): Promise<unknown> {
  page.api.expectOne('/api/orders').flush(null, { status: 401, statusText: 'Unauthorized' });
  return call.catch((error: unknown) => (error instanceof HttpErrorResponse ? error.status : error));
}

describe('sessionInterceptor', () => {
  it.each(['/api/orders', 'api/orders', 'http://localhost/api', '/'])(
    'marks a call to this origin: %s',
    async (url) => {
      expect(headerOf(await signedIn(), url)).toBe('1');
    },
  );

  it.each([
    'https://api.example.com/orders',
    '//localhost.evil.example/api',
    'http://localhost:8080/api',
    'https://localhost/api',
    'data:application/json,1',
  ])('does not mark a call to elsewhere: %s', async (url) => {
    expect(headerOf(await signedIn(), url)).toBeNull();
  });

  it('marks calls of signed-out users, and before it is known, without waiting', async () => {
    scene.server.hold();
    const page = open();
    expect(headerOf(page, '/api/orders')).toBe('1');
    scene.server.release();
    await nextStatus(page.session, 'signedOut');

    expect(headerOf(page, '/api/more')).toBe('1');
  });

  it('leaves a call alone that the app excepts, or has marked itself', async () => {
    const { http, api } = await signedIn();

    http.get('/one', { context: sessionContext({ attach: false }) }).subscribe();
    http.get('/two', { headers: { 'x-csrf': '2' } }).subscribe();

    expect(api.expectOne('/one').request.headers.has('X-CSRF')).toBe(false);
    expect(api.expectOne('/two').request.headers.get('X-CSRF')).toBe('2');
  });

  it('keeps an answer for a user out of the transfer cache, and lets it redirect', async () => {
    const { http, api } = await signedIn();
    http.get('/api/orders').subscribe();

    expect(api.expectOne('/api/orders').request).toMatchObject({ transferCache: false });
    http.get('/api/file').subscribe();
    expect(api.expectOne('/api/file').request.redirect).not.toBe('error');
  });

  it('turns a 401 into the signed-out state, before the caller gets it', async () => {
    const page = await signedIn();
    scene.server.session = null;
    const call = firstValueFrom(page.http.get('/api/orders'));

    expect(await refused(page, call)).toBe(401);

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'refreshTokenExpired' });
    page.api.verify();
  });

  it('believes the server, not the API: a session that lives goes on', async () => {
    const page = await signedIn();
    const call = firstValueFrom(page.http.get('/api/orders'));

    expect(await refused(page, call)).toBe(401);

    expect(page.session.isSignedIn()).toBe(true);
    page.api.verify();
  });

  it('asks once for many calls that are refused together', async () => {
    const page = await signedIn();
    const calls = Array.from({ length: 5 }, () =>
      firstValueFrom(page.http.get('/api/orders')).catch(() => null),
    );
    scene.server.hold();
    scene.server.session = null;

    for (const request of page.api.match('/api/orders'))
      request.flush(null, { status: 401, statusText: 'Unauthorized' });
    await turns();
    scene.server.release();
    await Promise.all(calls);

    // The first look, one for the first refusal, one for those that came during it.
    expect(scene.server.count('GET /auth/session')).toBeLessThanOrEqual(3);
    expect(page.session.isSignedIn()).toBe(false);
  });

  it('does not ask because of a call of an earlier session', async () => {
    const page = await signedIn();
    const call = firstValueFrom(page.http.get('/api/orders'));
    scene.server.session = servedSession(scene.time.now(), { sub: 'bob-id', origin: 'origin-2' });
    await firstValueFrom(page.session.forceRefresh());
    const asked = scene.server.count('GET /auth/session');

    expect(await refused(page, call)).toBe(401);

    expect(scene.server.count('GET /auth/session')).toBe(asked);
    expect(page.session.user()?.username).toBe('bob');
  });

  it('does not ask because of a call of a signed-out user', async () => {
    const page = open();
    await nextStatus(page.session, 'signedOut');
    const call = firstValueFrom(page.http.get('/api/orders'));

    expect(await refused(page, call)).toBe(401);

    expect(scene.server.count('GET /auth/session')).toBe(1);
  });

  it('passes a 401 on if the server cannot be asked', async () => {
    const page = await signedIn();
    scene.server.isOffline = true;
    const call = firstValueFrom(page.http.get('/api/orders'));

    expect(await refused(page, call)).toBe(401);

    expect(page.session.isSignedIn()).toBe(true);
  });

  it('marks nothing on a server, whose own calls carry no cookie of the user', () => {
    const page = scene.load({ providers: [...HTTP, { provide: PLATFORM_ID, useValue: 'server' }] });

    expect(headerOf(clientOf(page), 'http://localhost/api')).toBeNull();
    expect(scene.server.calls).toEqual([]);
  });
});

describe('createAuthFetch', () => {
  it('marks calls to this origin and asks after a 401', async () => {
    const page = await signedIn();
    scene.server.session = null;
    const sent: [string, Headers][] = [];
    const authFetch = createAuthFetch(page.session, {
      fetch: (input, init) => {
        sent.push([input as string, new Headers(init?.headers)]);
        return Promise.resolve(new Response(null, { status: 401 }));
      },
    });

    const [own, other] = [await authFetch('/api/orders'), await authFetch('https://api.example.com/orders')];

    expect([own.status, other.status]).toEqual([401, 401]);
    expect(sent.map(([url, headers]) => [url, headers.get('x-csrf')])).toEqual([
      ['http://localhost/api/orders', '1'],
      ['https://api.example.com/orders', null],
    ]);
    await until(() => !page.session.isSignedIn());
  });

  it('fails with rules of its own: there is no token', async () => {
    const page = await signedIn();
    const authFetch = createAuthFetch(page.session, { shouldAttachToken: () => true });

    await expect(authFetch('/api/orders')).rejects.toMatchObject({ code: 'tokensOnServer' });
  });
});
