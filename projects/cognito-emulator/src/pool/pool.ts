import type { PoolSettings } from '../config/pool-settings';
import type { PreTokenGeneration } from '../config/pre-token-generation';
import type { KeyRing } from '../tokens/key-ring';
import type { Client } from './client';
import { TokenStore } from './token-store';
import type { User } from './user';

/** A user pool and all it knows. */
export class Pool {
  readonly region: string;
  readonly clients = new Map<string, Client>();
  readonly users = new Map<string, User>();
  readonly tokens = new TokenStore();

  constructor(
    readonly id: string,
    readonly keys: KeyRing,
    public settings: PoolSettings,
    public preTokenGeneration: PreTokenGeneration | null,
  ) {
    this.region = regionOf(id);
  }

  /** Always the real form, never the local address: verifiers refuse anything else. */
  issuer(): string {
    const prefix = this.settings.issuerForm === 'updated' ? 'issuer-' : '';
    return `https://${prefix}${this.host()}/${this.id}`;
  }

  /** Its id without the region, which SRP hashes. */
  get name(): string {
    return this.id.slice(this.id.indexOf('_') + 1);
  }

  /** Where the real service has this pool. */
  host(): string {
    return `cognito-idp.${this.region}.${dnsSuffix(this.region)}`;
  }

  /** The key of this pool in the `Logins` of an identity pool, the same for both forms of the issuer. */
  providerName(): string {
    return `${this.host()}/${this.id}`;
  }

  /** Users sign in with their username or, as with an alias attribute, their e-mail address or sub. */
  findUser(name: string): User | undefined {
    const direct = this.users.get(name);
    if (direct !== undefined) return direct;
    return [...this.users.values()].find((user) => user.sub === name || user.attributes['email'] === name);
  }
}

/** The same form that aws-jwt-verify demands. */
const POOL_ID = /^((?:eusc-[a-z]{2}|[a-z]{2})-(?:gov-)?[a-z]+-\d)_[a-zA-Z0-9]+$/;

/** The partitions differ in it. */
function dnsSuffix(region: string): string {
  if (region.startsWith('cn-')) return 'amazonaws.com.cn';
  return region.startsWith('eusc-') ? 'amazonaws.eu' : 'amazonaws.com';
}

function regionOf(poolId: string): string {
  const region = POOL_ID.exec(poolId)?.[1];
  if (region === undefined)
    throw new Error(`Not a user pool id: "${poolId}" (expected e.g. eu-west-1_AbCdEf123)`);
  return region;
}
