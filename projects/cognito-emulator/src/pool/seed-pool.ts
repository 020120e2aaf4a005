import { seedSoftwareToken } from '../challenges/software-token';
import { DEFAULT_CLIENT_SETTINGS } from '../config/client-settings';
import {
  DEFAULT_CLIENT_ID,
  DEFAULT_POOL_ID,
  DEFAULT_USER,
  type ClientConfig,
  type PoolConfig,
  type UserConfig,
} from '../config/emulator-config';
import { DEFAULT_POOL_SETTINGS } from '../config/pool-settings';
import { KeyRing } from '../tokens/key-ring';
import type { Client } from './client';
import { Pool } from './pool';
import type { User } from './user';

export function seedPool(config: PoolConfig, freshKeys: boolean): Pool {
  const { id = DEFAULT_POOL_ID, clients, users, preTokenGeneration = null, ...settings } = config;
  const pool = new Pool(
    id,
    new KeyRing(freshKeys),
    { ...DEFAULT_POOL_SETTINGS, ...settings },
    preTokenGeneration,
  );
  for (const client of clients ?? [{ clientId: DEFAULT_CLIENT_ID }])
    pool.clients.set(client.clientId, seedClient(client));
  for (const user of users ?? [DEFAULT_USER]) pool.users.set(user.username, seedUser(user));
  return pool;
}

function seedClient(config: ClientConfig): Client {
  const { clientId, secret, redirectUris, logoutUris, autoApprove, ...settings } = config;
  return {
    clientId,
    secrets: typeof secret === 'string' ? [secret] : (secret ?? []),
    redirectUris: redirectUris ?? null,
    logoutUris: logoutUris ?? null,
    autoApprove: autoApprove ?? null,
    settings: { ...DEFAULT_CLIENT_SETTINGS, ...settings },
  };
}

/** A user as it is at the beginning. */
export function seedUser(user: UserConfig): User {
  return {
    username: user.username,
    password: user.password,
    sub: user.sub ?? crypto.randomUUID(),
    attributes: { ...user.attributes },
    groups: [...(user.groups ?? [])],
    enabled: user.enabled ?? true,
    status: user.status ?? 'CONFIRMED',
    softwareToken: user.totpSecret === undefined ? null : seedSoftwareToken(user.totpSecret),
    pendingSoftwareToken: null,
    sentCodes: new Map(),
    devices: new Map(),
  };
}
