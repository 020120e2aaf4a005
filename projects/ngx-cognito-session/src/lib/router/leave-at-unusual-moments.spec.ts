import { ChangeDetectionStrategy, Component, DestroyRef, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  NavigationCancel,
  NavigationCancellationCode,
  NavigationEnd,
  NavigationError,
  NavigationStart,
  RouterOutlet,
  type Router,
  type Routes,
} from '@angular/router';
import { filter, firstValueFrom, take } from 'rxjs';
import { guardedApp, type GuardedAppOptions, type GuardedPage } from '../../../testing-support/guarded-app';
import { configFor } from '../../../testing-support/session-app';
import { turns } from '../../../testing-support/turns';
import {
  injectSignedOutReason,
  MemoryStorage,
  provideSession,
  SessionService,
  signedInGuard,
  signedOutGuard,
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

const SIGN_IN = { path: 'sign-in', canActivate: [signedOutGuard], component: SignIn };
const OPEN = { path: 'open', component: Open };
const ORDERS = { path: 'orders/:id', canActivate: [signedInGuard], component: Orders };
const ROUTES: Routes = [SIGN_IN, OPEN, ORDERS];

describe('when the session ends at an unusual moment', () => {
  const app = guardedApp();
  const shown = () => document.body.textContent.trim();

  beforeEach(() => {
    log = [];
  });

  /** Lets navigations that nothing holds end, and renders. */
  async function settle(): Promise<void> {
    await turns();
    await turns();
    TestBed.tick();
  }

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
