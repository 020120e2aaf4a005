import { randomUUID } from 'node:crypto';
import { DEFAULT_IDENTITY_POOL_ID, type IdentityPoolConfig } from '../config/emulator-config';
import { DEFAULT_IDENTITY_POOL_SETTINGS, type IdentityPoolSettings } from '../config/identity-pool-settings';
import type { Pool } from '../pool/pool';

export interface Identity {
  readonly id: string;
  readonly identityPool: IdentityPool;
  /** Null for a guest. */
  readonly sub: string | null;
}

/** An identity pool that trusts one user pool. */
export class IdentityPool {
  private readonly identities = new Map<string, Identity>();

  constructor(
    readonly id: string,
    readonly userPool: Pool,
    public settings: IdentityPoolSettings,
  ) {}

  /** The same identity for the same user, always; a new one for every guest. */
  identityOf(sub: string | null): Identity {
    const known = [...this.identities.values()].find((each) => sub !== null && each.sub === sub);
    if (known !== undefined) return known;
    const identity = { id: `${this.id.split(':')[0] ?? ''}:${randomUUID()}`, identityPool: this, sub };
    this.identities.set(identity.id, identity);
    return identity;
  }

  findIdentity(id: string): Identity | undefined {
    return this.identities.get(id);
  }
}

export function seedIdentityPools(
  configs: readonly IdentityPoolConfig[] | undefined,
  pools: readonly Pool[],
): ReadonlyMap<string, IdentityPool> {
  const seeded = (configs ?? [{ id: DEFAULT_IDENTITY_POOL_ID }]).map((config) => {
    const userPool = pools.find((pool) => pool.id === (config.userPoolId ?? pools[0]?.id));
    if (userPool === undefined) throw new Error(`No user pool ${config.userPoolId ?? ''} for ${config.id}`);
    const { id, userPoolId: _, ...settings } = config;
    return new IdentityPool(id, userPool, { ...DEFAULT_IDENTITY_POOL_SETTINGS, ...settings });
  });
  return new Map(seeded.map((pool) => [pool.id, pool]));
}
