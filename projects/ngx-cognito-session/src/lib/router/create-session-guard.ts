import type { UrlTree } from '@angular/router';
import type { Session } from '../core/session';
import { guardBy } from './guard-by';
import type { SessionGuardFn } from './session-guard-fn';

/** What a guard with a rule does with those who do not meet it. */
export interface SessionGuardOptions {
  /**
   * Where people go who are signed in and not allowed. Default `false`: the navigation is cancelled, and with `canMatch`
   * the next route is tried.
   */
  readonly denied?: string | UrlTree | false;
}

/**
 * A guard with a rule of your own. `allow` is asked with the session, a stale one included, as soon as it is known; people
 * who are not signed in go to sign-in, as with `signedInGuard`. What `allow` throws makes the navigation fail.
 *
 * ```ts
 * const verifiedGuard = createSessionGuard(({ user }) => user.emailVerified === true, { denied: '/verify-email' });
 *
 * const routes: Routes = [{ path: 'orders', canActivate: [verifiedGuard], component: Orders }];
 * ```
 */
export function createSessionGuard(
  allow: (session: Session) => boolean,
  { denied = false }: SessionGuardOptions = {},
): SessionGuardFn {
  return guardBy((session) => (session === null ? null : allow(session) || denied));
}
