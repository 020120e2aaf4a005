import { HashLocationStrategy, LocationStrategy } from '@angular/common';
import { PLATFORM_ID } from '@angular/core';
import type { ɵEndOptions } from 'ngx-cognito-session';
import { firstValueFrom, lastValueFrom } from 'rxjs';
import { REVOKE } from '../../../testing-support/emulated-app';
import {
  inRouter,
  managedLoginScene,
  signInThere,
  type ManagedLoginPageOptions,
} from '../../../testing-support/managed-login-scene';
import { configFor, errorOf } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';
import { LOAD_LOGIN_PARTS } from './lazy-login';

const scene = managedLoginScene();

async function signedIn(options: ManagedLoginPageOptions = {}, url = '/orders') {
  const page = scene.load(options);
  await firstValueFrom(page.session.setTokens(await scene.emulator.signIn('alice')));
  await scene.navigate(url);
  return page;
}

describe('signOut', () => {
  it('ends the session in the task of the call, revokes its tokens, and leaves for the sign-out of managed login', async () => {
    const { login, session } = await signedIn();

    const done = lastValueFrom(login.signOut(), { defaultValue: 'left' });
    const state = session.state();
    const page = await scene.leftFor();

    expect(state).toEqual({ status: 'signedOut', reason: 'signedOut' });
    expect(page.origin + page.pathname).toBe(`${scene.emulator.url}/logout`);
    expect(Object.fromEntries(page.searchParams)).toEqual({
      client_id: 'client1',
      logout_uri: 'http://localhost/',
    });
    expect(await done).toBe('left');
    await scene.emulator.log.whenEnded(REVOKE, 1);
    expect(scene.emulator.liveRefreshTokens()).toEqual([]);
    expect(scene.storage.inner.keys()).toEqual([]);
  });

  it('leads back to the URL of the configuration, to the letter', async () => {
    const { login } = await signedIn({ login: { logoutUri: 'https://www.example.com/bye?x=1' } });
    login.signOut();

    expect((await scene.leftFor()).searchParams.get('logout_uri')).toBe('https://www.example.com/bye?x=1');
  });

  it('passes its options on', async () => {
    const { login } = await signedIn();
    await scene.emulator.signIn('alice');
    login.signOut({ global: true });
    await scene.emulator.log.whenEnded('GlobalSignOut', 1);

    expect(scene.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('leaves once: the guard of the page does not start a sign-in at the same time', async () => {
    const { login } = await signedIn();

    login.signOut();
    await scene.leftFor();
    await turns(10);

    expect(scene.left.map(({ url }) => new URL(url).pathname)).toEqual(['/logout']);
  });

  it('leaves once if a sign-in is about to leave', async () => {
    const { login } = await signedIn();
    const started = lastValueFrom(login.signIn(), { defaultValue: 'nothing' });

    login.signOut();
    await started;
    await scene.leftFor();
    await turns(10);

    expect(scene.left.map(({ url }) => new URL(url).pathname)).toEqual(['/logout']);
  });

  it('leaves although the storage does not answer, after two seconds', async () => {
    const { login } = await signedIn();
    scene.storage.hold();

    login.signOut();
    await turns();
    scene.time.advance(1999);
    await turns();
    expect(scene.left).toEqual([]);
    scene.time.advance(1);

    expect((await scene.leftFor()).pathname).toBe('/logout');
  });

  it('leaves also if no user is signed in: managed login may remember one', async () => {
    scene.load().login.signOut();

    expect((await scene.leftFor()).pathname).toBe('/logout');
  });

  it('leaves once the configuration is known', async () => {
    const { login } = scene.load({ config: () => Promise.resolve(configFor(scene.emulator)) });
    login.signOut();

    expect((await scene.leftFor()).pathname).toBe('/logout');
  });

  it('ends the session also if the code for it is gone, and says so', async () => {
    const load = () => Promise.reject(new TypeError('gone'));
    const { login, session } = await signedIn(
      { providers: [{ provide: LOAD_LOGIN_PARTS, useValue: load }] },
      '/',
    );

    expect(await errorOf(login.signOut())).toMatchObject({ code: 'networkError', retryable: true });
    expect([session.state().status, scene.left, login.error()?.code]).toEqual([
      'signedOut',
      [],
      'networkError',
    ]);
  });

  it('shows the page of the app in place of a guarded one that it cannot leave', async () => {
    const load = () => Promise.reject(new TypeError('gone'));
    const { login, router } = await signedIn({
      providers: [{ provide: LOAD_LOGIN_PARTS, useValue: load }],
    });

    await errorOf(login.signOut());
    await until(() => router.url === '/callback');

    expect([document.title, login.error()?.code]).toEqual(['problem', 'networkError']);
  });

  it('ends the session on a server, which leaves nothing', async () => {
    const { login } = scene.load({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });

    expect(await lastValueFrom(login.signOut(), { defaultValue: 'done' })).toBe('done');
    expect(scene.left).toEqual([]);
  });
});

describe('a sign-out while a code is being exchanged', () => {
  it.each(['by managed login', 'here alone'])('is the last word: %s', async (how) => {
    const { login, session } = await signedIn();
    login.signIn({ prompt: 'login' });
    const callback = await signInThere(await scene.leftFor(), {
      username: 'bob',
      password: 'Correct-horse-2',
    });
    const barrier = scene.emulator.hold('oauth2/token');
    const failed = errorOf(login.completeSignIn(callback.href));
    await barrier.arrived(1);

    if (how === 'here alone') session.signOut();
    else login.signOut();
    await barrier.open();

    expect(await failed).toMatchObject({ code: 'superseded' });
    expect(session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
    expect(scene.storage.inner.keys()).toEqual([]);
  });

  it.each(['by managed login', 'here alone'])(
    'is the last word although no user was signed in, and leaves no tokens alive: %s',
    async (how) => {
      const { login, session } = scene.load();
      login.signIn();
      const callback = await signInThere(await scene.leftFor());
      const barrier = scene.emulator.hold('oauth2/token', 'afterCommit');
      const failed = errorOf(login.completeSignIn(callback.href));
      await barrier.arrived(1);

      if (how === 'here alone') session.signOut();
      else login.signOut();
      await turns(10);
      expect(scene.left).toHaveLength(1);
      await barrier.open();

      expect(await failed).toMatchObject({ code: 'superseded' });
      expect(session.isSignedIn()).toBe(false);
      await until(() => scene.emulator.liveRefreshTokens().length === 0);
      if (how === 'by managed login') expect((await scene.leftFor(2)).pathname).toBe('/logout');
    },
  );
});

it('can follow the sign-out of an inactive user, and takes the place of the sign-in', async () => {
  const { login, session } = await signedIn();
  session.events$.subscribe(({ type, origin }) => {
    if (type === 'sessionExpired' && origin === 'thisTab') login.signOut();
  });

  await firstValueFrom(session.signOut({ reason: 'idle' } as ɵEndOptions));
  await scene.leftFor();
  await turns(10);

  expect(scene.left.map(({ url }) => new URL(url).pathname)).toEqual(['/logout']);
  expect(session.state()).toEqual({ status: 'signedOut', reason: 'idle' });
});

describe('a page that is not left after all', () => {
  it('finishes the next sign-in, as in a native app', async () => {
    const { login, session } = await signedIn();
    login.signOut();
    await scene.leftFor();
    login.signIn();
    const callback = await signInThere(await scene.leftFor(2));

    await firstValueFrom(login.completeSignIn(callback.href));

    expect(session.user()?.username).toBe('alice');
  });

  it.each(['visible', 'resume'] as const)(
    'leads to sign-in again once the user is back (%s)',
    async (signal) => {
      const { login, wake } = await signedIn();
      login.signOut();
      await scene.leftFor();
      await turns(10);
      expect(scene.left).toHaveLength(1);

      wake.next(signal);

      expect((await scene.leftFor(2)).pathname).toBe('/oauth2/authorize');
      await turns(10);
      expect(scene.left).toHaveLength(2);
    },
  );

  it('leads to sign-in again after 10 seconds, as when the user chooses to stay', async () => {
    const { login, time } = await signedIn();
    login.signOut();
    await scene.leftFor();
    time.advance(9999);
    await turns(10);
    expect(scene.left).toHaveLength(1);

    time.advance(1);

    expect((await scene.leftFor(2)).pathname).toBe('/oauth2/authorize');
  });
});

it('needs a logoutUri with HashLocationStrategy: Cognito refuses fragments', async () => {
  const { login } = scene.load({
    providers: [{ provide: LocationStrategy, useClass: HashLocationStrategy }],
  });

  expect(await errorOf(login.signOut())).toMatchObject({
    code: 'invalidConfiguration',
    message: expect.stringContaining('logoutUri'),
  });
  expect(scene.left).toEqual([]);
});

describe('the way back from the sign-out of managed login', () => {
  /** The document is another one, and knows no reason. */
  async function signOutAndComeBack() {
    const { login } = await signedIn();
    login.signOut();
    await scene.leftFor();
    return scene.load();
  }

  it('leads to a page that asks for the password, also if an identity provider remembers the user', async () => {
    await signOutAndComeBack();
    await scene.navigate('/orders');

    const page = await scene.leftFor(2);
    expect([page.pathname, page.searchParams.get('prompt')]).toEqual(['/oauth2/authorize', 'login']);
  });

  it('asks again if that sign-in is not finished, and no longer once it is', async () => {
    const { login } = await signOutAndComeBack();
    login.signIn();
    await scene.leftFor(2);
    login.signIn();
    const again = await scene.leftFor(3);
    expect(again.searchParams.get('prompt')).toBe('login');

    await firstValueFrom(login.completeSignIn((await signInThere(again)).href));
    login.signIn();

    expect((await scene.leftFor(4)).searchParams.has('prompt')).toBe(false);
  });

  it('runs the guards again if the browser shows the page that was left, by the back button', async () => {
    const page = await signedIn();
    page.login.signOut();
    await scene.leftFor();
    await turns(10);
    expect(scene.left).toHaveLength(1);

    page.wake.next('pageshow');

    const left = await scene.leftFor(2);
    expect([left.pathname, left.searchParams.get('prompt')]).toEqual(['/oauth2/authorize', 'login']);
  });
});

it('signs in again after a sign-out', async () => {
  const page = await signedIn();
  page.login.signOut();
  await scene.leftFor();
  const { login, session } = scene.load();
  login.signIn({ returnUrl: '/orders' });

  const url = await scene.navigate(inRouter(await signInThere(await scene.leftFor(2))));

  expect([url, session.user()?.username, login.error()]).toEqual(['/orders', 'alice', null]);
});
