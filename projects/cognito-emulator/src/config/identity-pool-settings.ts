/** The settings of an identity pool that can change while the emulator runs. */
export interface IdentityPoolSettings {
  /** Whether guests get an identity and credentials. */
  allowUnauthenticated: boolean;
  /** Refuses ID tokens of revoked sessions; without it a revoked one is good until it expires. */
  serverSideTokenCheck: boolean;
  /** Lifetime of AWS credentials in seconds, from 1 on. The real service always gives an hour. */
  credentialsSeconds: number;
  /** The roles of the pool, as ARNs. */
  authenticatedRole: string;
  unauthenticatedRole: string;
}

const ROLE_PREFIX = 'arn:aws:iam::123456789012:role';

export const DEFAULT_IDENTITY_POOL_SETTINGS: IdentityPoolSettings = {
  allowUnauthenticated: false,
  serverSideTokenCheck: false,
  credentialsSeconds: 3600,
  authenticatedRole: `${ROLE_PREFIX}/Cognito_EmulatorAuth_Role`,
  unauthenticatedRole: `${ROLE_PREFIX}/Cognito_EmulatorUnauth_Role`,
};
