import { notAuthorized } from '../http/service-error';
import type { Pool } from '../pool/pool';
import { isAccessTokenRevoked, type TokenFamily } from '../pool/token-records';
import type { User } from '../pool/user';
import type { World } from '../pool/world';
import { requireEnabledUser } from './redeem-refresh-token';

export interface AuthorizedUser {
  readonly pool: Pool;
  readonly user: User;
  readonly family: TokenFamily;
}

/** The check of every operation that takes an access token: issued here, to the letter, not expired, not revoked. */
export function authorizeAccessToken(world: World, token: string): AuthorizedUser {
  for (const pool of world.pools) {
    const record = pool.tokens.findAccessToken(token);
    if (record === undefined) continue;
    if (world.clock.now() >= record.expiresAt) throw notAuthorized('Access Token has expired');
    if (isAccessTokenRevoked(record)) throw notAuthorized('Access Token has been revoked');
    if (!record.scopes.includes(USER_ADMIN_SCOPE))
      throw notAuthorized('Access Token does not have required scopes');
    return { pool, user: requireEnabledUser(pool, record.family), family: record.family };
  }
  throw notAuthorized('Invalid Access Token');
}

const USER_ADMIN_SCOPE = 'aws.cognito.signin.user.admin';
