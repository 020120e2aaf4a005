import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import { notAuthorized, type ServiceError } from '../http/service-error';
import { stringMap, type CallInput } from '../operations/call-input';
import { isAccessTokenRevoked } from '../pool/token-records';
import type { IdentityPool } from './identity-pool';

/** Who the `Logins` map says the caller is: a sub, or null without logins where guests are allowed. */
export async function checkLogins(
  identityPool: IdentityPool,
  input: CallInput,
  now: number,
): Promise<string | null> {
  const logins = Object.entries(stringMap(input, 'Logins'));
  const [login] = logins;
  if (login === undefined) {
    if (identityPool.settings.allowUnauthenticated) return null;
    throw notAuthorized('Unauthenticated access is not supported for this identity pool.');
  }
  const [provider, idToken] = login;
  const { userPool } = identityPool;
  if (provider !== `cognito-idp.${userPool.region}.amazonaws.com/${userPool.id}`)
    throw notAuthorized('Token is not from a supported provider of this identity pool.');
  return verifyIdToken(identityPool, idToken, now);
}

async function verifyIdToken(
  { userPool, settings }: IdentityPool,
  idToken: string,
  now: number,
): Promise<string> {
  const keys = createLocalJWKSet(await userPool.keys.jwks());
  const options = { currentDate: new Date(now), audience: [...userPool.clients.keys()] };
  const { payload } = await jwtVerify(idToken, keys, options).catch((error: unknown) => {
    throw loginRefusal(error);
  });
  const { token_use: use, sub } = payload;
  if (use !== 'id' || sub === undefined)
    throw notAuthorized('Invalid login token. Not a valid OpenId Connect identity token.');
  if (!payload.iss?.endsWith(`/${userPool.id}`))
    throw notAuthorized("Invalid login token. Issuer doesn't match providerName");
  const record = userPool.tokens.findByIdToken(idToken);
  if (settings.serverSideTokenCheck && (record === undefined || isAccessTokenRevoked(record)))
    throw notAuthorized('Invalid login token. Token has been revoked.');
  return sub;
}

function loginRefusal(error: unknown): ServiceError {
  if (error instanceof errors.JWTExpired) {
    const { exp } = error.payload;
    return notAuthorized(`Invalid login token. Token expired: ${exp ?? 0}`);
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return notAuthorized('Invalid login token. Incorrect token audience.');
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return notAuthorized('Invalid login token. Token signature invalid.');
  return notAuthorized('Invalid login token. Not a valid OpenId Connect identity token.');
}
