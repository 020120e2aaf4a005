import type { UnprovedAttempt } from '../challenges/open-challenges';
import { deviceOfSignIn } from '../devices/device-of-session';
import { ServiceError, notAuthorized } from '../http/service-error';
import type { Client } from '../pool/client';
import type { Pool } from '../pool/pool';
import type { User } from '../pool/user';
import type { World } from '../pool/world';
import type { SignInResult } from '../tokens/authentication-result';
import { issueTokens } from '../tokens/issue-tokens';
import { runPreTokenGeneration } from '../tokens/run-pre-token-generation';

/** The only scope that a sign-in by the API gives. */
export const API_SCOPE = 'aws.cognito.signin.user.admin';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface SignInRequest {
  readonly pool: Pool;
  readonly client: Client;
  readonly deviceKey?: string | undefined;
  /** Default: the scope of an API sign-in. Others come by managed login. */
  readonly scope?: string;
  readonly nonce?: string | undefined;
  readonly resource?: string | undefined;
}

/** Starts a token family for a user who has already proved who they are. */
export async function signInUser(world: World, request: SignInRequest, user: User): Promise<SignInResult> {
  const { pool, client, scope, nonce } = request;
  requireUsable(user);
  const source = scope === undefined ? 'TokenGeneration_Authentication' : 'TokenGeneration_HostedAuth';
  const trigger = await runPreTokenGeneration(pool, { client, user, source });
  const { deviceKey, metadata } = deviceOfSignIn(pool, user, request.deviceKey);
  const now = world.clock.now();
  const seed = {
    username: user.username,
    clientId: client.clientId,
    scope: scope ?? API_SCOPE,
    resource: request.resource ?? null,
    isManagedLogin: scope !== undefined,
    deviceKey,
  };
  const { sessionTracking, maxSessionsPerUser } = pool.settings;
  if (sessionTracking) pool.tokens.evict(user.username, maxSessionsPerUser - 1, now);
  const refreshToken = pool.tokens.startFamily(seed, client.settings, now);
  const grant = { client, user, producedBy: refreshToken, refreshToken, trigger, nonce };
  const tokens = await issueTokens(pool, grant, now);
  const withRefreshToken = { ...tokens, RefreshToken: refreshToken.value };
  return metadata === null ? withRefreshToken : { ...withRefreshToken, NewDeviceMetadata: metadata };
}

export function checkPassword(pool: Pool, client: Client, { username, password }: Credentials): User {
  const user = pool.findUser(username);
  requireKnown({ client, user });
  if (user?.password !== password) throw wrongPassword();
  return user;
}

/** An unknown user looks like a wrong password where the client hides who exists. */
export function requireKnown({ client, user }: Pick<UnprovedAttempt, 'client' | 'user'>): void {
  if (user === undefined && !client.settings.preventUserExistenceErrors)
    throw new ServiceError('UserNotFoundException', 'User does not exist.');
}

export function wrongPassword(): ServiceError {
  return notAuthorized('Incorrect username or password.');
}

export function requireUsable(user: User): void {
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (user.status === 'UNCONFIRMED')
    throw new ServiceError('UserNotConfirmedException', 'User is not confirmed.');
  if (user.status === 'RESET_REQUIRED')
    throw new ServiceError('PasswordResetRequiredException', 'Password reset required for the user');
}
