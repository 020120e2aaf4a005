import { judgeRefreshToken } from './judge-refresh-token';
import { isAccessTokenRevoked } from './token-records';
import type { World } from './world';

/** Which refresh tokens to look at: those of a user, or those of the family that a given token belongs to. */
export interface RefreshTokenQuery {
  /** Those of this user. */
  username?: string;
  /** Those of the sign-in that this refresh token belongs to. */
  familyOf?: string;
}

/** A refresh token that the service would accept now. */
export interface LiveRefreshToken {
  /** The refresh token itself. */
  readonly token: string;
  /** The same for all refresh tokens of one sign-in. */
  readonly familyId: string;
  /** Whose it is. */
  readonly username: string;
  /** The app client that it was issued to. */
  readonly clientId: string;
  /** `inGrace`: rotated out, but still accepted. */
  readonly state: 'current' | 'inGrace';
}

/** What the emulator thinks of an access token at a moment. */
export interface AccessTokenStatus {
  /** Whether this emulator issued it. */
  readonly isKnown: boolean;
  /** Whether it has expired by the moment asked for. */
  readonly isExpired: boolean;
  /** Whether it is revoked now. */
  readonly isRevoked: boolean;
  /** Known, issued by then, not expired, not revoked. */
  readonly isValid: boolean;
  /** Whose it is; null if this emulator did not issue it. */
  readonly username: string | null;
}

/** After sign-out and quiet this has to be empty. */
export function liveRefreshTokens(world: World, query: RefreshTokenQuery): LiveRefreshToken[] {
  const now = world.clock.now();
  return world.pools.flatMap((pool) => {
    const familyId = query.familyOf && pool.tokens.findRefreshToken(query.familyOf)?.family.id;
    return pool.tokens.allRefreshTokens().flatMap((record): LiveRefreshToken[] => {
      const { family } = record;
      if (query.username !== undefined && family.username !== query.username) return [];
      if (query.familyOf !== undefined && family.id !== familyId) return [];
      if (pool.users.get(family.username)?.enabled !== true) return [];
      const graceSeconds = pool.clients.get(family.clientId)?.settings.graceSeconds ?? 0;
      const state = judgeRefreshToken(record, family.clientId, graceSeconds, now);
      if (state !== 'current' && state !== 'inGrace') return [];
      return [
        {
          token: record.value,
          familyId: family.id,
          username: family.username,
          clientId: family.clientId,
          state,
        },
      ];
    });
  });
}

const UNKNOWN: AccessTokenStatus = {
  isKnown: false,
  isExpired: false,
  isRevoked: false,
  isValid: false,
  username: null,
};

/** Judged as of now for revocation, which has no date, and as of `at` for expiry. */
export function accessTokenStatus(world: World, token: string, at: number): AccessTokenStatus {
  for (const pool of world.pools) {
    const record = pool.tokens.findAccessToken(token);
    if (record === undefined) continue;
    const isExpired = at >= record.expiresAt;
    const isRevoked = isAccessTokenRevoked(record);
    const isValid = !isExpired && !isRevoked && Math.floor(record.issuedAt / 1000) * 1000 <= at;
    return { isKnown: true, isExpired, isRevoked, isValid, username: record.family.username };
  }
  return UNKNOWN;
}
