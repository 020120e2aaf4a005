import { ChangeDetectionStrategy, Component, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, type Routes } from '@angular/router';
import { Subject } from 'rxjs';
import { Page } from '../../../testing-support/guarded-app';
import { ManualTime } from '../../../testing-support/manual-time';
import { startApp, type SessionApp } from '../../../testing-support/session-app';
import { authTokens, CLIENT_ID } from '../../../testing-support/test-tokens';
import { turns } from '../../../testing-support/turns';
import {
  consumeReturnUrl,
  createAuthFetch,
  signedInGuard,
  TOKEN_REFRESHER,
  withLocalStorage,
  withNoAutoRestore,
  withSignInRoute,
  type SessionConfigSource,
  type SessionFeature,
} from '../../public-api';
import { LOAD_ENGINE } from '../session-service/engine-loader';

const CONFIG = { region: 'eu-west-1', clientId: CLIENT_ID, enableTabSync: false };
const NOTE = `cognito-session:signed-out:eu-west-1/${CLIENT_ID}`;
const NEVER_LOADED = { provide: LOAD_ENGINE, useValue: () => new Promise(() => undefined) };

@Component({ selector: 'app-private', template: 'private', changeDetection: ChangeDetectionStrategy.OnPush })
class Private {}

describe('with the engine at hand', () => {
  let session: SessionApp['session'];

  beforeEach(() => {
    const time = new ManualTime();
    session = startApp({ config: CONFIG, time }).session;
    session.setTokens(authTokens({ iat: time.now() / 1000 }));
  });

  it('a command within the callback of a query is carried out in the task of the call', () => {
    let status = '';

    session.getAccessToken().subscribe(() => {
      session.signOut();
      status = session.state().status;
    });

    expect(status).toBe('signedOut');
  });

  it('a query within the callback of another is answered at once', () => {
    const order: string[] = [];

    session.getAccessToken().subscribe(() => {
      session.getTokens().subscribe(() => order.push('inner'));
      order.push('after it');
    });

    expect(order).toEqual(['inner', 'after it']);
  });
});

describe('a guard without the engine', () => {
  let time: ManualTime;

  beforeEach(() => {
    time = new ManualTime();
    sessionStorage.clear();
  });

  function open(target: string, routes: Routes, isLate = true): void {
    startApp({
      config: CONFIG,
      time,
      features: [withSignInRoute(target)],
      providers: [...(isLate ? [NEVER_LOADED] : []), provideRouter(routes)],
    });
  }

  /** Where somebody is who went there, once nothing is waited for any more. */
  async function arrival(url: string): Promise<string> {
    void TestBed.inject(Router).navigateByUrl(url);
    await turns();
    time.advance(10_000);
    for (const _ of Array(30).keys()) {
      await turns();
      time.advance(0);
    }
    return TestBed.inject(Router).url;
  }

  const guarded = (path: string) => ({ path, canActivate: [signedInGuard], component: Page });

  it.each([
    ['/sign-in?from=guard', '/sign-in?from=guard'],
    ['sign-in', '/sign-in'],
    ['/sign-in#form', '/sign-in#form'],
  ])('leads to %s, and not in a circle', async (target, expected) => {
    open(target, [guarded('orders'), guarded('sign-in')]);

    expect(await arrival('/orders')).toBe(expected);
  });

  it('does not show a guarded page in the place of sign-in', async () => {
    open('/sign-in', [
      { path: ':page', canMatch: [signedInGuard], component: Private },
      { path: 'sign-in', component: Page },
    ]);

    await arrival('/sign-in');

    expect(TestBed.inject(Router).routerState.snapshot.root.firstChild?.component).toBe(Page);
  });

  it.each([
    ['with it', false],
    ['without it', true],
  ])('does not where that of sign-in redirects to one, as %s', async (_, isLate) => {
    open(
      '/sign-in',
      [
        { path: 'sign-in', redirectTo: 'orders' },
        { path: 'orders', canActivate: [signedInGuard], component: Private },
      ],
      isLate,
    );
    // It is refused, and the router says so.
    await arrival('/sign-in');

    expect(TestBed.inject(Router).routerState.snapshot.root.firstChild).toBeNull();
  });

  it('gives back the URL that it turned down last, not one from before a reload', async () => {
    const routes = [guarded('orders'), guarded('invoices'), guarded('sign-in')];
    open('/sign-in', routes, false);
    await arrival('/orders');
    open('/sign-in', routes);
    await arrival('/invoices');

    expect(consumeReturnUrl({ injector: TestBed.inject(Injector) })).toBe('/invoices');
  });

  it('says nothing when the app is gone while it waits', async () => {
    open('/sign-in', [guarded('orders')]);
    const failures: unknown[] = [];
    TestBed.inject(Router)
      .navigateByUrl('/orders')
      .catch((error: unknown) => failures.push(error));
    await turns();

    TestBed.resetTestingModule();
    await turns();

    expect(failures).toEqual([]);
  });
});

it('a fetch ends when the app is gone while it waits for the engine', async () => {
  const time = new ManualTime();
  const { session } = startApp({ config: CONFIG, time, providers: [NEVER_LOADED] });
  const outcome: unknown[] = [];
  createAuthFetch(session, { shouldAttachToken: () => true })('https://api.example.com/').catch(
    (error: unknown) => outcome.push(error),
  );
  await turns();

  TestBed.resetTestingModule();
  time.advance(10_000);
  await turns();

  expect(outcome).toEqual([expect.objectContaining({ code: 'restoreTimeout' })]);
});

describe('a note of an early sign-out', () => {
  let time: ManualTime;

  beforeEach(() => {
    time = new ManualTime();
    localStorage.clear();
  });

  function open(config: SessionConfigSource, feature: SessionFeature, ...more: SessionFeature[]): SessionApp {
    return startApp({ config, time, features: [feature, ...more] });
  }

  function signOutEarly(feature: SessionFeature): void {
    startApp({ config: CONFIG, time, features: [feature], providers: [NEVER_LOADED] }).session.signOut();
  }

  it('is heeded when the configuration comes late', async () => {
    open(CONFIG, withLocalStorage()).session.setTokens(authTokens({ iat: time.now() / 1000 }));
    signOutEarly(withLocalStorage());

    const { session } = open(() => Promise.resolve(CONFIG), withLocalStorage());
    await turns();

    expect(session.state().status).toBe('signedOut');
    expect(localStorage.getItem(NOTE)).toBeNull();
  });

  it('is no concern of a session behind another prefix', () => {
    open(CONFIG, withLocalStorage({ prefix: 'b:' })).session.setTokens(
      authTokens({ iat: time.now() / 1000 }),
    );

    signOutEarly(withLocalStorage({ prefix: 'a:' }));
    const { session } = open(CONFIG, withLocalStorage({ prefix: 'b:' }));

    expect(session.state().status).toBe('signedIn');
    expect(Object.keys(localStorage).filter((key) => !/^[ab]:/.test(key))).toEqual([]);
  });

  it('leaves a sign-in alone that came before the restore', () => {
    localStorage.setItem(NOTE, 'true');
    const answer = new Subject<object>();
    const { session } = startApp({
      config: CONFIG,
      time,
      features: [withLocalStorage(), withNoAutoRestore()],
      providers: [{ provide: TOKEN_REFRESHER, useValue: { refresh: () => answer, revoke: () => answer } }],
    });

    session.setTokens({ refreshToken: 'mine' });
    session.initialize();
    const { accessToken, idToken } = authTokens({ iat: time.now() / 1000 });
    answer.next({ accessToken, idToken });

    expect(session.state().status).toBe('signedIn');
    expect(localStorage.getItem(NOTE)).toBeNull();
  });
});

it('a configuration may have accessors', () => {
  class Settings {
    private readonly values = { region: 'eu-west-1', clientId: CLIENT_ID };

    get region(): string {
      return this.values.region;
    }

    get clientId(): string {
      return this.values.clientId;
    }
  }

  expect(() => startApp({ config: new Settings(), time: new ManualTime() })).not.toThrow();
});
