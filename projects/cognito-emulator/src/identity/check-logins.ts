import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import { notAuthorized, type ServiceError } from '../http/service-error';
import { stringMap, type CallInput } from '../operations/call-input';
import type { Pool } from '../pool/pool';
import { isAccessTokenRevoked } from '../pool/token-records';
import type { IdentityPool } from './identity-pool';
import type { VerifiedLogin } from './verified-login';

/** Who the `Logins` map says the caller is; empty for a guest, where guests are allowed. */
export async function checkLogins(
  identityPool: IdentityPool,
  input: CallInput,
  now: number,
): Promise<readonly VerifiedLogin[]> {
  const logins = Object.entries(stringMap(input, 'Logins'));
  if (logins.length === 0 && !identityPool.settings.allowUnauthenticated)
    throw notAuthorized('Unauthenticated access is not supported for this identity pool.');
  return Promise.all(
    logins.map(async ([provider, token]) => verifyLogin(identityPool, provider, token, now)),
  );
}

async function verifyLogin(
  { userPools, settings }: IdentityPool,
  provider: string,
  token: string,
  now: number,
): Promise<VerifiedLogin> {
  const userPool = userPools.find((pool) => pool.providerName() === provider);
  if (userPool === undefined)
    throw notAuthorized('Token is not from a supported provider of this identity pool.');
  const claims = await verifyIdToken(userPool, token, now);
  const record = userPool.tokens.findByIdToken(token);
  if (settings.serverSideTokenCheck && (record === undefined || isAccessTokenRevoked(record)))
    throw notAuthorized('Invalid login token. Token has been revoked.');
  return { provider, sub: claims.sub, claims };
}

async function verifyIdToken(
  userPool: Pool,
  idToken: string,
  now: number,
): Promise<VerifiedLogin['claims'] & { readonly sub: string }> {
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
  return { ...payload, sub };
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
