import type { ClientChange } from '../config/change';
import { checkMembers, type Shape } from '../config/check-members';
import type { IdentityPoolChange } from '../config/identity-pool-settings';
import type { PoolChange } from '../config/pool-settings';
import { CLIENT_SETTINGS, IDENTITY_POOL_SETTINGS, POOL_SETTINGS, USER_CHANGES } from '../config/shapes';
import type { UserChange } from '../config/user-change';
import type { CallInput } from '../operations/call-input';

export function parseClientChange(input: CallInput): ClientChange {
  return checked(input, { clientId: 'text', ...CLIENT_SETTINGS });
}

export function parsePoolChange(input: CallInput): PoolChange {
  return checked(input, { userPoolId: 'text', ...POOL_SETTINGS });
}

export function parseIdentityPoolChange(input: CallInput): IdentityPoolChange {
  return checked(input, { identityPoolId: 'text', ...IDENTITY_POOL_SETTINGS });
}

export function parseUserChange(input: CallInput): UserChange {
  return checked(input, USER_CHANGES);
}

function checked(input: CallInput, shape: Shape): CallInput {
  checkMembers(input, shape);
  return input;
}
