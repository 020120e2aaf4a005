import type { OpenChallenges } from '../challenges/open-challenges';
import type { Clock } from '../clock/clock';
import { ServiceError } from '../http/service-error';
import type { CredentialStore } from '../identity/issued-credentials';
import type { IdentityPool } from '../identity/identity-pool';
import type { ManagedLogin } from '../oauth/managed-login';
import type { KeyRing } from '../tokens/key-ring';
import type { Client } from './client';
import type { Pool } from './pool';

/** All that one emulator knows, and its time. */
export interface World {
  readonly clock: Clock;
  readonly pools: readonly Pool[];
  readonly managedLogin: ManagedLogin;
  readonly challenges: OpenChallenges;
  readonly identityPools: ReadonlyMap<string, IdentityPool>;
  readonly credentials: CredentialStore;
  /** Sign OpenID tokens of identity pools. */
  readonly identityKeys: KeyRing;
}

export interface ClientInPool {
  readonly pool: Pool;
  readonly client: Client;
}

export function findClient(world: World, clientId: string): ClientInPool | undefined {
  for (const pool of world.pools) {
    const client = pool.clients.get(clientId);
    if (client !== undefined) return { pool, client };
  }
  return undefined;
}

export function requireClient(world: World, clientId: string): ClientInPool {
  const found = findClient(world, clientId);
  if (found === undefined)
    throw new ServiceError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
  return found;
}

/** The pool with an id, or the first one. */
export function requirePool(world: World, id?: string): Pool {
  const pool = id === undefined ? world.pools[0] : world.pools.find((each) => each.id === id);
  if (pool === undefined)
    throw new ServiceError('ResourceNotFoundException', `User pool ${id} does not exist.`);
  return pool;
}
