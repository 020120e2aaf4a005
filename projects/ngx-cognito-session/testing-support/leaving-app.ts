import { ChangeDetectionStrategy, Component, DestroyRef, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  NavigationCancel,
  NavigationCancellationCode,
  NavigationEnd,
  NavigationStart,
  type Router,
  RouterOutlet,
  type Routes,
} from '@angular/router';
import { filter, firstValueFrom } from 'rxjs';
import { guardedApp, type GuardedAppOptions, type GuardedPage } from './guarded-app';
import { turns } from './turns';
import { injectSignedOutReason, SessionService, signedInGuard, signedOutGuard } from '../src/public-api';

/** Components in the order in which they were made (`+`) and destroyed (`-`), with the user at that moment. */
export const log: string[] = [];

function note(name: string): void {
  const session = inject(SessionService);
  const at = () => session.user()?.username ?? 'no user';
  log.push(`+${name} ${at()}`);
  inject(DestroyRef).onDestroy(() => log.push(`-${name} ${at()}`));
}

@Component({ selector: 'app-orders', template: 'orders', changeDetection: ChangeDetectionStrategy.OnPush })
export class Orders {
  constructor() {
    note('orders');
  }
}

@Component({ selector: 'app-open', template: 'open', changeDetection: ChangeDetectionStrategy.OnPush })
export class Open {
  constructor() {
    note('open');
  }
}

@Component({
  selector: 'app-sign-in',
  template: '{{ reason() }}',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SignIn {
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
export class Shell {
  protected readonly session = inject(SessionService);

  constructor() {
    note('shell');
  }
}

@Component({ selector: 'app-kiosk', template: 'kiosk', changeDetection: ChangeDetectionStrategy.OnPush })
export class Kiosk {
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
export class EndingShell {
  constructor() {
    inject(SessionService).signOut();
  }
}

export const SIGN_IN = { path: 'sign-in', canActivate: [signedOutGuard], component: SignIn };
export const OPEN = { path: 'open', component: Open };
export const ORDERS = { path: 'orders/:id', canActivate: [signedInGuard], component: Orders };
export const ROUTES: Routes = [SIGN_IN, OPEN, ORDERS];
export const URL = '/orders/7;view=full?sort=date&q=a%20b#notes';

/** An app with guarded pages whose session can end; for the specs of `withSignInRoute`. Registers its set-up with Jest. */
export function leavingApp() {
  const app = guardedApp();
  const shown = () => document.body.textContent.trim();

  beforeEach(() => {
    log.length = 0;
  });

  async function openAt(
    url: string,
    routes: Routes = ROUTES,
    options: Omit<GuardedAppOptions, 'routes'> = {},
  ): Promise<GuardedPage> {
    const page = app.open({ routes, ...options });
    await app.signIn(page);
    await app.navigate(url);
    log.length = 0;
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

  /** Lets navigations that nothing holds end, and renders. */
  async function settle(): Promise<void> {
    await turns();
    await turns();
    TestBed.tick();
  }

  return { app, shown, openAt, signOut, nextEnd, nextRejection, starts, settle };
}
