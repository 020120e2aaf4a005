import { CognitoJwtVerifier } from 'aws-jwt-verify';
import {
  FetchError,
  JwksNotAvailableInCacheError,
  JwksValidationError,
  JwkValidationError,
  WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import { SimpleJwksCache, type Jwks } from 'aws-jwt-verify/jwk';
import {
  expiresAtMs,
  readTokenSet,
  type RawTokens,
  type TokenSet,
} from '../../../ngx-cognito-session/src/lib/core/token-set';
import type { ResolvedOptions } from '../config/resolved-options';
import { InvalidTokensError, SessionUnavailableError } from '../errors/server-session-error';
import { answeredInTime } from './answered-in-time';

type Options = Pick<
  ResolvedOptions,
  'clientId' | 'fetch' | 'jwks' | 'keysUrl' | 'now' | 'userPoolId' | 'wait'
>;

/** Checks tokens that come from outside: signature, issuer, app client, use, expiry and that both are of one user. */
export type VerifyTokens = (raw: RawTokens) => Promise<TokenSet>;

/** Keys are fetched when the first token is verified, and kept. Rejects with `InvalidTokensError` or `SessionUnavailableError`. */
export function createTokenVerifier({
  userPoolId,
  clientId,
  jwks,
  keysUrl,
  now,
  wait,
  fetch,
}: Options): VerifyTokens {
  const jwksCache = new SimpleJwksCache({
    fetcher: {
      fetch: (ofIssuer) => answeredInTime(keysFrom(keysUrl ?? ofIssuer, fetch), { wait }),
    },
  });
  const verifierOf = (tokenUse: 'access' | 'id') => {
    const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse }, { jwksCache });
    if (jwks) verifier.cacheJwks(jwks as Jwks);
    return verifier;
  };
  const verifiers = { access: verifierOf('access'), id: verifierOf('id') };
  return async (raw) => {
    let tokens: TokenSet;
    try {
      // The shape first, so that a text that is not a token causes no request for keys.
      tokens = readTokenSet(raw, { clientId, userPoolId });
      await verifiers.access.verify(raw.accessToken);
      if (raw.idToken !== undefined) await verifiers.id.verify(raw.idToken);
    } catch (cause) {
      if (cause instanceof SessionUnavailableError) throw cause;
      if (areKeysMissing(cause)) throw new SessionUnavailableError('keysUnavailable', 5, { cause });
      throw new InvalidTokensError('The tokens are not valid for this user pool and app client.', { cause });
    }
    if (now() >= expiresAtMs(tokens)) throw new InvalidTokensError('The tokens have expired.');
    return tokens;
  };
}

async function keysFrom(uri: string, fetch: Options['fetch']): Promise<ArrayBuffer> {
  try {
    const response = await fetch(uri);
    if (response.ok) return await response.arrayBuffer();
    // An unread body keeps its connection.
    await response.body?.cancel();
  } catch {
    // The connection broke, perhaps within the answer.
  }
  throw new FetchError(uri, 'no keys');
}

/** Whether the verifier could not decide. An answer that holds no keys is that of a proxy. */
function areKeysMissing(error: unknown): boolean {
  return (
    error instanceof FetchError ||
    error instanceof JwksNotAvailableInCacheError ||
    error instanceof JwksValidationError ||
    error instanceof JwkValidationError ||
    error instanceof WaitPeriodNotYetEndedJwkError
  );
}
