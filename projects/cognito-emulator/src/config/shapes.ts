import { ANYTHING, type Shape } from './check-members';
import { DEFAULT_CLIENT_SETTINGS, type AuthFlow, type ClientSettings } from './client-settings';
import type { UserStatus } from './emulator-config';
import { DEFAULT_IDENTITY_POOL_SETTINGS, type IdentityPoolSettings } from './identity-pool-settings';
import { DEFAULT_POOL_SETTINGS, type PoolSettings } from './pool-settings';

const FLOWS = new Set<AuthFlow>(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH', 'REFRESH_TOKEN_AUTH']);
const STATUSES = new Set<UserStatus>(['CONFIRMED', 'UNCONFIRMED', 'RESET_REQUIRED', 'FORCE_CHANGE_PASSWORD']);

/** What settings from JSON have to look like, member by member. */
export const CLIENT_SETTINGS: Readonly<Record<keyof ClientSettings, unknown>> = {
  ...DEFAULT_CLIENT_SETTINGS,
  authFlows: [FLOWS],
  inGraceAnswer: new Set(['sameSuccessor', 'bothValid', 'onlyFirstValid', 'onlyLastValid']),
};

export const POOL_SETTINGS: Readonly<Record<keyof PoolSettings, unknown>> = {
  ...DEFAULT_POOL_SETTINGS,
  issuerForm: new Set(['original', 'updated']),
  firstAuthFactors: [new Set(['PASSWORD', 'EMAIL_OTP'])],
};

export const IDENTITY_POOL_SETTINGS: Readonly<Record<keyof IdentityPoolSettings, unknown>> = {
  ...DEFAULT_IDENTITY_POOL_SETTINGS,
  untrustedRoles: ['text'],
};

/** What can change about a user. */
export const USER_CHANGES: Shape = {
  enabled: true,
  status: STATUSES,
  password: 'text',
  groups: ['text'],
  attributes: { email: 'text' },
};

export const USER: Shape = { ...USER_CHANGES, username: 'text', sub: 'text', totpSecret: 'BASE32' };

export const CLIENT: Shape = {
  ...CLIENT_SETTINGS,
  clientId: 'text',
  // One, or two.
  secret: ANYTHING,
  redirectUris: ['text'],
  logoutUris: ['text'],
  autoApprove: 'text',
};
