import { APP_BASE_HREF } from '@angular/common';
import {
  makeStateKey,
  PLATFORM_ID,
  REQUEST_CONTEXT,
  runInInjectionContext,
  TransferState,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, type Routes } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { firstValueFrom } from 'rxjs';
import {
  consumeReturnUrl,
  groupGuard,
  injectSignedOutReason,
  signedInGuard,
  signedOutGuard,
  withSignInRoute,
} from 'ngx-cognito-session';
import { servedSession } from '../../../testing-support/fake-session-server';
import { Page } from '../../../testing-support/guarded-app';
import { denyGlobal } from '../../../testing-support/replaced-global';
import { serverSessionScene, type ServerPageOptions } from '../../../testing-support/server-session-scene';
import { errorOf, nextStatus } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';
import { serverSignIn, type ServerSignInOptions } from './server-sign-in';

const routes: Routes = [
  { path: '', component: Page },
  { path: 'welcome', canActivate: [signedOutGuard], component: Page },
  { path: 'orders', canActivate: [signedInGuard], component: Page },
  { path: 'admin', canActivate: [groupGuard('admins')], component: Page },
];

const scene = serverSessionScene();

beforeEach(() => {
  sessionStorage.clear();
});

function load({ providers = [], ...options }: ServerPageOptions & { signIn?: ServerSignInOptions } = {}) {
  return scene.load({
    ...options,
    features: [withSignInRoute(serverSignIn(options.signIn), { afterSignIn: '/orders' })],
    providers: [provideRouter(routes), ...providers],
  });
}

async function navigate(url: string): Promise<string> {
  await (await RouterTestingHarness.create()).navigateByUrl(url).catch(() => null);
  return TestBed.inject(Router).url;
}

describe('a guarded page', () => {
  it('is shown to users who are signed in, once the server has said so', async () => {
    scene.server.session = servedSession(scene.time.now());
    load();

    expect(await navigate('/orders?sort=date')).toBe('/orders?sort=date');
    expect(scene.left).toEqual([]);
  });

  it('is decided by groups of the claims', async () => {
    scene.server.session = servedSession(scene.time.now());
    load();

    expect(await navigate('/admin')).toBe('/admin');
  });

  it('is left for managed login, which leads back to it, and the way back does not lead here again', async () => {
    load({ signIn: { identityProvider: 'Google', lang: 'de', loginHint: 'a b', prompt: 'login' } });

    await navigate('/orders?sort=date#top');

    expect(scene.left).toEqual([
      {
        url: 'http://localhost/auth/login?returnUrl=%2Forders%3Fsort%3Ddate%23top&identity_provider=Google&lang=de&login_hint=a+b&prompt=login',
        isReplaced: true,
      },
    ]);
  });

  it('is named by its path on the server where the app has a base of its own', async () => {
    load({
      options: { basePath: '/api/auth' },
      providers: [{ provide: APP_BASE_HREF, useValue: '/shop/' }],
    });

    await navigate('/orders');

    expect(scene.left.map(({ url }) => url)).toEqual([
      'http://localhost/api/auth/login?returnUrl=%2Fshop%2Forders',
    ]);
  });

  it('is left from a page that is shown, and the way back leads to that', async () => {
    load();
    await navigate('/');

    await TestBed.inject(Router).navigateByUrl('/orders');

    expect(scene.left.map(({ isReplaced }) => isReplaced)).toEqual([false]);
    expect(TestBed.inject(Router).url).toBe('/');
  });

  it('is left for sign-in if the server does not say in time', async () => {
    scene.server.isOffline = true;
    load();
    const navigated = navigate('/orders');
    await turns();

    scene.time.advance(10_000);
    await navigated;

    expect(scene.left).toHaveLength(1);
  });

  it('is left when the session ends, with the reason', async () => {
    scene.server.session = servedSession(scene.time.now());
    const page = load();
    await navigate('/orders');
    scene.server.session = null;
    page.sleep.next('hidden');
    page.wake.next('visible');

    await until(() => scene.left.length > 0);

    expect(scene.left[0]?.url).toContain('returnUrl=%2Forders');
    const reason = runInInjectionContext(page.session.ɵinjector, injectSignedOutReason);
    expect(reason()).toBe('refreshTokenExpired');
  });

  it('is left in the task of a sign-out', async () => {
    scene.server.session = servedSession(scene.time.now());
    const page = load();
    await navigate('/orders');

    await firstValueFrom(page.session.signOut());
    await until(() => scene.left.length > 0);

    expect(scene.left).toHaveLength(1);
  });

  it('is left for a sign-in that asks for the password after a sign-out', async () => {
    scene.server.session = servedSession(scene.time.now());
    const page = load();
    await navigate('/orders');

    await firstValueFrom(page.session.signOut());
    await until(() => scene.left.length > 0);

    expect(scene.left.map(({ url }) => url)).toEqual([
      'http://localhost/auth/login?returnUrl=%2Forders&prompt=login',
    ]);
  });

  it('is left for a sign-in that asks for the password after a sign-out in another tab', async () => {
    scene.server.session = servedSession(scene.time.now());
    load();
    await navigate('/orders');
    const other = scene.open();
    await nextStatus(other.session, 'signedIn');

    await firstValueFrom(other.session.signOut());
    await until(() => scene.left.length > 0);

    expect(scene.left.map(({ url }) => url)).toEqual([
      'http://localhost/auth/login?returnUrl=%2Forders&prompt=login',
    ]);
  });

  it('is left after a sign-out as the app asks for it', async () => {
    scene.server.session = servedSession(scene.time.now());
    const page = load({ signIn: { prompt: 'select_account' } });
    await navigate('/orders');

    await firstValueFrom(page.session.signOut());
    await until(() => scene.left.length > 0);

    expect(scene.left[0]?.url).toContain('prompt=select_account');
  });

  it('is left for the sign-out of managed login alone, once the server has ended the session', async () => {
    scene.server.session = servedSession(scene.time.now());
    const page = load({ options: { leaveAtSignOut: true } });
    await navigate('/orders');
    const signOut = scene.server.holdNext('POST /auth/signout');
    const done = firstValueFrom(page.session.signOut());
    await turns(10);
    expect(scene.left).toEqual([]);

    signOut.release();
    await done;
    await turns(10);

    expect(scene.left).toEqual([{ url: scene.server.logoutUrl, isReplaced: false }]);
  });

  it('is left for sign-in if the sign-out does not lead to managed login', async () => {
    scene.server.session = servedSession(scene.time.now());
    const page = load({ options: { leaveAtSignOut: true } });
    await navigate('/orders');
    scene.server.faults.push(503);

    await errorOf(page.session.signOut());
    await until(() => scene.left.length > 0);

    expect(scene.left.map(({ url }) => url)).toEqual([
      'http://localhost/auth/login?returnUrl=%2Forders&prompt=login',
    ]);
  });

  it('for signed-out users leads signed-in ones on', async () => {
    scene.server.session = servedSession(scene.time.now());
    load();

    expect(await navigate('/welcome')).toBe('/orders');
  });
});

describe('a guarded page that managed login leads back to without a session', () => {
  const SECOND = 1000;
  const MINUTE = 60 * SECOND;
  const NOTE = 'cognito-session:server:/auth';

  /** Managed login remembers the user, and asks nothing. */
  async function comeBack(options: ServerPageOptions = {}) {
    scene.time.advance(SECOND);
    const page = load(options);
    const url = await navigate('/orders');
    return { ...page, url };
  }

  /** The page as a server has rendered it, or a cache has kept it. */
  function rendered(session: unknown): ServerPageOptions {
    const state = new TransferState();
    state.set(makeStateKey('cognito-session:server:/auth'), session);
    return { providers: [{ provide: TransferState, useValue: state }] };
  }

  it('is left three times within a minute, and then the app is shown without it', async () => {
    for (let visit = 0; visit < 3; visit++) await comeBack();
    expect(scene.left).toHaveLength(3);

    const page = await comeBack();

    expect(scene.left).toHaveLength(3);
    expect(page.url).toBe('/');
    expect(page.events).toMatchObject([
      {
        type: 'error',
        error: { code: 'noSession', message: expect.stringMatching(/^NCS123: .*NCS123\.md/) },
      },
    ]);
    expect(page.logged.map(({ text }) => text).join()).toContain('noSession: NCS123: ');
    expect(runInInjectionContext(page.session.ɵinjector, consumeReturnUrl)).toBe('/orders');
  });

  it('is left for sign-in as soon as the user goes there', async () => {
    for (let visit = 0; visit < 4; visit++) await comeBack();

    await TestBed.inject(Router).navigateByUrl('/orders');

    expect(scene.left).toHaveLength(4);
  });

  it('is left each time that the user goes there from another page', async () => {
    for (let visit = 0; visit < 4; visit++) {
      load();
      await navigate('/');
      await TestBed.inject(Router).navigateByUrl('/orders');
    }

    expect(scene.left).toHaveLength(4);
  });

  it('is left again after a minute', async () => {
    for (let visit = 0; visit < 3; visit++) await comeBack();
    scene.time.advance(MINUTE - 3 * SECOND - 1);
    await comeBack();
    expect(scene.left).toHaveLength(3);

    scene.time.advance(1);
    load();
    await navigate('/orders');

    expect(scene.left).toHaveLength(4);
  });

  it('is not left for ever if the server does not say whether there is a session', async () => {
    scene.server.isOffline = true;
    for (let visit = 0; visit < 4; visit++) {
      const back = comeBack();
      await turns();
      scene.time.advance(10_000);
      await back;
    }

    expect(scene.left).toHaveLength(3);
  });

  it('is not left for ever if a cache has kept it as rendered for no user', async () => {
    scene.server.session = servedSession(scene.time.now());
    for (let visit = 0; visit < 4; visit++) {
      scene.server.hold();
      const page = await comeBack(rendered(null));
      scene.server.release();
      await nextStatus(page.session, 'signedIn');
    }

    expect(scene.left).toHaveLength(3);
  });

  it('is not left for ever if it is rendered for a user, and the server knows of none', async () => {
    const session = servedSession(scene.time.now());
    for (let visit = 0; visit < 4; visit++) {
      const page = await comeBack(rendered(session));
      await nextStatus(page.session, 'signedOut');
      await turns(10);
    }

    expect(scene.left).toHaveLength(3);
  });

  it('is left after each sign-out', async () => {
    for (let visit = 0; visit < 4; visit++) {
      scene.server.session = servedSession(scene.time.now());
      const page = await comeBack();
      await firstValueFrom(page.session.signOut());
      await turns(10);
    }

    expect(scene.left).toHaveLength(4);
  });

  it.each([
    [
      'hours ahead: the clock was set back',
      (now: number) =>
        Array(3)
          .fill(now + 2 * 60 * MINUTE)
          .join(' '),
    ],
    ['that is none', () => 'x'],
  ])('is left despite a note %s', async (_, note) => {
    sessionStorage.setItem(NOTE, note(scene.time.now()));

    await comeBack();

    expect(scene.left).toHaveLength(1);
  });

  it('is left where the storage of the tab is blocked', async () => {
    const restore = denyGlobal('sessionStorage');
    try {
      await comeBack();
    } finally {
      restore();
    }

    expect(scene.left).toHaveLength(1);
  });
});

describe('a guarded page on a server', () => {
  const onServer = (session: unknown) =>
    load({
      providers: [
        { provide: PLATFORM_ID, useValue: 'server' },
        { provide: REQUEST_CONTEXT, useValue: { session } },
      ],
    });

  it('is rendered for users who are signed in', async () => {
    onServer(servedSession(scene.time.now()));

    expect(await navigate('/orders')).toBe('/orders');
  });

  it('is left to the browser for others: the app is rendered without it', async () => {
    onServer(null);

    expect(await navigate('/orders')).toBe('/');
    expect(scene.left).toEqual([]);
  });
});

it('waits for no server that renders', async () => {
  const page = load({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });
  await navigate('/orders');

  expect(scene.server.calls).toEqual([]);
  expect(scene.time.armedTimers).toBe(0);
  expect(page.session.state()).toEqual({ status: 'restoring' });
  await expect(nextStatus(page.session, 'restoring')).resolves.toBeDefined();
});
