import type { ClientChange } from '../config/change';
import { DEFAULT_CLIENT_SETTINGS } from '../config/client-settings';
import { DEFAULT_IDENTITY_POOL_SETTINGS, type IdentityPoolChange } from '../config/identity-pool-settings';
import { DEFAULT_POOL_SETTINGS, type PoolChange } from '../config/pool-settings';
import type { UserChange } from '../config/user-change';
import { invalidParameter } from '../http/service-error';
import type { CallInput } from '../operations/call-input';

/** What each member has to look like. */
const USER_EXAMPLE: Required<UserChange> = {
  enabled: true,
  status: 'CONFIRMED',
  password: 'text',
  groups: ['text'],
  attributes: { email: 'text' },
};

export function parseClientChange(input: CallInput): ClientChange {
  return checked(input, { clientId: 'text', ...DEFAULT_CLIENT_SETTINGS });
}

export function parsePoolChange(input: CallInput): PoolChange {
  return checked(input, { userPoolId: 'text', ...DEFAULT_POOL_SETTINGS });
}

export function parseIdentityPoolChange(input: CallInput): IdentityPoolChange {
  return checked(input, { identityPoolId: 'text', ...DEFAULT_IDENTITY_POOL_SETTINGS });
}

export function parseUserChange(input: CallInput): UserChange {
  return checked(input, USER_EXAMPLE);
}

/** Settings from JSON. An unknown name is refused: a typing error must not look like a behaviour. */
function checked(input: CallInput, example: object): CallInput {
  const examples = new Map<string, unknown>(Object.entries(example));
  for (const [name, value] of Object.entries(input)) {
    if (!examples.has(name)) throw invalidParameter(`No setting ${name}`);
    const expected = examples.get(name);
    if (typeof value !== typeof expected || Array.isArray(value) !== Array.isArray(expected))
      throw invalidParameter(`Setting ${name} must be like ${JSON.stringify(expected)}`);
  }
  return input;
}
