import { Injector, inject, Injectable, runInInjectionContext } from '@angular/core';
import type { SessionGuardFn } from './session-guard-fn';
import { signedInGuard } from './signed-in-guard';

/**
 * `signedInGuard` as a class, for apps whose guards are classes. It is of the root injector and guards with the session that
 * is provided there; an environment injector with a session of its own lists it among its providers.
 *
 * ```ts
 * const routes: Routes = [{ path: 'orders', canActivate: [SessionGuard], component: Orders }];
 * ```
 */
@Injectable({ providedIn: 'root' })
export class SessionGuard {
  private readonly injector = inject(Injector);

  /** Called by the router; answers as `signedInGuard`. */
  readonly canActivate: SessionGuardFn = (route, target) =>
    runInInjectionContext(this.injector, () => signedInGuard(route, target));
  /** The same for the routes below. */
  readonly canActivateChild: SessionGuardFn = this.canActivate;
  /** The same before the route is chosen and its code loaded. */
  readonly canMatch: SessionGuardFn = this.canActivate;
}
