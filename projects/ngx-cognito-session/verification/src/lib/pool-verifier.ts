import { CognitoJwtVerifier } from 'aws-jwt-verify/cognito-verifier';
import {
  FetchError,
  JwkInvalidKtyError,
  JwkInvalidUseError,
  JwksNotAvailableInCacheError,
  JwksValidationError,
  JwkValidationError,
  JwtBaseError,
  KidNotFoundInJwksError,
  WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import { SimpleJwksCache, type Jwks } from 'aws-jwt-verify/jwk';
import type { SchedulerLike } from 'rxjs';
import { SessionError } from 'ngx-cognito-session';
import type { Verify } from './verify';
import { PoolKeys } from './pool-keys';
import type { TokenVerificationOptions } from './token-verification-options';

interface PoolVerifierOptions extends TokenVerificationOptions {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly scheduler: SchedulerLike;
}

/** Verifies tokens of one user pool and app client. Keys are fetched with the first of them, and kept. */
export function createPoolVerifier({
  userPoolId,
  clientId,
  scheduler,
  jwks,
  fetch: send,
}: PoolVerifierOptions): Verify {
  const keys = new PoolKeys(send ?? ((...call) => fetch(...call)), scheduler);
  const { penaltyBox } = keys;
  const jwksCache = new SimpleJwksCache({ fetcher: keys, penaltyBox });
  const verifierOf = (tokenUse: 'access' | 'id') => {
    // Whether tokens have expired is for the session to say: it knows Cognito's time, and may refresh them.
    const expected = { userPoolId, clientId, tokenUse, graceSeconds: Infinity };
    const verifier = CognitoJwtVerifier.create(expected, { jwksCache });
    if (jwks !== undefined) verifier.cacheJwks(jwks as Jwks);
    return verifier;
  };
  const verifiers = { access: verifierOf('access'), id: verifierOf('id') };
  const verifyOne = async (use: 'access' | 'id', token: string) => {
    // Another verification may fetch the keys again meanwhile: then this one has still seen old ones.
    const { mayBeOld } = keys;
    try {
      await verifiers[use].verify(token);
    } catch (error) {
      if (!(mayBeOld && error instanceof KidNotFoundInJwksError)) throw error;
      keys.allowRequest();
      await verifiers[use].verify(token);
    }
  };
  return async ({ accessToken, idToken }) => {
    try {
      await verifyOne('access', accessToken);
      if (idToken !== undefined) await verifyOne('id', idToken);
    } catch (error) {
      throw toSessionError(error);
    }
  };
}

/** Everything that the verifier has against a token is a forgery. What keeps it from deciding is not. */
function toSessionError(cause: unknown): SessionError {
  if (cause instanceof FetchError)
    return new SessionError('networkError', 'The keys of the user pool could not be fetched.', { cause });
  if (UNUSABLE_KEYS.some((kind) => cause instanceof kind))
    return new SessionError('invalidResponse', 'The keys of the user pool are not usable.', { cause });
  if (cause instanceof WaitPeriodNotYetEndedJwkError || cause instanceof JwksNotAvailableInCacheError)
    return new SessionError('serviceError', 'The keys of the user pool are not asked for again yet.', {
      cause,
    });
  if (cause instanceof JwtBaseError)
    return new SessionError(
      'invalidToken',
      'The token is not a genuine one of this user pool and app client.',
      {
        cause,
      },
    );
  return new SessionError(
    'serviceError',
    'The tokens could not be verified. WebCrypto needs a secure context: https, or localhost.',
    { cause },
  );
}

const UNUSABLE_KEYS = [
  JwksValidationError,
  JwkValidationError,
  JwkInvalidUseError,
  JwkInvalidKtyError,
] as const;
