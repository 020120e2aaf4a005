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
export const signedOutGuard: SessionGuardFn = (route, target) => {
  const context = new GuardContext(route, target);
  return context.answer((session) => (session === null ? context.to(true) : context.toAfterSignIn()));
};
