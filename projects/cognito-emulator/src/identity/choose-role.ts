import type { IdentityPoolSettings, RoleMapping, RoleRule } from '../config/identity-pool-settings';
import { ServiceError, notAuthorized } from '../http/service-error';
import type { VerifiedLogin } from './verified-login';

/** The role that the enhanced flow assumes for a guest or a user. Throws what the service answers when there is none. Pure. */
export function chooseRole(
  settings: IdentityPoolSettings,
  logins: readonly VerifiedLogin[],
  customRoleArn: string | undefined,
): string {
  const role = wantedRole(settings, logins, customRoleArn);
  if (role !== '' && !settings.untrustedRoles.includes(role)) return role;
  throw new ServiceError(
    'InvalidIdentityPoolConfigurationException',
    'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
  );
}

function wantedRole(
  settings: IdentityPoolSettings,
  [login]: readonly VerifiedLogin[],
  customRoleArn: string | undefined,
): string {
  const { roleMapping, authenticatedRole, unauthenticatedRole } = settings;
  const claims = login?.claims ?? {};
  if (customRoleArn !== undefined) return customRole(customRoleArn, roleMapping, claims);
  if (login === undefined) return unauthenticatedRole;
  if (roleMapping === null) return authenticatedRole;
  const mapped = mappedRole(roleMapping, claims);
  if (mapped !== undefined) return mapped;
  if (roleMapping.ambiguous === 'authenticatedRole') return authenticatedRole;
  throw notAuthorized('The ambiguous role mapping rules denied this request.');
}

type Claims = VerifiedLogin['claims'];

/** A caller may ask for one of the roles in its token, or of the rules that match. */
function customRole(arn: string, mapping: RoleMapping | null, claims: Claims): string {
  const byRules = mapping?.type === 'rules' ? matchingRules(mapping.rules, claims) : [];
  if (rolesOf(claims).includes(arn) || byRules.some(({ roleArn }) => roleArn === arn)) return arn;
  throw notAuthorized(`Access to Role '${arn}' is forbidden.`);
}

function mappedRole(mapping: RoleMapping, claims: Claims): string | undefined {
  if (mapping.type === 'rules') return matchingRules(mapping.rules, claims)[0]?.roleArn;
  const preferred = claims['cognito:preferred_role'];
  if (typeof preferred === 'string') return preferred;
  const [only, ...others] = rolesOf(claims);
  return others.length === 0 ? only : undefined;
}

function rolesOf(claims: Claims): string[] {
  const roles = claims['cognito:roles'];
  return Array.isArray(roles) ? roles.map(String) : [];
}

function matchingRules(rules: readonly RoleRule[], claims: Claims): RoleRule[] {
  return rules.filter(({ claim, match, value }) => {
    const found = claims[claim];
    if (found === undefined) return false;
    const text = typeof found === 'string' ? found : JSON.stringify(found);
    switch (match) {
      case 'equals':
        return text === value;
      case 'notEqual':
        return text !== value;
      case 'contains':
        return text.includes(value);
      case 'startsWith':
        return text.startsWith(value);
    }
  });
}
