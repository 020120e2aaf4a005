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

  readonly canActivate: SessionGuardFn = (route, target) =>
    runInInjectionContext(this.injector, () => signedInGuard(route, target));
  readonly canActivateChild: SessionGuardFn = this.canActivate;
  readonly canMatch: SessionGuardFn = this.canActivate;
}
