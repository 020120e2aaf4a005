import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ErrorHandler,
  inject,
  Injectable,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  BaseRouteReuseStrategy,
  ChildrenOutletContexts,
  NavigationCancel,
  NavigationCancellationCode,
  NavigationEnd,
  NavigationError,
  NavigationStart,
  provideRouter,
  Router,
  RouteReuseStrategy,
  RouterOutlet,
  type ActivatedRouteSnapshot,
  type DetachedRouteHandle,
  type Routes,
} from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { filter, firstValueFrom, map, Subject, take, type Observable } from 'rxjs';
import {
  guardedApp,
  Page,
  type GuardedAppOptions,
  type GuardedPage,
} from '../../../testing-support/guarded-app';
import { configFor, startTab } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';
import {
  createSessionGuard,
  injectSignedOutReason,
  MemoryStorage,
  provideSession,
  SessionGuard,
  SessionService,
  signedInGuard,
  signedOutGuard,
  withSignInRoute,
  withStorage,
} from '../../public-api';

/** Components in the order in which they were made (`+`) and destroyed (`-`), with the user at that moment. */
let log: string[] = [];

function note(name: string): void {
  const session = inject(SessionService);
  const at = () => session.user()?.username ?? 'no user';
  log.push(`+${name} ${at()}`);
  inject(DestroyRef).onDestroy(() => log.push(`-${name} ${at()}`));
}

@Component({ selector: 'app-orders', template: 'orders', changeDetection: ChangeDetectionStrategy.OnPush })
class Orders {
  constructor() {
    note('orders');
  }
}

@Component({ selector: 'app-open', template: 'open', changeDetection: ChangeDetectionStrategy.OnPush })
class Open {
  constructor() {
    note('open');
  }
}

@Component({
  selector: 'app-sign-in',
  template: '{{ reason() }}',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class SignIn {
  protected readonly reason = injectSignedOutReason();

  constructor() {
    note('sign-in');
  }
}

@Component({
  selector: 'app-shell',
  template: '{{ session.user()?.username }}: <router-outlet /><router-outlet name="aside" />',
  imports: [RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Shell {
  protected readonly session = inject(SessionService);

  constructor() {
    note('shell');
  }
}

@Component({ selector: 'app-kiosk', template: 'kiosk', changeDetection: ChangeDetectionStrategy.OnPush })
class Kiosk {
  constructor() {
    const session = inject(SessionService);
    inject(DestroyRef).onDestroy(() => void session.signOut());
  }
}

@Component({
  selector: 'app-ending-shell',
  template: 'shell <router-outlet />',
  imports: [RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class EndingShell {
  constructor() {
    inject(SessionService).signOut();
  }
}

const SIGN_IN = { path: 'sign-in', canActivate: [signedOutGuard], component: SignIn };
const OPEN = { path: 'open', component: Open };
const ORDERS = { path: 'orders/:id', canActivate: [signedInGuard], component: Orders };
const ROUTES: Routes = [SIGN_IN, OPEN, ORDERS];
const URL = '/orders/7;view=full?sort=date&q=a%20b#notes';

describe('when the session ends', () => {
  const app = guardedApp();
  const shown = () => document.body.textContent.trim();

  beforeEach(() => {
    log = [];
  });

  async function openAt(
    url: string,
    routes: Routes = ROUTES,
    options: Omit<GuardedAppOptions, 'routes'> = {},
  ): Promise<GuardedPage> {
    const page = app.open({ routes, ...options });
    await app.signIn(page);
    await app.navigate(url);
    log = [];
    return page;
  }

  /** Signs out, and waits for the navigation that this causes. */
  async function signOut({ session, router }: GuardedPage): Promise<void> {
    const settled = nextEnd(router);
    session.signOut();
    await settled;
    TestBed.tick();
  }

  const nextEnd = (router: Router): Promise<unknown> =>
    firstValueFrom(router.events.pipe(filter((event) => event instanceof NavigationEnd)));

  const nextRejection = (router: Router): Promise<unknown> =>
    firstValueFrom(
      router.events.pipe(
        filter(
          (event) =>
            event instanceof NavigationCancel && event.code === NavigationCancellationCode.GuardRejected,
        ),
      ),
    );

  function starts(router: Router): string[] {
    const urls: string[] = [];
    router.events.subscribe((event) => {
      if (event instanceof NavigationStart) urls.push(event.url);
    });
    return urls;
  }

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
    log = [];

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

  describe('of a session that a route provides', () => {
    const open = async (
      url: string,
    ): Promise<{ readonly page: GuardedPage; readonly partners: SessionService }> => {
      const provided = provideSession(
        configFor(app.emulator),
        withStorage(new MemoryStorage()),
        withSignInRoute('/partners/sign-in'),
      );
      const routes: Routes = [
        ...ROUTES,
        {
          path: 'partners',
          providers: [provided],
          children: [{ path: 'sign-in', component: SignIn }, ORDERS],
        },
      ];
      const page = await openAt('/partners/sign-in', routes);
      const partners = TestBed.inject(ChildrenOutletContexts)
        .getContext('primary')
        ?.injector.get(SessionService);
      if (partners === undefined) throw new Error('There is no such page.');
      await firstValueFrom(partners.setTokens(await app.emulator.signIn('bob')));
      await app.navigate(url);
      log = [];
      return { page, partners };
    };

    it('its guarded page is left for its own sign-in', async () => {
      const { page, partners } = await open('/partners/orders/1');
      const settled = nextEnd(page.router);

      partners.signOut();
      await settled;

      expect(page.router.url).toBe('/partners/sign-in');
      expect(log).toEqual(['-orders no user', '+sign-in no user']);
    });

    it('its guarded page is left also if a navigation fails meanwhile', async () => {
      const { page, partners } = await open('/partners/orders/1');
      const answer = new Subject<boolean>();
      page.router.config.push({ path: 'slow', canActivate: [() => answer], component: Open });
      void page.router.navigateByUrl('/slow');
      await turns();

      partners.signOut();
      answer.next(false);
      await until(() => page.router.url === '/partners/sign-in');

      expect(log).toEqual(['-orders no user', '+sign-in no user']);
    });

    it('a page of another session stays as it is', async () => {
      const { page, partners } = await open('/orders/1');

      partners.signOut();
      await turns();

      expect([page.router.url, log]).toEqual(['/orders/1', []]);
    });

    it('and its page stays as it is when another session ends', async () => {
      const { page } = await open('/partners/orders/1');

      page.session.signOut();
      await turns();

      expect([page.router.url, log]).toEqual(['/partners/orders/1', []]);
    });
  });

  describe('because another user signs in', () => {
    it('a page whose guards admit that user is made anew, and is gone before the user is shown', async () => {
      const page = await openAt('/orders/1', [{ path: '', component: Shell, children: ROUTES }]);
      const texts: string[] = [];
      const observer = new MutationObserver(() => texts.push(shown()));
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      const made = nextEnd(page.router);

      await app.signIn(page, 'bob');
      await made;
      TestBed.tick();
      await turns();
      observer.disconnect();

      expect(page.router.url).toBe('/orders/1');
      expect(log).toEqual(['-orders bob', '+orders bob']);
      expect(texts.filter((text) => /bob.*orders/.test(text))).toEqual(['bob: orders']);
      expect(shown()).toBe('bob: orders');
    });

    it('the component is destroyed in the task in which the state changes', async () => {
      const page = await openAt(URL);
      const seen: string[][] = [];
      page.session.session$
        .pipe(filter((session) => session?.user.username === 'bob'))
        .subscribe(() => seen.push([...log]));
      const resolving = new Subject<boolean>();
      page.router.resetConfig([{ ...ORDERS, resolve: { data: () => resolving } }]);

      await app.signIn(page, 'bob');

      expect(seen).toHaveLength(1);
      expect(log).toEqual(['-orders bob']);
      expect(page.router.url).toBe(URL);
    });

    it('resolvers run again', async () => {
      const resolved: string[] = [];
      const page = await openAt('/area', [
        {
          path: 'area',
          canActivate: [signedInGuard],
          resolve: { data: () => void resolved.push(inject(SessionService).user()?.username ?? '') },
          component: Orders,
        },
      ]);
      const made = nextEnd(page.router);

      await app.signIn(page, 'bob');
      await made;

      expect(resolved).toEqual(['alice', 'bob']);
    });

    it('a page that rejects that user without a redirect is cleared', async () => {
      const isAlice = createSessionGuard(({ user }) => user.username === 'alice');
      const page = await openAt('/area', [{ path: 'area', canActivate: [isAlice], component: Orders }]);
      const rejected = nextRejection(page.router);

      await app.signIn(page, 'bob');
      await rejected;

      expect([page.router.url, log]).toEqual(['/area', ['-orders bob']]);
    });

    it('a page that rejects that user leads to the page for denied users', async () => {
      const isAlice = createSessionGuard(({ user }) => user.username === 'alice', { denied: '/open' });
      const page = await openAt('/area', [OPEN, { path: 'area', canActivate: [isAlice], component: Orders }]);
      const made = nextEnd(page.router);

      await app.signIn(page, 'bob');
      await made;

      expect([page.router.url, log]).toEqual(['/open', ['-orders bob', '+open bob']]);
    });

    it('a page whose route no longer matches is cleared, and the error is reported', async () => {
      const errors: unknown[] = [];
      const isAlice = createSessionGuard(({ user }) => user.username === 'alice');
      const page = await openAt('/area', [{ path: 'area', canMatch: [isAlice], component: Orders }], {
        providers: [
          { provide: ErrorHandler, useValue: { handleError: (found: unknown) => errors.push(found) } },
        ],
      });

      await app.signIn(page, 'bob');
      await until(() => errors.length > 0);

      expect(String(errors[0])).toContain('Cannot match any routes');
      expect(log).toEqual(['-orders bob']);
    });

    it('before the page is left, the page is cleared', async () => {
      const answer = new Subject<boolean>();
      const page = await openAt('/area', [
        SIGN_IN,
        {
          path: 'area',
          canActivate: [() => inject(SessionService).isSignedIn() || answer],
          component: Orders,
        },
      ]);
      page.session.signOut();
      await turns();
      const whenSignedOut = [...log];

      await app.signIn(page, 'bob');

      expect(whenSignedOut).toEqual([]);
      expect(log).toEqual(['-orders bob']);
    });

    it('a page without a guard stays as it is', async () => {
      const page = await openAt('/open');

      await app.signIn(page, 'bob');
      await turns();

      expect([page.router.url, log]).toEqual(['/open', []]);
    });

    it('a sign-in page that goes on by itself is not disturbed', async () => {
      const page = await openAt(URL);
      await signOut(page);
      const urls = starts(page.router);

      await app.signIn(page, 'bob');
      await turns();

      expect(urls).toEqual([]);
    });
  });

  it('the same user may sign in again on an open page', async () => {
    const page = await openAt(URL);

    await app.signIn(page);
    await turns();

    expect([page.router.url, log]).toEqual([URL, []]);
  });

  describe('during a navigation', () => {
    const hold = () => {
      const passed = new Subject<boolean>();
      const held: Observable<boolean> = passed.pipe(take(1));
      return { passed, resolve: { data: () => held }, canActivate: [signedInGuard] };
    };

    it('a guarded page that was admitted before is not rendered', async () => {
      const { passed, ...held } = hold();
      const page = await openAt('/open', [...ROUTES, { path: 'area', ...held, component: Orders }]);
      const navigated = page.router.navigateByUrl('/area');
      await turns();

      page.session.signOut();
      passed.next(true);
      await navigated;
      await until(() => page.router.url === '/sign-in');
      TestBed.tick();

      expect(log).toEqual(['-open no user', '+orders no user', '-orders no user', '+sign-in no user']);
      expect(app.consumed()).toBe('/area');
    });

    it('a guarded page inside a shell that is made for it is not rendered either', async () => {
      const { passed, ...held } = hold();
      const page = await openAt('/open', [
        ...ROUTES,
        { path: 'area', component: Shell, children: [{ path: 'inner', ...held, component: Orders }] },
      ]);
      const navigated = page.router.navigateByUrl('/area/inner');
      await turns();

      page.session.signOut();
      passed.next(true);
      await navigated;
      TestBed.tick();
      await until(() => page.router.url === '/sign-in');

      expect(log.join()).not.toContain('orders');
    });

    it('a guarded page that is being left is cleared immediately', async () => {
      const { passed, ...held } = hold();
      const page = await openAt(URL, [
        ...ROUTES,
        { path: 'slow', ...held, canActivate: [], component: Open },
      ]);
      const navigated = page.router.navigateByUrl('/slow');
      await turns();

      page.session.signOut();
      const meanwhile = [...log];
      passed.next(true);
      await navigated;
      await turns();

      expect(meanwhile).toEqual(['-orders no user']);
      expect(page.router.url).toBe('/slow');
    });

    it('a navigation that fails leads to sign-in from the page before', async () => {
      const answer = new Subject<boolean>();
      const page = await openAt(URL, [
        ...ROUTES,
        { path: 'slow', canActivate: [() => answer], component: Open },
      ]);
      void page.router.navigateByUrl('/slow');
      await turns();

      page.session.signOut();
      answer.next(false);
      await until(() => page.router.url === '/sign-in');

      expect(app.consumed()).toBe(URL);
    });

    it('a guard that signs out itself runs once', async () => {
      let runs = 0;
      const page = await openAt(URL, [
        ...ROUTES,
        {
          path: 'sign-out',
          canActivate: [
            () => {
              runs++;
              const router = inject(Router);
              return inject(SessionService)
                .signOut()
                .pipe(map(() => router.parseUrl('/open')));
            },
          ],
          component: Open,
        },
      ]);

      expect(await app.navigate('/sign-out')).toBe('/open');
      await turns();
      expect([runs, page.router.url]).toEqual([1, '/open']);
    });
  });

  describe('in an app with its own RouteReuseStrategy', () => {
    /** Keeps every page, and shows it again. */
    @Injectable()
    class KeepsPages extends BaseRouteReuseStrategy {
      private readonly handles = new Map<string, DetachedRouteHandle>();

      override shouldDetach(route: ActivatedRouteSnapshot): boolean {
        return route.component === Orders;
      }

      override store(route: ActivatedRouteSnapshot, handle: DetachedRouteHandle | null): void {
        if (handle === null) this.handles.delete(route.url.join('/'));
        else this.handles.set(route.url.join('/'), handle);
      }

      override shouldAttach(route: ActivatedRouteSnapshot): boolean {
        return this.handles.has(route.url.join('/'));
      }

      override retrieve(route: ActivatedRouteSnapshot): DetachedRouteHandle | null {
        return this.handles.get(route.url.join('/')) ?? null;
      }

      override shouldReuseRoute(future: ActivatedRouteSnapshot, current: ActivatedRouteSnapshot): boolean {
        return future.component === current.component;
      }
    }
    const options = { providers: [{ provide: RouteReuseStrategy, useClass: KeepsPages }] };

    it('the page is destroyed, not kept', async () => {
      const page = await openAt(URL, ROUTES, options);

      await signOut(page);

      expect(log).toEqual(['-orders no user', '+sign-in no user']);
    });

    it('the page is made anew for another user', async () => {
      const page = await openAt(URL, ROUTES, options);
      const made = nextEnd(page.router);

      await app.signIn(page, 'bob');
      await made;

      expect(log).toEqual(['-orders bob', '+orders bob']);
    });

    it('the strategy goes on for other navigations', async () => {
      const page = await openAt(URL, ROUTES, options);
      await signOut(page);
      await app.signIn(page);
      await app.navigate(URL);
      log = [];
      await app.navigate('/open');
      await app.navigate(URL);

      expect(log).toEqual(['+open alice', '-open alice']);
    });
  });

  /** Lets navigations that nothing holds end, and renders. */
  async function settle(): Promise<void> {
    await turns();
    await turns();
    TestBed.tick();
  }

  describe('at an unusual moment', () => {
    it('while a page that is left is destroyed, the guarded page that follows is left for sign-in', async () => {
      const page = await openAt('/kiosk', [...ROUTES, { path: 'kiosk', component: Kiosk }]);
      await page.router.navigateByUrl('/orders/1');
      await settle();
      expect([page.router.url, shown()]).toEqual(['/sign-in', 'signedOut']);
    });

    it('while a page is destroyed, the end of the next session is noticed as well', async () => {
      const page = await openAt('/kiosk', [...ROUTES, { path: 'kiosk', component: Kiosk }]);
      await page.router.navigateByUrl('/open');
      await settle();
      await app.signIn(page);
      await app.navigate('/orders/1');
      page.session.signOut();
      await settle();
      expect([page.router.url, shown()]).toEqual(['/sign-in', 'signedOut']);
    });

    it('while the component of a parent route is made, the guarded page is left for sign-in', async () => {
      const page = await openAt('/open', [
        ...ROUTES,
        { path: 'area', component: EndingShell, children: [ORDERS] },
      ]);
      await page.router.navigateByUrl('/area/orders/1');
      await settle();
      expect([page.router.url, shown()]).toEqual(['/sign-in', 'signedOut']);
    });

    it('in a subscriber of NavigationEnd, the guarded page is left for sign-in', async () => {
      const page = await openAt('/open');
      page.router.events
        .pipe(
          filter((e) => e instanceof NavigationEnd),
          take(1),
        )
        .subscribe(() => void page.session.signOut());
      await page.router.navigateByUrl('/orders/1');
      await settle();
      expect([page.router.url, shown()]).toEqual(['/sign-in', 'signedOut']);
    });

    it('in a subscriber of NavigationError, the guarded page is left for sign-in', async () => {
      const page = await openAt('/orders/1', [
        ...ROUTES,
        {
          path: 'broken',
          resolve: {
            data: () => {
              throw new Error('401');
            },
          },
          component: Open,
        },
      ]);
      page.router.events
        .pipe(
          filter((e) => e instanceof NavigationError),
          take(1),
        )
        .subscribe(() => void page.session.signOut());
      await page.router.navigateByUrl('/broken').catch(() => null);
      await settle();
      expect([page.router.url, shown()]).toEqual(['/sign-in', 'signedOut']);
    });

    it('a navigation of the app to a page with a guard of its own is made once', async () => {
      const page = await openAt('/orders/1', [
        ...ROUTES,
        { path: 'home', canActivate: [() => true], component: Open },
      ]);
      const urls = starts(page.router);
      page.session.signOut();
      await page.router.navigateByUrl('/home');
      await settle();
      expect([page.router.url, log, urls]).toEqual([
        '/home',
        ['-orders no user', '+open no user'],
        ['/orders/1', '/home'],
      ]);
    });

    it('a page with a session of its own is left if a guard of this session is above it', async () => {
      const provided = provideSession(configFor(app.emulator), withStorage(new MemoryStorage()));
      const page = await openAt('/partners/open', [
        SIGN_IN,
        {
          path: '',
          canActivate: [signedInGuard],
          children: [{ path: 'partners', providers: [provided], children: [OPEN] }],
        },
      ]);
      expect(page.router.url).toBe('/partners/open');
      page.session.signOut();
      await settle();
      expect(page.router.url).toBe('/sign-in');
    });

    it('after a rejection, the next page of the same user is made once', async () => {
      const page = await openAt('/orders/1', ROUTES, { signIn: () => false });
      const rejected = nextRejection(page.router);
      page.session.signOut();
      await rejected;
      await app.signIn(page);
      log = [];
      await page.router.navigateByUrl('/orders/2');
      await settle();
      expect([page.router.url, log]).toEqual(['/orders/2', ['+orders alice']]);
    });
  });
});
