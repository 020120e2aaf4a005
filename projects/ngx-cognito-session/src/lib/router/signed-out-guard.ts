import { guardBy } from './guard-by';
import type { SessionGuardFn } from './session-guard-fn';

/**
 * For pages such as sign-in: signed-in users go to `afterSignIn` of `withSignInRoute` instead. Waits for the restore,
 * at most 10 s.
 *
 * ```ts
 * const routes: Routes = [{ path: 'sign-in', canActivate: [signedOutGuard], component: SignIn }];
 * ```
 */
export const signedOutGuard: SessionGuardFn = /* @__PURE__ */ guardBy(
  (session, afterSignIn) => session === null || afterSignIn,
);
