import { ErrorHandler, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, type Routes } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { Subject } from 'rxjs';
import { Page } from '../../../testing-support/guarded-app';
import {
  leavingApp,
  log,
  OPEN,
  Open,
  ORDERS,
  Orders,
  ROUTES,
  Shell,
  SIGN_IN,
  SignIn,
  URL,
} from '../../../testing-support/leaving-app';
import type { EndOptions } from '../lifecycle/sign-out';
import { configFor, startTab } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';
import {
  createSessionGuard,
  MemoryStorage,
  SessionGuard,
  SessionService,
  signedInGuard,
  withSignInRoute,
  withStorage,
} from '../../public-api';

describe('when the session ends', () => {
  const { app, shown, openAt, signOut, nextEnd, nextRejection, starts } = leavingApp();

  it('a guarded page is left for sign-in, and its full URL is kept', async () => {
    const page = await openAt(URL);

    await signOut(page);

    expect(page.router.url).toBe('/sign-in');
    expect(log).toEqual(['-orders no user', '+sign-in no user']);
    expect(app.consumed()).toBe(URL);
  });

  it('the sign-in page reads the reason', async () => {
    const page = await openAt(URL);

    await signOut(page);

    expect(shown()).toBe('signedOut');
  });

  it('a session that Cognito refuses is left as well', async () => {
    const page = await openAt(URL);
    app.emulator.faults.add('GetTokensFromRefreshToken', { kind: 'error', type: 'NotAuthorizedException' });
    const left = nextEnd(page.router);
    page.session.forceRefresh().subscribe({ error: () => undefined });

    await left;
    TestBed.tick();

    expect([page.router.url, shown()]).toEqual(['/sign-in', 'refreshTokenExpired']);
  });

  it('a session that ends because of inactivity is left as well', async () => {
    const page = await openAt(URL);
    const left = nextEnd(page.router);
    const idle: EndOptions = { reason: 'idle' };
    page.session.signOut(idle);

    await left;
    TestBed.tick();

    expect([page.router.url, shown()]).toEqual(['/sign-in', 'idle']);
  });

  it('a stale session is kept', async () => {
    const page = await openAt(URL);
    const urls = starts(page.router);
    app.emulator.faults.add('GetTokensFromRefreshToken', {
      kind: 'error',
      type: 'TooManyRequestsException',
      times: 9,
    });
    app.time.advance(2 * 3_600_000);
    page.session.getAccessToken().subscribe({ error: () => undefined });
    await until(() => page.states.some(({ status }) => status === 'stale'));
    await turns();

    expect([page.router.url, urls, log]).toEqual([URL, [], []]);
  });

  it('the page before a guarded page is the one that the button of the browser leads back to', async () => {
    const page = await openAt('/open');
    await app.navigate(URL);
    const before = history.length;

    await signOut(page);

    expect(history.length).toBe(before);
  });

  it.each<readonly [string, Routes, string]>([
    ['without a guard', ROUTES, '/open'],
    ['for users who are not signed in', [{ ...SIGN_IN, component: Open, canActivate: [] }, OPEN], '/sign-in'],
    ['beside guarded ones', [{ path: '', component: Shell, children: [OPEN, ORDERS] }], '/open'],
  ])('a page %s stays as it is', async (_, routes, url) => {
    const page = await openAt(url, routes);
    const urls = starts(page.router);

    page.session.signOut();
    await turns();

    expect([page.router.url, urls, log]).toEqual([url, [], []]);
  });

  it('a sign-in page with signedOutGuard stays as it is', async () => {
    const page = app.open({ routes: ROUTES });
    await app.navigate('/sign-in');
    await app.signIn(page);
    log.length = 0;

    page.session.signOut();
    await turns();

    expect([page.router.url, log]).toEqual(['/sign-in', []]);
  });

  it.each<readonly [string, Routes, string]>([
    [
      'canActivateChild',
      [{ path: 'area', canActivateChild: [signedInGuard], children: [ORDERS, OPEN] }],
      '/area/open',
    ],
    [
      'canActivate of a route above',
      [{ path: 'area', canActivate: [signedInGuard], children: [OPEN] }],
      '/area/open',
    ],
    ['canMatch', [{ path: 'area', canMatch: [signedInGuard], children: [OPEN] }], '/area/open'],
    [
      'canMatch of a lazy route',
      [{ path: 'area', canMatch: [signedInGuard], loadChildren: () => Promise.resolve<Routes>([OPEN]) }],
      '/area/open',
    ],
    [
      'a guard inside a lazy route',
      [{ path: 'area', loadChildren: () => Promise.resolve<Routes>([ORDERS]) }],
      '/area/orders/1',
    ],
    [
      'a guard in front of a lazy component',
      [{ path: 'area', canActivate: [signedInGuard], loadComponent: () => Promise.resolve(Orders) }],
      '/area',
    ],
    ['the class SessionGuard', [{ path: 'area', canActivate: [SessionGuard], component: Orders }], '/area'],
    [
      'createSessionGuard',
      [{ path: 'area', canActivate: [createSessionGuard(() => true)], component: Orders }],
      '/area',
    ],
    [
      'a guard of the app',
      [
        {
          path: 'area',
          canActivate: [() => inject(SessionService).isSignedIn() || inject(Router).parseUrl('/sign-in')],
          component: Orders,
        },
      ],
      '/area',
    ],
  ])('a page behind %s is left', async (_, routes, url) => {
    const page = await openAt(url, [SIGN_IN, ...routes]);
    expect(page.router.url).toBe(url);

    await signOut(page);

    expect(page.router.url).toBe('/sign-in');
    expect(log).toContainEqual(expect.stringMatching(/^-(orders|open) no user$/));
  });

  it('a page to which the routes have redirected keeps its own URL', async () => {
    const page = await openAt('/old', [...ROUTES, { path: 'old', redirectTo: 'orders/3' }]);

    await signOut(page);

    expect([page.router.url, app.consumed()]).toEqual(['/sign-in', '/orders/3']);
  });

  it('a guarded page of a named outlet is left', async () => {
    const routes = [
      SIGN_IN,
      {
        path: 'area',
        component: Shell,
        children: [
          OPEN,
          { path: 'orders', outlet: 'aside', canActivate: [signedInGuard], component: Orders },
        ],
      },
    ];
    const url = '/area/(open//aside:orders)';
    const page = await openAt(url, routes);
    expect(page.router.url).toBe(url);

    await signOut(page);

    expect([page.router.url, app.consumed()]).toEqual(['/sign-in', url]);
    expect(log).toContain('-orders no user');
  });

  it('a shell without a guard stays around a sign-in page inside it', async () => {
    const page = await openAt('/orders/1', [{ path: '', component: Shell, children: ROUTES }]);

    await signOut(page);

    expect(page.router.url).toBe('/sign-in');
    expect(log).toEqual(['-orders no user', '+sign-in no user']);
  });

  it('a guarded shell is made anew around a sign-in page inside it', async () => {
    const page = await openAt('/orders/1', [
      {
        path: '',
        component: Shell,
        canActivate: [signedInGuard],
        children: [{ path: 'sign-in', component: SignIn }, ORDERS],
      },
    ]);

    await signOut(page);

    expect(page.router.url).toBe('/sign-in');
    expect(log).toEqual(['-orders no user', '-shell no user', '+shell no user', '+sign-in no user']);
  });

  it('nothing happens before the first navigation', async () => {
    const page = app.open({ routes: ROUTES });
    await app.signIn(page);
    const urls = starts(page.router);

    page.session.signOut();
    await turns();

    expect(urls).toEqual([]);
    expect(await app.navigate(URL)).toBe('/sign-in');
  });

  it('stayOnSessionEnd leaves the page open', async () => {
    const page = await openAt(URL, ROUTES, {
      signIn: null,
      features: [withSignInRoute('/sign-in', { stayOnSessionEnd: true })],
    });

    page.session.signOut();
    await turns();

    expect([page.router.url, log]).toEqual([URL, []]);
  });

  it('a target that leaves for managed login is called with the URL, and the page is cleared', async () => {
    const asked: string[] = [];
    const page = await openAt(URL, ROUTES, {
      signIn: (returnUrl) => {
        asked.push(returnUrl);
        return false;
      },
    });
    const rejected = nextRejection(page.router);

    page.session.signOut();
    await rejected;

    expect(asked).toEqual([URL]);
    expect(log).toEqual(['-orders no user']);
    expect(app.consumed()).toBe(URL);
  });

  it('canDeactivate of a guarded page is not asked', async () => {
    const page = await openAt('/orders/1', [
      SIGN_IN,
      OPEN,
      { path: 'orders/:id', canActivate: [signedInGuard], canDeactivate: [() => false], component: Orders },
    ]);
    expect(await app.navigate('/open')).toBe('/orders/1');

    await signOut(page);

    expect([page.router.url, log]).toEqual(['/sign-in', ['-orders no user', '+sign-in no user']]);
  });

  it('canDeactivate is asked again on the next visit', async () => {
    const page = await openAt('/orders/1', [
      SIGN_IN,
      OPEN,
      { path: 'orders/:id', canActivate: [signedInGuard], canDeactivate: [() => false], component: Orders },
    ]);
    await signOut(page);
    await app.signIn(page);
    await app.navigate('/orders/1');

    expect(await app.navigate('/open')).toBe('/orders/1');
  });

  it('canDeactivate of an unguarded page beside it cannot keep the guarded one', async () => {
    const page = await openAt('/area/(open//aside:orders)', [
      SIGN_IN,
      {
        path: 'area',
        component: Shell,
        canDeactivate: [() => false],
        children: [
          OPEN,
          { path: 'orders', outlet: 'aside', canActivate: [signedInGuard], component: Orders },
        ],
      },
    ]);
    const rejected = nextRejection(page.router);

    page.session.signOut();
    await rejected;

    expect(log).toEqual(['-orders no user']);
  });

  it('a navigation of the app wins', async () => {
    const page = await openAt(URL);

    page.session.signOut();
    await page.router.navigateByUrl('/open');
    await turns();

    expect([page.router.url, log]).toEqual(['/open', ['-orders no user', '+open no user']]);
  });

  it('a click on a link to the current page does not keep it', async () => {
    const page = await openAt(URL);

    page.session.signOut();
    await page.router.navigateByUrl(URL);
    await until(() => page.router.url === '/sign-in');

    expect(log).toEqual(['-orders no user', '+sign-in no user']);
  });

  it('an error of a guard is reported, and the page is cleared', async () => {
    const errors: unknown[] = [];
    const error = new Error('broken');
    const page = await openAt(
      '/area',
      [
        {
          path: 'area',
          canActivate: [
            () => {
              if (inject(SessionService).isSignedIn()) return true;
              throw error;
            },
          ],
          component: Orders,
        },
      ],
      {
        providers: [
          { provide: ErrorHandler, useValue: { handleError: (found: unknown) => errors.push(found) } },
        ],
      },
    );

    page.session.signOut();
    await until(() => errors.length > 0);

    expect(errors).toEqual([error]);
    expect(log).toEqual(['-orders no user']);
  });

  it('a session that is gone with its injector causes no navigation', async () => {
    const answer = new Subject<boolean>();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: 'area', canActivate: [() => true], component: Page },
          { path: 'slow', canActivate: [() => answer], component: Page },
        ]),
      ],
    });
    await RouterTestingHarness.create();
    const router = TestBed.inject(Router);
    const features = [withStorage(new MemoryStorage()), withSignInRoute('/sign-in')];
    const tab = startTab({ config: configFor(app.emulator), time: app.time, features });
    await app.signIn(tab);
    await router.navigateByUrl('/area');
    const navigated = router.navigateByUrl('/slow');
    await turns();
    const urls = starts(router);

    tab.session.signOut();
    tab.destroy();
    answer.next(false);
    await navigated;
    await turns();

    expect(urls).toEqual([]);
  });
});
