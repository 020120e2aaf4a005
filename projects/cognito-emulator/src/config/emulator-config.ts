import type { Clock } from '../clock/clock';
import type { ClientSettings } from './client-settings';
import type { IdentityPoolSettings } from './identity-pool-settings';
import type { PoolSettings } from './pool-settings';
import type { PreTokenGeneration } from './pre-token-generation';

/** What an emulator is seeded from. Everything has a default: one pool, one client, one user. */
export interface EmulatorConfig {
  /** Default: real time that can be shifted. */
  clock?: Clock;
  /** Default: one pool, with one client and the user `alice`. */
  pools?: readonly PoolConfig[];
  /** Default: one that trusts the first pool. */
  identityPools?: readonly IdentityPoolConfig[];
  /** Own RSA keys instead of the ones shared by all emulators of the process. Slow; needed where keys must differ. */
  freshKeys?: boolean;
}

/** A user pool to start with. The first one is what `Emulator.userPoolId` and the defaults refer to. */
export interface PoolConfig extends Partial<PoolSettings> {
  /** In the real form, e.g. `eu-west-1_AbCdEf123`: the region is read from it. */
  id?: string;
  /** Default: one public client. */
  clients?: readonly ClientConfig[];
  /** Default: the user `alice`. */
  users?: readonly UserConfig[];
  /** Default: none. */
  preTokenGeneration?: PreTokenGeneration;
}

/** An identity pool to start with. */
export interface IdentityPoolConfig extends Partial<IdentityPoolSettings> {
  /** `<region>:<guid>`. */
  id: string;
  /** The user pools whose ID tokens are accepted, each with all its clients. Default: the first pool. */
  userPoolIds?: readonly string[];
}

/** An app client to start with; its settings can change later, its id and secret cannot. */
export interface ClientConfig extends Partial<ClientSettings> {
  /** Its id. */
  clientId: string;
  /** Makes it a confidential client: SECRET_HASH and ClientSecret are checked. Of two, as while they are rotated, each is good. */
  secret?: string | readonly [string, string];
  /** Allowed targets of managed login; default: every https or loopback address. */
  redirectUris?: readonly string[];
  /** Allowed targets after the sign-out at managed login. */
  logoutUris?: readonly string[];
  /** The user whom managed login signs in without showing a form. */
  autoApprove?: string;
}

/**
 * `UNCONFIRMED` and `RESET_REQUIRED` are refused at sign-in with the exception of that name; `FORCE_CHANGE_PASSWORD`, which users have whom an
 * administrator has made, asks for a new password (`NEW_PASSWORD_REQUIRED`).
 */
export type UserStatus = 'CONFIRMED' | 'UNCONFIRMED' | 'RESET_REQUIRED' | 'FORCE_CHANGE_PASSWORD';

/** A user to start with. */
export interface UserConfig {
  /** What the user signs in with. */
  username: string;
  /** Any text: there is no password policy. */
  password: string;
  /** Default: random. */
  sub?: string;
  /** By their claim names, `custom:` ones included. The e-mail address also works as a sign-in name. */
  attributes?: Readonly<Record<string, string>>;
  /** Default: none. */
  groups?: readonly string[];
  /** Default: true. */
  enabled?: boolean;
  /** Default: `CONFIRMED`. */
  status?: UserStatus;
  /** The secret of an authenticator app, in Base32: sign-ins then ask for its code (`SOFTWARE_TOKEN_MFA`). Default: none. */
  totpSecret?: string;
}

/** The id of the pool that is seeded without a configuration. */
export const DEFAULT_POOL_ID = 'eu-west-1_Emulator1';
/** The id of the identity pool that is seeded without a configuration. */
export const DEFAULT_IDENTITY_POOL_ID = 'eu-west-1:00000000-0000-4000-8000-00000000001d';
/** The id of the app client that is seeded without a configuration. */
export const DEFAULT_CLIENT_ID = '1example23456789emulator01';

/** The user who is seeded without a configuration. */
export const DEFAULT_USER: UserConfig = {
  username: 'alice',
  password: 'Correct-horse-1',
  sub: '0a1b2c3d-0000-4000-8000-00000000a11c',
  attributes: { email: 'alice@example.com', email_verified: 'true', given_name: 'Alice' },
  groups: ['editors'],
};
