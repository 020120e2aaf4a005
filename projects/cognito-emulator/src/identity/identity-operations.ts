import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { ServiceError, notAuthorized } from '../http/service-error';
import { requiredString } from '../operations/call-input';
import type { Operation } from '../operations/operation';
import type { World } from '../pool/world';
import { checkLogins } from './check-logins';
import type { Identity } from './identity-pool';

const OPEN_ID_TOKEN_SECONDS = 600;

/** `GetId`: the identity of the user behind the ID token, the same one every time. */
const getId: Operation = async (world, input) => {
  const poolId = requiredString(input, 'IdentityPoolId');
  const identityPool = world.identityPools.get(poolId);
  if (identityPool === undefined)
    throw new ServiceError('ResourceNotFoundException', `IdentityPool '${poolId}' not found.`);
  const sub = await checkLogins(identityPool, input, world.clock.now());
  return { IdentityId: identityPool.identityOf(sub).id };
};

/** `GetCredentialsForIdentity`: keys for an hour, whatever becomes of the session. They open the signed endpoints of this package. */
const getCredentialsForIdentity: Operation = async (world, input) => {
  const identity = requireIdentity(world, requiredString(input, 'IdentityId'));
  const now = world.clock.now();
  await requireOwner(identity, input, now);
  const isGuest = identity.sub === null;
  const { id: identityPoolId, settings } = identity.identityPool;
  const expirationSeconds = Math.floor(now / 1000) + settings.credentialsSeconds;
  const issued = world.credentials.issue({
    identityId: identity.id,
    identityPoolId,
    roleArn: isGuest ? settings.unauthenticatedRole : settings.authenticatedRole,
    isGuest,
    issuedAt: now,
    expiresAt: expirationSeconds * 1000,
  });
  return {
    IdentityId: identity.id,
    Credentials: {
      AccessKeyId: issued.accessKeyId,
      SecretKey: issued.secretAccessKey,
      SessionToken: issued.sessionToken,
      Expiration: expirationSeconds,
    },
  };
};

/** `GetOpenIdToken`: the first half of the basic flow. */
const getOpenIdToken: Operation = async (world, input) => {
  const identity = requireIdentity(world, requiredString(input, 'IdentityId'));
  const now = world.clock.now();
  await requireOwner(identity, input, now);
  const issuedAt = Math.floor(now / 1000);
  const { userPool, id } = identity.identityPool;
  const { kid, privateKey } = await userPool.keys.signingKey('id');
  const claims = {
    sub: identity.id,
    aud: id,
    amr: [identity.sub === null ? 'unauthenticated' : 'authenticated'],
    iss: 'https://cognito-identity.amazonaws.com',
    jti: randomUUID(),
    iat: issuedAt,
    exp: issuedAt + OPEN_ID_TOKEN_SECONDS,
  };
  const token = await new SignJWT(claims).setProtectedHeader({ kid, alg: 'RS256' }).sign(privateKey);
  return { IdentityId: identity.id, Token: token };
};

/** What `AWSCognitoIdentityService.<name>` can be. */
export const IDENTITY_OPERATIONS: Readonly<Record<string, Operation>> = {
  GetCredentialsForIdentity: getCredentialsForIdentity,
  GetId: getId,
  GetOpenIdToken: getOpenIdToken,
};

function requireIdentity({ identityPools }: World, id: string): Identity {
  for (const pool of identityPools.values()) {
    const identity = pool.findIdentity(id);
    if (identity !== undefined) return identity;
  }
  throw new ServiceError('ResourceNotFoundException', `Identity '${id}' not found.`);
}

async function requireOwner(identity: Identity, input: Parameters<Operation>[1], now: number): Promise<void> {
  if (identity.sub !== null && input['Logins'] === undefined)
    throw notAuthorized(`Access to Identity '${identity.id}' is forbidden.`);
  const sub = await checkLogins(identity.identityPool, input, now);
  if (sub !== identity.sub)
    throw notAuthorized(
      "Logins don't match. Please include at least one valid login for this identity or identity pool.",
    );
}
