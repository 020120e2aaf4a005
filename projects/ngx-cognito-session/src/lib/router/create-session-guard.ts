import type { UrlTree } from '@angular/router';
import type { Session } from '../core/session';
import { guardBy } from './guard-by';
import type { SessionGuardFn } from './session-guard-fn';

/** What a guard with a rule does with users who do not meet it. */
export interface SessionGuardOptions {
  /**
   * Where signed-in users go who are not allowed. Default `false`: the navigation is cancelled, and with `canMatch`
   * the next route is tried.
   */
  readonly denied?: string | UrlTree | false;
}

/**
 * A guard with a rule of your own. `allow` is called with the session, a stale one included, as soon as it is known. Users
 * who are not signed in go to sign-in, as with `signedInGuard`. If `allow` throws, the navigation fails.
 *
 * ```ts
 * const verifiedGuard = createSessionGuard(({ user }) => user.emailVerified === true, { denied: '/verify-email' });
 *
 * const routes: Routes = [{ path: 'orders', canActivate: [verifiedGuard], component: Orders }];
 * ```
 */
export function createSessionGuard(
  allow: (session: Session) => boolean,
  { denied }: SessionGuardOptions = {},
): SessionGuardFn {
  return guardBy((session) => (session === null ? null : allow(session) || denied));
}
