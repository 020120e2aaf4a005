import { APP_BASE_HREF, HashLocationStrategy, LocationStrategy } from '@angular/common';
import { PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ɵEndOptions } from 'ngx-cognito-session';
import { firstValueFrom, lastValueFrom } from 'rxjs';
import { configFor, errorOf } from '../../../testing-support/session-app';
import { inRouter, managedLoginScene, signInThere } from '../../../testing-support/managed-login-scene';
import { denyGlobal, replaceProperty } from '../../../testing-support/replaced-global';
import { turns } from '../../../testing-support/turns';
import { LOAD_LOGIN_PARTS } from './lazy-login';
import type { ManagedSignInOptions } from './sign-in-options';

const scene = managedLoginScene();
const HOUR = 3_600_000;

/** The parameters that do not differ from one sign-in to the next. */
const fixed = ({ searchParams }: URL) =>
  Object.fromEntries(
    [...searchParams].filter(([name]) => !['state', 'nonce', 'code_challenge'].includes(name)),
  );
/** Where the sign-in that was left for would lead. */
function wayBackOf({ searchParams }: URL): unknown {
  const text = sessionStorage.getItem(`cognito-session:client1/sign-in/${searchParams.get('state') ?? ''}`);
  return (JSON.parse(text ?? '') as { readonly returnUrl: unknown }).returnUrl;
}

const attempts = () => Object.keys(sessionStorage).filter((key) => key.includes('/sign-in/'));

describe('signIn', () => {
  it('leaves for managed login with PKCE, state and nonce', async () => {
    const { login } = scene.load();

    login.signIn();

    const page = await scene.leftFor();
    expect(page.origin + page.pathname).toBe(`${scene.emulator.url}/oauth2/authorize`);
    expect(fixed(page)).toEqual({
      response_type: 'code',
      client_id: 'client1',
      redirect_uri: 'http://localhost/callback',
      scope: 'openid email profile aws.cognito.signin.user.admin',
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(page.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    expect(scene.left).toMatchObject([{ isReplaced: false }]);
  });

  it('completes when the page is being left, and emits nothing', async () => {
    const { login } = scene.load();

    expect(await lastValueFrom(login.signIn(), { defaultValue: 'left' })).toBe('left');
    expect(scene.left).toHaveLength(1);
  });

  it('begins once, however many subscribe', async () => {
    const { login } = scene.load();

    const started$ = login.signIn();
    started$.subscribe();
    started$.subscribe();
    await scene.leftFor();
    await turns();

    expect(scene.left).toHaveLength(1);
  });

  it.each<readonly [ManagedSignInOptions, Record<string, string>]>([
    [{ identityProvider: 'Google' }, { identity_provider: 'Google' }],
    [{ idpIdentifier: 'corp.example' }, { idp_identifier: 'corp.example' }],
    [{ lang: 'de' }, { lang: 'de' }],
    [{ loginHint: 'a&b@example.com' }, { login_hint: 'a&b@example.com' }],
    [{ prompt: 'none' }, { prompt: 'none' }],
  ])('asks for %j', async (options, parameters) => {
    scene.load().login.signIn(options);

    expect(fixed(await scene.leftFor())).toMatchObject(parameters);
  });

  it('begins with the page for new users if that is wanted', async () => {
    scene.load().login.signIn({ signUp: true });

    const page = await scene.leftFor();
    expect(page.pathname).toBe('/signup');
    expect(fixed(page)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256' });
  });

  it('asks for the configured scopes and the resource', async () => {
    scene
      .load({ login: { scopes: ['openid', 'orders/read'], resource: 'https://api.example.com' } })
      .login.signIn();

    expect(fixed(await scene.leftFor())).toMatchObject({
      scope: 'openid orders/read',
      resource: 'https://api.example.com',
    });
  });

  it('leads back below the base of the app', async () => {
    scene.load({ providers: [{ provide: APP_BASE_HREF, useValue: '/shop/' }] }).login.signIn();

    expect(fixed(await scene.leftFor())['redirect_uri']).toBe('http://localhost/shop/callback');
  });

  it('keeps no more than the verifier, the nonce and the way back, in this tab alone', async () => {
    scene.load().login.signIn({ returnUrl: '/orders?sort=date' });

    const page = await scene.leftFor();
    const state = page.searchParams.get('state') ?? '';
    expect(JSON.parse(sessionStorage.getItem(`cognito-session:client1/sign-in/${state}`) ?? '')).toEqual({
      codeVerifier: expect.stringMatching(/^[\w-]{43}$/),
      nonce: page.searchParams.get('nonce'),
      returnUrl: '/orders?sort=date',
      at: scene.time.now(),
      app: '/',
    });
    expect(Object.keys(localStorage)).toEqual([]);
  });

  it('forgets attempts that are an hour old, and no others', async () => {
    const { login } = scene.load();
    login.signIn();
    await scene.leftFor(1);
    scene.time.advance(HOUR / 2);
    login.signIn();
    await scene.leftFor(2);
    expect(attempts()).toHaveLength(2);

    scene.time.advance(HOUR / 2);
    login.signIn();
    await scene.leftFor(3);

    expect(attempts()).toHaveLength(2);
  });

  it('of another app of the same client, under another path, gives neither its way back nor its count', async () => {
    const open = (base: string) => scene.load({ providers: [{ provide: APP_BASE_HREF, useValue: base }] });
    for (const [at, base] of ['/admin/', '/admin/', '/shop/'].entries()) {
      open(base).login.signIn({ returnUrl: `/of${base}` });
      await scene.leftFor(at + 1);
    }

    const { login, router } = open('/shop/');
    await router.navigateByUrl('/callback');
    login.signIn();
    await scene.leftFor(4);
    expect(wayBackOf(await scene.leftFor(4))).toBe('/of/shop/');

    open('/third/');
    await scene.navigate('/orders');
    expect((await scene.leftFor(5)).pathname).toBe('/oauth2/authorize');
  });

  it('leaves the attempts of other apps of the origin alone', async () => {
    const other = 'cognito-session:other/sign-in/x';
    sessionStorage.setItem(other, '{}');
    scene.load().login.signIn();
    await scene.leftFor();

    expect(sessionStorage.getItem(other)).toBe('{}');
  });

  it('takes its configuration from a function, also one that returns a promise', async () => {
    const domain = scene.emulator.url;
    scene
      .load({ login: () => Promise.resolve({ domain, redirectUri: 'http://localhost/back' }) })
      .login.signIn();

    expect(fixed(await scene.leftFor())['redirect_uri']).toBe('http://localhost/back');
  });

  it('does nothing on a server', async () => {
    const { login } = scene.load({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });

    expect(await lastValueFrom(login.signIn(), { defaultValue: 'nothing' })).toBe('nothing');
    expect(scene.left).toEqual([]);
  });
});

describe('a sign-in that cannot start', () => {
  it('needs the id of the user pool', async () => {
    const { region, clientId } = scene.emulator;
    const { login } = scene.load({ config: { region, clientId } });

    const error = await errorOf(login.signIn());

    expect(error).toMatchObject({
      code: 'invalidConfiguration',
      message: expect.stringContaining('userPoolId'),
    });
  });

  it('needs a redirectUri with HashLocationStrategy: Cognito refuses fragments', async () => {
    const { login } = scene.load({
      providers: [{ provide: LocationStrategy, useClass: HashLocationStrategy }],
    });

    expect(await errorOf(login.signIn())).toMatchObject({ code: 'invalidConfiguration' });
  });

  it('says so if a function fails to configure it, and calls the function again', async () => {
    let calls = 0;
    const { login } = scene.load({
      login: () => {
        calls++;
        return calls === 1
          ? Promise.reject(new Error('offline'))
          : Promise.resolve({ domain: scene.emulator.url });
      },
    });

    expect(await errorOf(login.signIn())).toMatchObject({ code: 'configurationFailed' });
    login.signIn();

    expect((await scene.leftFor()).pathname).toBe('/oauth2/authorize');
    expect(login.error()).toBeNull();
  });

  it('is an error that can be tried again if a deploy has removed the code for it', async () => {
    const load = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
    const { login } = scene.load({ providers: [{ provide: LOAD_LOGIN_PARTS, useValue: load }] });

    expect(await errorOf(login.signIn())).toMatchObject({ code: 'networkError', retryable: true });
  });

  it('does nothing if the app was destroyed while the code for it was being loaded', async () => {
    let loaded = (): void => undefined;
    const load = () =>
      new Promise<void>((resolve) => {
        loaded = resolve;
      }).then(() => import('./login-parts'));
    const { login, events, logged } = scene.load({
      providers: [{ provide: LOAD_LOGIN_PARTS, useValue: load }],
    });
    let outcome = '';
    login.signIn().subscribe({ complete: () => (outcome = 'completed'), error: () => (outcome = 'failed') });

    TestBed.resetTestingModule();
    loaded();
    await turns(10);

    expect([outcome, scene.left, events, logged]).toEqual(['completed', [], [], []]);
  });

  it('does not leave if the browser blocks the storage of the tab', async () => {
    const { login } = scene.load();
    const restore = denyGlobal('sessionStorage');
    try {
      expect(await errorOf(login.signIn())).toMatchObject({ code: 'storageError' });
    } finally {
      restore();
    }
    expect(scene.left).toEqual([]);
  });

  it('does not leave from a page without WebCrypto', async () => {
    const { login } = scene.load();
    const restore = replaceProperty(crypto, 'subtle', { value: undefined });
    try {
      expect(await errorOf(login.signIn())).toMatchObject({
        code: 'signInFailed',
        cause: { name: 'TypeError' },
      });
    } finally {
      restore();
    }
  });

  it('reaches error, events$ and the logger once, also without subscribers', async () => {
    const load = () => Promise.reject(new TypeError('gone'));
    const { login, events, logged } = scene.load({
      providers: [{ provide: LOAD_LOGIN_PARTS, useValue: load }],
    });

    login.signIn();
    await turns();

    expect(login.error()).toMatchObject({ code: 'networkError' });
    expect(events).toMatchObject([{ type: 'error', error: { code: 'networkError' } }]);
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it.each([
    ['', 'empty'],
    ['https://', 'no host'],
    ['http://auth.example.com', 'plain http to another machine'],
    ['https://auth.example.com/path', 'a path'],
    ['https://user@auth.example.com', 'a user'],
    ['auth.example.com?x', 'a query'],
    ['undefined', 'a variable that is not set'],
    ['javascript:alert(1)', 'a script'],
  ])('is refused at start-up with the domain %j: %s', (domain) => {
    expect(() => scene.load({ login: { domain } })).toThrow(
      expect.objectContaining({ code: 'invalidConfiguration', message: expect.stringContaining('domain') }),
    );
  });
});

describe('where a sign-in leads', () => {
  /** From here to managed login and back. */
  async function roundTrip(options: ManagedSignInOptions = {}): Promise<string> {
    const { login } = scene.load();
    login.signIn(options);
    const callback = await signInThere(await scene.leftFor());
    return firstValueFrom(login.completeSignIn(callback.href));
  }

  it('is the URL that was given', async () => {
    expect(await roundTrip({ returnUrl: '/orders;a=1?b=2#c' })).toBe('/orders;a=1?b=2#c');
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'orders', '/%2f/evil.example', ''])(
    'is the start page instead of %j',
    async (returnUrl) => {
      expect(await roundTrip({ returnUrl })).toBe('/');
    },
  );

  it('is the current URL', async () => {
    const { login, router } = scene.load();
    await router.navigateByUrl('/welcome?x=1#top');

    login.signIn();

    const callback = await signInThere(await scene.leftFor());
    expect(await firstValueFrom(login.completeSignIn(callback.href))).toBe('/welcome?x=1#top');
  });

  it('is the page that the user wanted, after a callback whose code could not be loaded', async () => {
    const { login: first } = scene.load();
    first.signIn({ returnUrl: '/orders' });
    const callback = inRouter(await signInThere(await scene.leftFor()));
    let loads = 0;
    const load = () => (++loads === 1 ? Promise.reject(new TypeError('gone')) : import('./login-parts'));
    const { login } = scene.load({ providers: [{ provide: LOAD_LOGIN_PARTS, useValue: load }] });
    expect(await scene.navigate(callback)).toBe('/callback');

    login.signIn();

    const next = await signInThere(await scene.leftFor(2));
    expect(await firstValueFrom(login.completeSignIn(next.href))).toBe('/orders');
  });

  it('is the start page instead of the page of the callback', async () => {
    const { login, router } = scene.load();
    await router.navigateByUrl('/callback');

    login.signIn();

    const callback = await signInThere(await scene.leftFor());
    expect(await firstValueFrom(login.completeSignIn(callback.href))).toBe('/');
  });

  it('is the page that the user wanted, after a reload while the code was exchanged', async () => {
    const { login: first } = scene.load();
    first.signIn({ returnUrl: '/orders' });
    const callback = inRouter(await signInThere(await scene.leftFor()));
    const barrier = scene.emulator.hold('oauth2/token');
    const page = scene.load();
    void page.router.navigateByUrl(callback);
    await barrier.arrived(1);
    const { login } = scene.load();
    await barrier.open();
    expect(await scene.navigate('/callback')).toBe('/callback');

    login.signIn();

    const next = await signInThere(await scene.leftFor(2));
    expect(await firstValueFrom(login.completeSignIn(next.href))).toBe('/orders');
  });

  it('is the URL that a guard has rejected before', async () => {
    const { login } = scene.load();
    await scene.navigate('/orders?sort=date');
    await scene.leftFor();
    login.signIn();

    const callback = await signInThere(await scene.leftFor(2));
    expect(await firstValueFrom(login.completeSignIn(callback.href))).toBe('/orders?sort=date');
  });
});

describe('the way back of an app without a router, or of a native one', () => {
  it('signs in with the URL of the page, and hides it', async () => {
    const { login, session } = scene.load();
    login.signIn({ returnUrl: '/orders' });
    const callback = await signInThere(await scene.leftFor());
    history.replaceState({ kept: true }, '', `${inRouter(callback)}&tenant=7#part`);

    const completed = firstValueFrom(login.completeSignIn(location.href));
    const [shown, state] = [location.href, history.state];

    expect(await completed).toBe('/orders');
    expect(session.user()?.username).toBe('alice');
    expect(shown).toBe('http://localhost/callback?tenant=7#part');
    expect(state).toEqual({ kept: true });
  });

  it.each([
    '?error=invalid_request&error_description=No%20seats+left.',
    '?code=abc',
    '?code=abc&state=%2F..',
  ])('hides a callback that finishes nothing: %s', async (query) => {
    const { login } = scene.load();
    history.replaceState(null, '', `/callback${query}&tenant=7#part`);

    await errorOf(login.completeSignIn(location.href));

    expect(location.href).toBe('http://localhost/callback?tenant=7#part');
  });

  it('leaves the URL to the browser on a server', async () => {
    const { login } = scene.load({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });
    history.replaceState(null, '', '/callback?code=abc&state=def');

    expect(await lastValueFrom(login.completeSignIn(location.href), { defaultValue: 'nothing' })).toBe(
      'nothing',
    );
    expect(location.href).toBe('http://localhost/callback?code=abc&state=def');
  });

  it('leaves the parameters of the page alone if the callback has arrived elsewhere', async () => {
    const { login } = scene.load();
    history.replaceState(null, '', '/shop?state=open&code=summer%20sale');

    await errorOf(login.completeSignIn('myapp://callback?code=abc&state=def'));

    expect(location.href).toBe('http://localhost/shop?state=open&code=summer%20sale');
  });

  it('signs in with a URL of the scheme of a native app, and leaves the address of the page alone', async () => {
    const { login, session } = scene.load({ login: { redirectUri: 'myapp://callback' } });
    login.signIn({ returnUrl: '/orders' });
    const callback = await signInThere(await scene.leftFor());
    const before = location.href;

    const url = await firstValueFrom(login.completeSignIn(callback.href));

    expect(callback.href).toMatch(/^myapp:\/\/callback\?code=.*&state=/);
    expect([url, session.isSignedIn(), location.href]).toEqual(['/orders', true, before]);
  });

  it('signs in once with a URL that arrives twice', async () => {
    const { login } = scene.load({ login: { redirectUri: 'myapp://callback' } });
    login.signIn();
    const { href } = await signInThere(await scene.leftFor());

    const both = [login.completeSignIn(href), login.completeSignIn(href)].map((url$) => firstValueFrom(url$));

    expect(await Promise.all(both)).toEqual(['/', '/']);
    expect(scene.emulator.log.count('oauth2/token')).toBe(1);
  });

  it.each(['myapp://orders/7', 'myapp://callback', 'not a url', ''])(
    'finishes nothing with %j',
    async (url) => {
      const { login, session } = scene.load();

      expect(await errorOf(login.completeSignIn(url))).toMatchObject({ code: 'callbackInvalid' });
      expect(session.isSignedIn()).toBe(false);
      expect(scene.emulator.log.count('oauth2/token')).toBe(0);
    },
  );
});

describe('a sign-in after a sign-out', () => {
  it('asks for the password', async () => {
    const { login, session } = scene.load();
    await firstValueFrom(session.setTokens(await scene.emulator.signIn('alice')));
    await firstValueFrom(session.signOut());

    login.signIn();

    expect(fixed(await scene.leftFor())['prompt']).toBe('login');
  });

  it('asks for the password if the user was inactive', async () => {
    const { login, session } = scene.load();
    await firstValueFrom(session.setTokens(await scene.emulator.signIn('alice')));
    await firstValueFrom(session.signOut({ reason: 'idle' } as ɵEndOptions));

    login.signIn();

    expect(fixed(await scene.leftFor())['prompt']).toBe('login');
  });

  it('asks for the password until a sign-in is finished, also after the user came back to the app', async () => {
    const page = scene.load();
    await firstValueFrom(page.session.setTokens(await scene.emulator.signIn('alice')));
    await firstValueFrom(page.session.signOut());
    page.login.signIn();
    await scene.leftFor();

    const { login } = scene.load();
    login.signIn();
    const again = await scene.leftFor(2);
    expect(fixed(again)['prompt']).toBe('login');

    await firstValueFrom(login.completeSignIn((await signInThere(again)).href));
    login.signIn();
    expect(fixed(await scene.leftFor(3))).not.toHaveProperty('prompt');
  });

  it('asks what the app wants instead', async () => {
    const { login, session } = scene.load();
    await firstValueFrom(session.setTokens(await scene.emulator.signIn('alice')));
    await firstValueFrom(session.signOut());

    login.signIn({ prompt: 'select_account' });

    expect(fixed(await scene.leftFor())['prompt']).toBe('select_account');
  });

  it('does not ask for the password if another reason has ended the session', async () => {
    const { login } = scene.load();

    login.signIn();

    expect(fixed(await scene.leftFor())).not.toHaveProperty('prompt');
  });
});

it('uses the same configuration as the session', async () => {
  const { login } = scene.load({ config: () => Promise.resolve(configFor(scene.emulator)) });
  login.signIn();

  expect(fixed(await scene.leftFor())['client_id']).toBe('client1');
});
