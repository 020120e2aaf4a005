import { base64url } from 'jose';
import { sha256 } from '../crypto/digest';
import { utf8 } from '../crypto/bytes';
import { jsonAnswer, type Answer } from '../http/answer';
import { optionalString, type CallInput } from '../operations/call-input';
import { signInUser } from '../operations/password-sign-in';
import { redeemRefreshToken } from '../operations/redeem-refresh-token';
import { revokeRefreshToken } from '../operations/revoke-token';
import type { ClientInPool, World } from '../pool/world';
import type { AuthenticationResult } from '../tokens/authentication-result';
import { authenticateClient } from './authenticate-client';
import type { AuthorizationGrant } from './authorization-codes';
import { oauthError } from './oauth-error';

export interface FormRequest {
  readonly form: CallInput;
  readonly authorization: string | undefined;
}

/** `POST /oauth2/token`: the code once, the refresh token by the rules of the API. */
export async function tokenEndpoint(world: World, request: FormRequest): Promise<Answer> {
  const { form, authorization } = request;
  const found = authenticateClient(world, form, authorization);
  switch (optionalString(form, 'grant_type')) {
    case 'authorization_code':
      return exchangeCode(world, found, form);
    case 'refresh_token': {
      const refreshToken = optionalString(form, 'refresh_token');
      if (refreshToken === undefined) throw oauthError('invalid_request');
      const family = found.pool.tokens.findRefreshToken(refreshToken)?.family;
      const result = await redeemRefreshToken(world, { ...found, refreshToken });
      return tokenAnswer(result, family?.isManagedLogin !== true || hasOpenId(family.scope));
    }
    case undefined:
      throw oauthError('invalid_request');
    default:
      throw oauthError('unsupported_grant_type');
  }
}

/** `POST /oauth2/revoke`: 200 without a body, also for a token that is dead already. */
export function revokeEndpoint(world: World, { form, authorization }: FormRequest): Answer {
  const { pool, client } = authenticateClient(world, form, authorization);
  const token = optionalString(form, 'token');
  if (token === undefined) throw oauthError('invalid_request');
  revokeRefreshToken(pool, client, token);
  return { status: 200, headers: {}, body: '' };
}

async function exchangeCode(world: World, found: ClientInPool, form: CallInput): Promise<Answer> {
  const grant = world.managedLogin.codes.take(optionalString(form, 'code') ?? '', world.clock.now());
  if (grant?.clientId !== found.client.clientId || grant.redirectUri !== optionalString(form, 'redirect_uri'))
    throw oauthError('invalid_grant');
  await requireVerifier(grant, optionalString(form, 'code_verifier'));
  const user = found.pool.findUser(grant.username);
  if (user === undefined) throw oauthError('invalid_grant');
  const { scope, nonce, resource } = grant;
  const request = { ...found, scope, nonce, resource };
  return tokenAnswer(await signInUser(world, request, user), hasOpenId(scope));
}

async function requireVerifier(
  { codeChallenge }: AuthorizationGrant,
  verifier: string | undefined,
): Promise<void> {
  if (codeChallenge === null) return;
  const hash = base64url.encode(await sha256(utf8(verifier ?? '')));
  if (verifier === undefined || hash !== codeChallenge) throw oauthError('invalid_grant');
}

/** The ID token belongs to the scope `openid`; a sign-in by the API has no such scope and always gives one. */
function hasOpenId(scope: string): boolean {
  return scope.split(' ').includes('openid');
}

function tokenAnswer(result: AuthenticationResult, hasIdToken: boolean): Answer {
  const answer = jsonAnswer({
    ...(hasIdToken ? { id_token: result.IdToken } : {}),
    access_token: result.AccessToken,
    ...(result.RefreshToken === undefined ? {} : { refresh_token: result.RefreshToken }),
    expires_in: result.ExpiresIn,
    token_type: result.TokenType,
  });
  return { ...answer, headers: { ...answer.headers, 'Cache-Control': 'no-store', Pragma: 'no-cache' } };
}
