/** A rule of a role mapping, as `MappingRule` of the real service. */
export interface RoleRule {
  /** The claim of the ID token that is looked at. */
  readonly claim: string;
  /** How it is compared. */
  readonly match: 'equals' | 'contains' | 'startsWith' | 'notEqual';
  /** What it is compared with. */
  readonly value: string;
  /** The role of those who match. */
  readonly roleArn: string;
}

/**
 * How a user's role is chosen, as `RoleMapping` of the real service: `token` takes `cognito:preferred_role` of the ID token, or its only
 * `cognito:roles`; `rules` takes the role of the first rule that matches. `ambiguous` says what happens when that leaves no role.
 */
export type RoleMapping = { readonly ambiguous: 'authenticatedRole' | 'deny' } & (
  { readonly type: 'token' } | { readonly type: 'rules'; readonly rules: readonly RoleRule[] }
);

/** The settings of an identity pool that can change while the emulator runs. */
export interface IdentityPoolSettings {
  /** Whether guests get an identity and credentials. */
  allowUnauthenticated: boolean;
  /** Refuses ID tokens of revoked sessions; without it a revoked one is good until it expires. */
  serverSideTokenCheck: boolean;
  /** Lifetime of AWS credentials in seconds, from 1 on. The real service always gives an hour. */
  credentialsSeconds: number;
  /** The pool's default roles, as ARNs. Empty: none was configured. */
  authenticatedRole: string;
  /** The role of guests. */
  unauthenticatedRole: string;
  /** Roles, as ARNs, whose trust policy does not let this pool assume them. */
  untrustedRoles: readonly string[];
  /** Default null: every user gets `authenticatedRole`. */
  roleMapping: RoleMapping | null;
}

/** New settings for one identity pool; without `identityPoolId` for the first one. */
export interface IdentityPoolChange extends Partial<IdentityPoolSettings> {
  /** Default: the first identity pool. */
  identityPoolId?: string;
}

const ROLE_PREFIX = 'arn:aws:iam::123456789012:role';

export const DEFAULT_IDENTITY_POOL_SETTINGS: IdentityPoolSettings = {
  allowUnauthenticated: false,
  serverSideTokenCheck: false,
  credentialsSeconds: 3600,
  authenticatedRole: `${ROLE_PREFIX}/Cognito_EmulatorAuth_Role`,
  unauthenticatedRole: `${ROLE_PREFIX}/Cognito_EmulatorUnauth_Role`,
  untrustedRoles: [],
  roleMapping: null,
};
