import { DEFAULT_IDENTITY_POOL_ID, type IdentityPoolConfig } from '../config/emulator-config';
import { DEFAULT_IDENTITY_POOL_SETTINGS, type IdentityPoolSettings } from '../config/identity-pool-settings';
import { ServiceError, notAuthorized } from '../http/service-error';
import type { Pool } from '../pool/pool';
import { forbidden, type Identity } from './identity';
import type { VerifiedLogin } from './verified-login';

/** An identity pool, its identities and which logins belong to which. Every change is synchronous. */
export class IdentityPool {
  private readonly identities = new Map<string, Identity>();

  constructor(
    readonly id: string,
    /** Whose ID tokens are accepted. */
    readonly userPools: readonly Pool[],
    public settings: IdentityPoolSettings,
  ) {}

  /** The identity of a user, always the same one; a new one for every guest. All logins of one call are of one identity from then on. */
  identityOf(logins: readonly VerifiedLogin[]): Identity {
    const identity = this.ownerOf(logins) ?? this.newIdentity();
    link(identity, logins);
    return identity;
  }

  /**
   * The identity that a caller gets who names one and proves logins. A guest's identity that comes with logins becomes the user's, if the user
   * has none yet; else it is merged into the one that the user has, and is disabled.
   */
  claim(named: Identity, logins: readonly VerifiedLogin[]): Identity {
    if (named.state === 'disabled' || (named.state === 'linked' && logins.length === 0))
      throw forbidden(named);
    const owner = this.ownerOf(logins);
    const identity = named.state === 'guest' ? (owner ?? named) : named;
    if (named.state === 'linked' && !logins.some((login) => isLinked(named, login)))
      throw notAuthorized(
        "Logins don't match. Please include at least one valid login for this identity or identity pool.",
      );
    link(identity, logins);
    if (identity !== named) named.state = 'disabled';
    return identity;
  }

  /** Unlinked logins are of a new identity the next time they are seen. Without providers all are unlinked. */
  unlink(identity: Identity, providers: readonly string[] = [...identity.logins.keys()]): void {
    for (const provider of providers) identity.logins.delete(provider);
    if (identity.state === 'linked' && identity.logins.size === 0) identity.state = 'disabled';
  }

  delete(identity: Identity): void {
    this.identities.delete(identity.id);
  }

  findIdentity(id: string): Identity | undefined {
    return this.identities.get(id);
  }

  all(): readonly Identity[] {
    return [...this.identities.values()];
  }

  /** The one identity that the logins belong to; undefined if they were never seen. */
  private ownerOf(logins: readonly VerifiedLogin[]): Identity | undefined {
    const owners = this.all().filter((each) => logins.some((login) => isLinked(each, login)));
    const [owner, ...others] = owners;
    if (others.length > 0) throw conflict();
    return owner;
  }

  private newIdentity(): Identity {
    const region = this.id.split(':')[0] ?? '';
    const id = `${region}:${crypto.randomUUID()}`;
    const identity: Identity = { id, identityPoolId: this.id, state: 'guest', logins: new Map() };
    this.identities.set(id, identity);
    return identity;
  }
}

const isLinked = ({ logins }: Identity, { provider, sub }: VerifiedLogin): boolean =>
  logins.get(provider) === sub;

/** Links what is not linked yet; an identity has one login of each provider. */
function link(identity: Identity, logins: readonly VerifiedLogin[]): void {
  for (const { provider, sub } of logins)
    if (![sub, undefined].includes(identity.logins.get(provider))) throw conflict();
  for (const { provider, sub } of logins) identity.logins.set(provider, sub);
  if (logins.length > 0) identity.state = 'linked';
}

function conflict(): ServiceError {
  return new ServiceError('ResourceConflictException', 'Login already linked to another identity.');
}

export function seedIdentityPools(
  configs: readonly IdentityPoolConfig[] | undefined,
  pools: readonly Pool[],
): ReadonlyMap<string, IdentityPool> {
  const seeded = (configs ?? [{ id: DEFAULT_IDENTITY_POOL_ID }]).map((config) => {
    const { id, userPoolIds = pools.slice(0, 1).map((pool) => pool.id), ...settings } = config;
    const userPools = userPoolIds.map((userPoolId) => {
      const userPool = pools.find((pool) => pool.id === userPoolId);
      if (userPool === undefined) throw new Error(`No user pool ${userPoolId} for ${id}`);
      return userPool;
    });
    return new IdentityPool(id, userPools, { ...DEFAULT_IDENTITY_POOL_SETTINGS, ...settings });
  });
  return new Map(seeded.map((pool) => [pool.id, pool]));
}
