import { requireDevice } from '../devices/device-of-session';
import { ServiceError, notAuthorized } from '../http/service-error';
import type { Client } from '../pool/client';
import { judgeRefreshToken, type RefreshTokenVerdict } from '../pool/judge-refresh-token';
import type { Pool } from '../pool/pool';
import type { RefreshTokenRecord, TokenFamily } from '../pool/token-records';
import type { User } from '../pool/user';
import type { World } from '../pool/world';
import type { AuthenticationResult } from '../tokens/authentication-result';
import { issueTokens } from '../tokens/issue-tokens';
import { runPreTokenGeneration } from '../tokens/run-pre-token-generation';

export interface RefreshRequest {
  readonly pool: Pool;
  readonly client: Client;
  readonly refreshToken: string;
  readonly deviceKey?: string | undefined;
  readonly clientMetadata?: Readonly<Record<string, string>>;
  /** How the client proves itself, which for `SECRET_HASH` takes the user's name. */
  readonly authenticateClient?: (user: User) => Promise<void>;
}

/** Gives new tokens for a refresh token, and a new refresh token with them if the client rotates. */
export async function redeemRefreshToken(
  world: World,
  request: RefreshRequest,
): Promise<AuthenticationResult> {
  const { pool, client, clientMetadata = {} } = request;
  const { user } = accept(world, request);
  await request.authenticateClient?.(user);
  const trigger = await runPreTokenGeneration(pool, {
    client,
    user,
    source: 'TokenGeneration_RefreshTokens',
    clientMetadata,
  });
  // The trigger took its time: what was acceptable before need not be any more.
  const { submitted } = accept(world, request);
  const now = world.clock.now();
  const refreshToken = pool.tokens.redeem(submitted, client.settings, now);
  const grant = { client, user, producedBy: submitted, refreshToken, trigger };
  const tokens = await issueTokens(pool, grant, now);
  return client.settings.rotation ? { ...tokens, RefreshToken: refreshToken.value } : tokens;
}

interface Accepted {
  readonly submitted: RefreshTokenRecord;
  readonly user: User;
}

function accept(world: World, request: RefreshRequest): Accepted {
  const { pool, client } = request;
  const submitted = pool.tokens.findRefreshToken(request.refreshToken);
  const verdict = judgeRefreshToken(
    submitted,
    client.clientId,
    client.settings.graceSeconds,
    world.clock.now(),
  );
  if (submitted === undefined || (verdict !== 'current' && verdict !== 'inGrace')) throw refusal(verdict);
  const user = requireEnabledUser(pool, submitted.family);
  requireDevice(pool, user, submitted.family, request.deviceKey);
  return { submitted, user };
}

/** Cognito says nearly everything with one exception; only the texts differ. */
function refusal(verdict: RefreshTokenVerdict): ServiceError {
  switch (verdict) {
    case 'revoked':
      return notAuthorized('Refresh Token has been revoked');
    case 'expired':
      return notAuthorized('Refresh Token has expired');
    case 'reused':
      return new ServiceError('RefreshTokenReuseException', 'Refresh token has already been used.');
    default:
      return notAuthorized('Invalid Refresh Token.');
  }
}

export function requireEnabledUser(pool: Pool, family: TokenFamily): User {
  const user = pool.users.get(family.username);
  if (user === undefined) throw new ServiceError('UserNotFoundException', 'User does not exist.');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  return user;
}
