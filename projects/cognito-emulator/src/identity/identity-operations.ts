import { SignJWT } from 'jose';
import { optionalString, requiredString, type CallInput } from '../operations/call-input';
import type { Operation } from '../operations/operation';
import type { World } from '../pool/world';
import { checkLogins } from './check-logins';
import { chooseRole } from './choose-role';
import { requireIdentity, requireIdentityPool } from './find-identity';
import { forbidden, type Identity } from './identity';
import type { IdentityPool } from './identity-pool';
import type { VerifiedLogin } from './verified-login';

const OPEN_ID_TOKEN_SECONDS = 600;

/** `GetId`: the identity of the user behind the ID token, the same one every time. */
const getId: Operation = async (world, input) => {
  const identityPool = requireIdentityPool(world, requiredString(input, 'IdentityPoolId'));
  const logins = await checkLogins(identityPool, input, world.clock.now());
  return { IdentityId: identityPool.identityOf(logins).id };
};

/** `GetCredentialsForIdentity`: keys for an hour, whatever becomes of the session. They open the signed endpoints of this package. */
const getCredentialsForIdentity: Operation = async (world, input) => {
  const { identityPool, named, logins } = await readCaller(world, input);
  const { settings, id: identityPoolId } = identityPool;
  // Before an identity is linked: a refusal must leave everything as it was.
  const roleArn = chooseRole(settings, logins, optionalString(input, 'CustomRoleArn'));
  const identity = identityPool.claim(named, logins);
  const issuedAt = world.clock.now();
  const expirationSeconds = Math.floor(issuedAt / 1000) + settings.credentialsSeconds;
  const issued = world.credentials.issue({
    identityId: identity.id,
    identityPoolId,
    roleArn,
    isGuest: identity.state === 'guest',
    issuedAt,
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
  const { identityPool, named, logins } = await readCaller(world, input);
  const identity = identityPool.claim(named, logins);
  const issuedAt = Math.floor(world.clock.now() / 1000);
  const claims = {
    sub: identity.id,
    aud: identityPool.id,
    amr:
      logins.length === 0
        ? ['unauthenticated']
        : ['authenticated', ...logins.map(({ provider }) => provider)],
    iss: 'https://cognito-identity.amazonaws.com',
    jti: crypto.randomUUID(),
    iat: issuedAt,
    exp: issuedAt + OPEN_ID_TOKEN_SECONDS,
  };
  const { kid, privateKey } = await world.identityKeys.signingKey('id');
  const token = await new SignJWT(claims).setProtectedHeader({ kid, alg: 'RS256' }).sign(privateKey);
  return { IdentityId: identity.id, Token: token };
};

/** `UnlinkIdentity`: takes logins off the identity of the caller. */
const unlinkIdentity: Operation = async (world, input) => {
  const { identityPool, named, logins } = await readCaller(world, input);
  const identity = identityPool.claim(named, logins);
  const { LoginsToUnlink: providers } = input;
  identityPool.unlink(identity, Array.isArray(providers) ? providers.map(String) : []);
  return {};
};

/** What `AWSCognitoIdentityService.<name>` can be. */
export const IDENTITY_OPERATIONS: Readonly<Record<string, Operation>> = {
  GetCredentialsForIdentity: getCredentialsForIdentity,
  GetId: getId,
  GetOpenIdToken: getOpenIdToken,
  UnlinkIdentity: unlinkIdentity,
};

interface Caller {
  readonly identityPool: IdentityPool;
  readonly named: Identity;
  readonly logins: readonly VerifiedLogin[];
}

/** The identity that a call names, and who the caller is. Nothing is committed yet. */
async function readCaller(world: World, input: CallInput): Promise<Caller> {
  const { identityPool, identity: named } = requireIdentity(world, requiredString(input, 'IdentityId'));
  if (named.state !== 'guest' && input['Logins'] === undefined) throw forbidden(named);
  const logins = await checkLogins(identityPool, input, world.clock.now());
  return { identityPool, named, logins };
}
