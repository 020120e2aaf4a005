import { of, switchMap } from 'rxjs';
import { attemptedUrl } from './attempted-url';
import { GuardContext } from './guard-context';
import type { SessionGuardFn } from './session-guard-fn';

/**
 * Lets signed-in people through, a stale session included; others go to the route of `withSignInRoute`, and
 * `consumeReturnUrl()` gives the attempted URL afterwards. Waits for the restore, at most 10 s.
 *
 * ```ts
 * const routes: Routes = [{ path: 'orders', canActivate: [signedInGuard], component: Orders }];
 * ```
 */
export const signedInGuard: SessionGuardFn = (_route, target) => {
  const context = new GuardContext();
  // On a server nothing is known and nothing waits: the browser asks again.
  if (!context.isBrowser) return of(true);
  const url = attemptedUrl(target, context.router);
  return context
    .isSignedIn()
    .pipe(switchMap((isSignedIn) => (isSignedIn ? of(true) : context.toSignIn(url))));
};
