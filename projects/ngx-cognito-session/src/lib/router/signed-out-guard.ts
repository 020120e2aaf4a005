import { map, of } from 'rxjs';
import { GuardContext } from './guard-context';
import type { SessionGuardFn } from './session-guard-fn';

/**
 * For pages such as sign-in: signed-in people go to `afterSignIn` of `withSignInRoute` instead. Waits for the restore,
 * at most 10 s.
 *
 * ```ts
 * const routes: Routes = [{ path: 'sign-in', canActivate: [signedOutGuard], component: SignIn }];
 * ```
 */
export const signedOutGuard: SessionGuardFn = () => {
  const context = new GuardContext();
  if (!context.isBrowser) return of(true);
  return context.isSignedIn().pipe(map((isSignedIn) => (isSignedIn ? context.afterSignIn() : true)));
};
