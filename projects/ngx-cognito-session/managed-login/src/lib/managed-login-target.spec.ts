import { PLATFORM_ID } from '@angular/core';
import { Location } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import type { Routes } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { signedInGuard } from 'ngx-cognito-session';
import { Page } from '../../../testing-support/guarded-app';
import {
  inRouter,
  managedLoginScene,
  signInThere,
  type ManagedLoginPageOptions,
} from '../../../testing-support/managed-login-scene';
import { denyGlobal } from '../../../testing-support/replaced-global';
import { turns, until } from '../../../testing-support/turns';
import { LOAD_LOGIN_PARTS } from './lazy-login';
import { managedLoginCallback } from './managed-login-callback';

const scene = managedLoginScene();
const MINUTE = 60_000;
const GUARDED: Routes = [
  {
    path: '',
    canActivateChild: [signedInGuard],
    children: [
      { path: 'callback', canActivate: [managedLoginCallback], component: Page, title: 'problem' },
      { path: 'orders', component: Page, title: 'orders' },
    ],
  },
];

describe('a guarded page of a user who is not signed in', () => {
  it('is left for managed login, which leads back to it, and the way back does not lead here again', async () => {
    scene.load({ asked: { identityProvider: 'Google', lang: 'de' } });
    await scene.navigate('/orders?sort=date#top');

    const page = await scene.leftFor();

    expect(Object.fromEntries(page.searchParams)).toMatchObject({ identity_provider: 'Google', lang: 'de' });
    expect(scene.left).toMatchObject([{ isReplaced: true }]);
    scene.load();
    expect(await scene.navigate(inRouter(await signInThere(page)))).toBe('/orders?sort=date#top');
  });

  it('is reached by the way back if another page was shown', async () => {
    scene.load();
    await scene.navigate('/');
    await scene.navigate('/orders');
    await scene.leftFor();

    expect(scene.left).toMatchObject([{ isReplaced: false }]);
  });

  it('is left to the browser by a server', async () => {
    scene.load({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });

    await scene.navigate('/orders');
    await turns();

    expect(scene.left).toEqual([]);
    expect(TestBed.inject(Location).path()).toBe('');
  });

  it('is left after the session has ended in another tab, and managed login asks for the password', async () => {
    const { session } = scene.load();
    await firstValueFrom(session.setTokens(await scene.emulator.signIn('alice')));
    await scene.navigate('/orders');

    await firstValueFrom(session.signOut());

    expect((await scene.leftFor()).searchParams.get('prompt')).toBe('login');
    // The page is empty: the way back must not lead to it.
    expect(scene.left).toMatchObject([{ isReplaced: true }]);
  });
});

describe('a guard whose sign-in cannot start', () => {
  it('shows the page of the app', async () => {
    const load = () => Promise.reject(new TypeError('gone'));
    const { login } = scene.load({ providers: [{ provide: LOAD_LOGIN_PARTS, useValue: load }] });

    const url = await scene.navigate('/orders');

    expect([url, document.title, login.error()?.code]).toEqual(['/callback', 'problem', 'networkError']);
  });

  it('shows the route of redirectUri if the code for it is gone', async () => {
    const load = () => Promise.reject(new TypeError('gone'));
    const { login } = scene.load({
      login: { redirectUri: 'http://localhost/auth/done?x=1' },
      routes: [
        { path: 'auth/done', component: Page, title: 'done' },
        { path: 'orders', canActivate: [signedInGuard], component: Page },
      ],
      providers: [{ provide: LOAD_LOGIN_PARTS, useValue: load }],
    });

    const url = await scene.navigate('/orders');

    expect([url, document.title, login.error()?.code]).toEqual(['/auth/done', 'done', 'networkError']);
  });

  it('stays where it is if managed login does not lead back to a page of this app', async () => {
    const { login, events } = scene.load({ login: { redirectUri: 'myapp://callback' } });
    const restore = denyGlobal('sessionStorage');
    try {
      expect(await scene.navigate('/orders')).toBe('/');
    } finally {
      restore();
    }

    expect(login.error()?.code).toBe('storageError');
    expect(events).toMatchObject([{ type: 'error', error: { code: 'storageError' } }]);
  });
});

describe('a page that managed login leads back to without a session', () => {
  /** The route of the callback is missing: another page is shown, and managed login remembers the user. */
  const NO_CALLBACK: Routes = [
    { path: 'callback', component: Page, title: 'problem' },
    { path: '', canActivate: [signedInGuard], component: Page },
    { path: '**', redirectTo: '' },
  ];

  async function comeBack(options: ManagedLoginPageOptions = { routes: NO_CALLBACK }) {
    scene.time.advance(1000);
    const page = scene.load(options);
    return { page, url: await scene.navigate('/') };
  }

  it('is left twice within a minute, and then the app says what is wrong', async () => {
    await comeBack();
    await comeBack();
    await scene.leftFor(2);

    const { page, url } = await comeBack();

    expect([scene.left.length, url, document.title]).toEqual([2, '/callback', 'problem']);
    expect(page.login.error()).toMatchObject({
      code: 'signInFailed',
      message: expect.stringContaining('managedLoginCallback'),
    });
  });

  it('is left as soon as the user goes there', async () => {
    await comeBack();
    await comeBack();
    await comeBack();

    await scene.navigate('/?again');

    await scene.leftFor(3);
  });

  it('is left again after a minute', async () => {
    await comeBack();
    await comeBack();
    scene.time.advance(MINUTE);
    await comeBack();

    await scene.leftFor(3);
  });

  it('is left each time if the sign-in has succeeded meanwhile, as in an app that keeps tokens in memory', async () => {
    for (const count of [1, 2, 3, 4]) {
      scene.load();
      await scene.navigate('/orders');
      const callback = await signInThere(await scene.leftFor(count));
      const { session } = scene.load();
      await scene.navigate(inRouter(callback));
      expect(session.isSignedIn()).toBe(true);
      scene.forget();
    }
  });
});

it('leads where the user wanted after a failed sign-in of an app that is guarded as a whole, and keeps no code', async () => {
  scene.load({ routes: GUARDED }).login.signIn({ returnUrl: '/orders' });
  const callback = await signInThere(await scene.leftFor(), { cancel: 'yes' });
  const { login } = scene.load({ routes: GUARDED });
  await scene.navigate(`${inRouter(callback)}&code=planted`);

  expect(login.error()?.code).toBe('signInCancelled');
  expect(JSON.stringify(Object.entries(sessionStorage))).not.toContain('planted');
  login.signIn();
  const next = await signInThere(await scene.leftFor(2));
  expect(await firstValueFrom(login.completeSignIn(next.href))).toBe('/orders');
});

it('does not take the place of the callback in an app that is guarded as a whole', async () => {
  scene.load({ routes: GUARDED });
  await scene.navigate('/orders');
  const callback = await signInThere(await scene.leftFor());
  const { session } = scene.load({ routes: GUARDED });

  const url = await scene.navigate(inRouter(callback));
  await until(() => session.isSignedIn());

  expect([url, scene.left.length]).toEqual(['/orders', 1]);
});
