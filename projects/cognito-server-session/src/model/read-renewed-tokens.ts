import type { ExpectedIssuance } from '../../../ngx-cognito-session/src/lib/core/claims';
import {
  expiresAtMs,
  mergeRenewedTokens,
  type RawTokens,
  type TokenSet,
} from '../../../ngx-cognito-session/src/lib/core/token-set';
import { readJwt } from '../../../ngx-cognito-session/src/lib/core/jwt-parts';
import { SessionError } from '../../../ngx-cognito-session/src/lib/errors/session-error';

/**
 * The tokens of a good answer. Throws `invalidResponse` for tokens of another user or app client, for tokens that are not
 * newer than those held, and for expired ones: a cache or a proxy in between gave them. Pure.
 */
export function readRenewedTokens(
  held: TokenSet,
  renewed: RawTokens,
  { expected, now }: { readonly expected: ExpectedIssuance; readonly now: number },
): TokenSet {
  const tokens = mergeRenewedTokens(held, renewed, expected);
  const isOlder = tokens.accessToken === held.accessToken || tokens.accessClaims.iat < held.accessClaims.iat;
  if (isOlder) throw new SessionError('invalidResponse', 'The renewed tokens are not newer than those held.');
  if (now >= expiresAtMs(tokens))
    throw new SessionError('invalidResponse', 'The renewed tokens have expired.');
  return tokens;
}

/** Whether the answer is for another user. Its refresh token does not belong to this session either. Pure. */
export function isOfAnotherUser(held: TokenSet, renewed: RawTokens): boolean {
  try {
    return readJwt(renewed.accessToken).payload['sub'] !== held.accessClaims.sub;
  } catch {
    return false;
  }
}
