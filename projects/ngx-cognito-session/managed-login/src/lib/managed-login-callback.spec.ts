import { Location } from '@angular/common';
import { PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { NavigationEnd } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { consumeReturnUrl } from 'ngx-cognito-session';
import { inRouter, managedLoginScene, signInThere } from '../../../testing-support/managed-login-scene';
import { Prerendering } from '../../../testing-support/prerendering';
import { errorOf } from '../../../testing-support/session-app';
import { turns } from '../../../testing-support/turns';

const scene = managedLoginScene();
const prerendering = new Prerendering();

afterEach(() => {
  prerendering.reset();
});

/** Leaves for managed login from a guarded page, and signs in there. Returns the URL that it leads back to, in the router. */
async function callbackOf(
  form: Readonly<Record<string, string>> = {},
  from = '/orders?sort=date',
): Promise<string> {
  const { login } = scene.load();
  const before = scene.left.length;
  login.signIn({ returnUrl: from });
  return inRouter(await signInThere(await scene.leftFor(before + 1), form));
}

const consumed = () => TestBed.runInInjectionContext(() => consumeReturnUrl());

describe('the guard of the callback', () => {
  it('signs in and goes on to the page that the user wanted', async () => {
    const callback = await callbackOf();
    const { session, login } = scene.load();

    const url = await scene.navigate(callback);

    expect([url, session.user()?.username, login.error()]).toEqual(['/orders?sort=date', 'alice', null]);
    expect(consumed()).toBeNull();
  });

  it('leaves nothing of the callback in the address, in the history, in the storage and in the log', async () => {
    const callback = await callbackOf();
    const page = scene.load();
    const [code, state] = [/code=([^&]+)/.exec(callback)?.[1], /state=([^&]+)/.exec(callback)?.[1]];
    const urls: string[] = [];
    page.router.events.subscribe((event) => {
      if (event instanceof NavigationEnd) urls.push(event.urlAfterRedirects);
    });
    history.replaceState(null, '', callback);
    const length = history.length;

    const navigated = scene.navigate(callback);
    await turns(1);
    const during = location.href;
    await navigated;

    expect(during).toBe('http://localhost/callback');
    expect([urls, history.length - length]).toEqual([['/orders?sort=date'], 0]);
    expect(TestBed.inject(Location).path()).toBe('/orders?sort=date');
    const rest = JSON.stringify([page.logged, page.events, Object.entries(sessionStorage), location.href]);
    for (const secret of [code, state])
      expect([secret?.length, rest.includes(secret ?? '')]).toEqual([expect.any(Number), false]);
    expect(Object.keys(sessionStorage)).toEqual([]);
  });

  it('leaves the description of an error to the page alone', async () => {
    const callback = await callbackOf({ cancel: 'yes' });
    const page = scene.load();
    const description = 'PreSignUp failed with error alice@example.com exists.';
    const refused = callback
      .replace(/error=[^&]+/, 'error=invalid_request')
      .replace(/&error_description=[^&]*/, '');

    await scene.navigate(`${refused}&error_description=${encodeURIComponent(description)}`);

    expect(page.login.error()).toMatchObject({ cause: { name: 'invalid_request', message: description } });
    expect(page.events.map(({ type }) => type)).toEqual(['error']);
    const rest = JSON.stringify([page.logged, page.events, Object.entries(sessionStorage), location.href]);
    expect(rest).toContain('invalid_request');
    expect(rest).not.toContain('alice');
  });

  it('believes no name of an error that is not registered', async () => {
    const callback = await callbackOf({ cancel: 'yes' });
    const page = scene.load();

    await scene.navigate(callback.replace(/error=[^&]+/, 'error=secret_word_of_a_link'));

    expect(page.login.error()).toMatchObject({ code: 'signInFailed', serviceError: 'unknown_error' });
    expect(JSON.stringify([page.logged, page.events])).not.toContain('secret_word');
  });

  it('waits in a page that the browser has prerendered', async () => {
    const callback = await callbackOf();
    prerendering.begin();
    const { session } = scene.load();
    history.replaceState(null, '', callback);
    const navigated = scene.navigate(callback);
    await turns(20);
    expect([scene.emulator.log.count('oauth2/token'), location.search]).toEqual([
      0,
      callback.slice(callback.indexOf('?')),
    ]);

    prerendering.activate();

    expect([await navigated, session.user()?.username]).toEqual(['/orders?sort=date', 'alice']);
  });

  it('sends the code to the token endpoint without cookies and without Referer', async () => {
    const callback = await callbackOf();
    scene.load();
    const fetched = jest.spyOn(globalThis, 'fetch');
    try {
      await scene.navigate(callback);

      const [, request] = fetched.mock.calls.find(([url]) => String(url).endsWith('/oauth2/token')) ?? [];
      expect(request).toMatchObject({
        method: 'POST',
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'manual',
        referrerPolicy: 'no-referrer',
      });
    } finally {
      fetched.mockRestore();
    }
  });

  it('binds tokens to the resource, in the session as well', async () => {
    const login = { resource: 'https://api.example.com' };
    const { login: managed, session } = scene.load({ login });
    managed.signIn();
    const callback = inRouter(await signInThere(await scene.leftFor()));

    await scene.navigate(callback);

    expect(session.session()?.accessClaims.aud).toBe('https://api.example.com');
    expect(session.session()?.scopes).toContain('openid');
  });

  it('signs in without an ID token if the scopes have no openid', async () => {
    const { login, session } = scene.load({ login: { scopes: ['aws.cognito.signin.user.admin'] } });
    login.signIn();

    await scene.navigate(inRouter(await signInThere(await scene.leftFor())));

    expect([session.isSignedIn(), session.session()?.idClaims]).toEqual([true, null]);
  });

  it('accepts the tokens of a pool whose issuer has the other form', async () => {
    scene.emulator.configurePool({ issuerForm: 'updated' });
    const callback = await callbackOf();
    const { session } = scene.load();

    await scene.navigate(callback);

    expect(session.session()?.accessClaims.iss).toMatch(/^https:\/\/issuer-cognito-idp\./);
  });

  it('finishes two sign-ins of one tab, in any order', async () => {
    const first = await callbackOf({}, '/orders?tab=1');
    const second = await callbackOf({ username: 'bob', password: 'Correct-horse-2' }, '/orders?tab=2');
    const page = scene.load();

    expect(await scene.navigate(second)).toBe('/orders?tab=2');
    expect(page.session.user()?.username).toBe('bob');
    expect(await scene.navigate(first)).toBe('/orders?tab=1');
    expect(page.session.user()?.username).toBe('alice');
  });

  it('leaves the page to the browser on a server', async () => {
    const callback = await callbackOf();
    scene.load({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });
    document.title = 'app';

    await scene.navigate(callback);

    expect(document.title).toBe('app');
    expect(scene.emulator.log.count('oauth2/token')).toBe(0);
  });
});

describe('a callback that signs no user in', () => {
  it('shows the page of the app if the user has cancelled, and the next try leads where the first one would have', async () => {
    const callback = await callbackOf({ cancel: 'yes' });
    const { login, session, events } = scene.load();

    const url = await scene.navigate(callback);

    expect([url, document.title, session.isSignedIn()]).toEqual(['/callback', 'problem', false]);
    expect(login.error()).toMatchObject({
      code: 'signInCancelled',
      serviceError: 'access_denied',
      retryable: false,
    });
    expect(events).toMatchObject([{ type: 'error', error: { code: 'signInCancelled' } }]);
    expect(scene.emulator.log.count('oauth2/token')).toBe(0);

    login.signIn();
    const again = await signInThere(await scene.leftFor(2));
    const next = scene.load();
    expect(await scene.navigate(inRouter(again))).toBe('/orders?sort=date');
    expect(next.login.error()).toBeNull();
  });

  it.each([
    ['a code that has expired', () => scene.time.advance(5 * 60_000)],
    ['an attempt that is an hour old', () => scene.time.advance(3_600_000)],
    ['an attempt that this tab does not know', () => sessionStorage.clear()],
  ])('shows the page of the app for %s', async (_, happens) => {
    const callback = await callbackOf();
    happens();
    const { login } = scene.load();

    const url = await scene.navigate(callback);

    expect([url, document.title, login.error()?.code]).toEqual(['/callback', 'problem', 'callbackInvalid']);
  });

  it.each([
    ['state', (url: string) => url.replace(/state=[^&]+/, 'state=forged')],
    ['no state', (url: string) => url.replace(/&?state=[^&]+/, '')],
    ['two states', (url: string) => `${url}&state=forged`],
    ['another issuer', (url: string) => `${url}&iss=https%3A%2F%2Fevil.example`],
    ['no code', (url: string) => url.replace(/code=[^&]+&?/, '')],
    ['a token', (url: string) => `${url}&token=x`],
  ])('does not send a code if the URL was changed: %s', async (_, change) => {
    const callback = change(await callbackOf());
    const { login, session } = scene.load();

    const url = await scene.navigate(callback);

    expect([url, login.error()?.code, session.isSignedIn()]).toEqual(['/callback', 'callbackInvalid', false]);
    expect(scene.emulator.log.count('oauth2/token')).toBe(0);
  });

  it('uses an attempt once, also if it has failed', async () => {
    const callback = await callbackOf({ cancel: 'yes' });
    scene.load();
    await scene.navigate(callback);
    const { login } = scene.load();

    await scene.navigate(callback.replace(/error=[^&]+/, 'code=guessed'));

    expect(login.error()?.code).toBe('callbackInvalid');
    expect(scene.emulator.log.count('oauth2/token')).toBe(0);
  });

  it('shows the page of the app if it is opened without an answer', async () => {
    const { login } = scene.load();

    expect([await scene.navigate('/callback'), document.title]).toEqual(['/callback', 'problem']);
    expect(login.error()?.code).toBe('callbackInvalid');
  });

  it('never leaves for managed login by itself', async () => {
    const callback = await callbackOf({ cancel: 'yes' });
    scene.load();
    const before = scene.left.length;

    await scene.navigate(callback);
    await turns();

    expect(scene.left).toHaveLength(before);
  });
});

describe('a callback while a user is signed in', () => {
  async function signedIn() {
    const callback = await callbackOf();
    const page = scene.load();
    await scene.navigate(callback);
    return { page, callback };
  }

  it('goes on to the start of the app if it is reloaded, and reports nothing', async () => {
    const { callback } = await signedIn();
    const page = scene.load();

    const url = await scene.navigate(callback);

    expect([url, page.session.user()?.username, page.login.error()]).toEqual(['/orders', 'alice', null]);
    expect([page.events.map(({ type }) => type), page.logged]).toEqual([['sessionRestored'], []]);
    expect(scene.emulator.log.count('oauth2/token')).toBe(1);
  });

  it('goes on to the start of the app if it has no answer', async () => {
    await signedIn();
    scene.load();

    expect(await scene.navigate('/callback')).toBe('/orders');
  });

  it('says if the user has cancelled, and keeps the session', async () => {
    await signedIn();
    const { login } = scene.load();
    login.signIn({ prompt: 'login', returnUrl: '/orders' });
    const callback = await signInThere(await scene.leftFor(2), { cancel: 'yes' });

    const url = await scene.navigate(inRouter(callback));
    const page = scene.load();

    expect([url, login.error()?.code]).toEqual(['/callback', 'signInCancelled']);
    expect(await firstValueFrom(page.session.initialize())).toMatchObject({ user: { username: 'alice' } });
  });

  it('says if the tokens belong to another sign-in, and keeps the session', async () => {
    const { page } = await signedIn();
    page.login.signIn({ prompt: 'login', returnUrl: '/orders' });
    const left = await scene.leftFor(2);
    const key = Object.keys(sessionStorage).find((name) =>
      name.endsWith(left.searchParams.get('state') ?? '-'),
    );
    const attempt = JSON.parse(sessionStorage.getItem(key ?? '') ?? '') as object;
    sessionStorage.setItem(key ?? '', JSON.stringify({ ...attempt, nonce: 'another' }));
    const callback = inRouter(await signInThere(left, { username: 'bob', password: 'Correct-horse-2' }));

    const url = await scene.navigate(callback);

    expect([url, page.login.error()?.code]).toEqual(['/callback', 'invalidToken']);
    expect(page.session.user()?.username).toBe('alice');
  });

  it('keeps the session if another sign-in fails', async () => {
    const { page } = await signedIn();
    page.login.signIn({ prompt: 'login' });
    const callback = await signInThere(await scene.leftFor(2));
    scene.time.advance(5 * 60_000);

    expect(await errorOf(page.login.completeSignIn(callback.href))).toMatchObject({
      code: 'callbackInvalid',
    });
    expect(page.session.isSignedIn()).toBe(true);
  });
});
