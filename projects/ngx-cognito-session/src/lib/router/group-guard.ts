import { createSessionGuard, type SessionGuardOptions } from './create-session-guard';
import type { SessionGuardFn } from './session-guard-fn';

/**
 * Admits members of a Cognito group, of one of several (`any`) or of each of them (`all`). Users who are not signed
 * in go to sign-in, as with `signedInGuard`, others to `denied`. It decides what is displayed, not what is allowed: only
 * your API can do that.
 *
 * ```ts
 * const routes: Routes = [
 *   { path: 'admin', canMatch: [groupGuard('admins')], component: Admin },
 *   { path: 'audit', canActivate: [groupGuard({ any: ['admins', 'auditors'] }, { denied: '/no-access' })], component: Audit },
 * ];
 * ```
 */
export function groupGuard(
  groups: string | { any: readonly string[] } | { all: readonly string[] },
  options?: SessionGuardOptions,
): SessionGuardFn {
  return createSessionGuard((session) => {
    const isMember = (group: string): boolean => session.hasGroup(group);
    if (typeof groups === 'string') return isMember(groups);
    return 'any' in groups ? groups.any.some(isMember) : groups.all.every(isMember);
  }, options);
}
