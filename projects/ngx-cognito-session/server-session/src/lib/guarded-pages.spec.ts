import { APP_BASE_HREF } from '@angular/common';
import { PLATFORM_ID, REQUEST_CONTEXT, runInInjectionContext } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, type Routes } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { firstValueFrom } from 'rxjs';
import {
  groupGuard,
  injectSignedOutReason,
  signedInGuard,
  signedOutGuard,
  withSignInRoute,
} from 'ngx-cognito-session';
import { servedSession } from '../../../testing-support/fake-session-server';
import { Page } from '../../../testing-support/guarded-app';
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
