import { createSessionGuard } from './create-session-guard';
import type { SessionGuardFn } from './session-guard-fn';

/**
 * Lets signed-in people through, a stale session included; others go to the route of `withSignInRoute`, and
 * `consumeReturnUrl()` gives the attempted URL afterwards. Waits for the restore, at most 10 s. The sign-in page itself is
 * let through: a guard around all of the app is no circle.
 *
 * ```ts
 * const routes: Routes = [{ path: 'orders', canActivate: [signedInGuard], component: Orders }];
 * ```
 */
export const signedInGuard: SessionGuardFn = /* @__PURE__ */ createSessionGuard(() => true);
