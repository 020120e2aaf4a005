import { createSessionGuard } from './create-session-guard';
import type { SessionGuardFn } from './session-guard-fn';

/**
 * Admits signed-in users, a stale session included. Others go to the route of `withSignInRoute`, and
 * `consumeReturnUrl()` returns the attempted URL afterwards. Waits for the restore, at most 10 s. The sign-in page itself
 * is always admitted, so that a guard may protect the whole app.
 *
 * ```ts
 * const routes: Routes = [{ path: 'orders', canActivate: [signedInGuard], component: Orders }];
 * ```
 */
export const signedInGuard: SessionGuardFn = /* @__PURE__ */ createSessionGuard(() => true);
