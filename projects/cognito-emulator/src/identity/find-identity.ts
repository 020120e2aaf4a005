import { ServiceError } from '../http/service-error';
import type { World } from '../pool/world';
import type { Identity } from './identity';
import type { IdentityPool } from './identity-pool';

/** The identity pool with an id, or the first one. */
export function requireIdentityPool({ identityPools }: World, id?: string): IdentityPool {
  const [first] = identityPools.values();
  const pool = id === undefined ? first : identityPools.get(id);
  if (pool === undefined)
    throw new ServiceError('ResourceNotFoundException', `IdentityPool '${id ?? ''}' not found.`);
  return pool;
}

export interface IdentityInPool {
  readonly identityPool: IdentityPool;
  readonly identity: Identity;
}

export function requireIdentity({ identityPools }: World, id: string): IdentityInPool {
  for (const identityPool of identityPools.values()) {
    const identity = identityPool.findIdentity(id);
    if (identity !== undefined) return { identityPool, identity };
  }
  throw new ServiceError('ResourceNotFoundException', `Identity '${id}' not found.`);
}
