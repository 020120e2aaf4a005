import { isLegalPublicValue, serverPublicOf, verifierOf } from '../challenges/srp';
import { bigIntOf, hex, randomBytes, utf8 } from '../crypto/bytes';
import { sha256 } from '../crypto/digest';
import { ServiceError, invalidParameter } from '../http/service-error';
import type { ClientInPool, World } from '../pool/world';
import { requiredParameter, type CallInput } from './call-input';

const PRIVATE_BYTES = 32;

/** `InitiateAuth` with `USER_SRP_AUTH`: the first half, which gives salt, `SRP_B` and a secret block to sign. */
export async function srpSignIn(
  world: World,
  { pool, client }: ClientInPool,
  parameters: CallInput,
  deviceKey: string | undefined,
): Promise<object> {
  const name = requiredParameter(parameters, 'USERNAME');
  const clientPublic = parsePublicValue(requiredParameter(parameters, 'SRP_A'));
  const user = pool.findUser(name);
  if (user === undefined && !client.settings.preventUserExistenceErrors)
    throw new ServiceError('UserNotFoundException', 'User does not exist.');
  // Of a user that there is not, salt and id are the same each time as well: they must not tell.
  const digest = await sha256(utf8(`${pool.id}/${user?.sub ?? name}`));
  const userId = user?.username ?? uuidFrom(hex(digest));
  const salt = bigIntOf(digest.slice(0, 16));
  const password = user?.password ?? hex(randomBytes(PRIVATE_BYTES));
  const verifier = await verifierOf({ poolName: pool.name, userId }, password, salt);
  const serverPrivate = bigIntOf(randomBytes(PRIVATE_BYTES));
  const serverPublic = await serverPublicOf(verifier, serverPrivate);
  const exchange = { verifier, clientPublic, serverPrivate, serverPublic };
  const attempt = { pool, client, user, deviceKey };
  const secretBlock = world.challenges.start(
    { name: 'PASSWORD_VERIFIER', attempt, userId, exchange },
    world.clock.now(),
  );
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: salt.toString(16),
      SECRET_BLOCK: secretBlock,
      SRP_B: serverPublic.toString(16),
      USERNAME: userId,
      USER_ID_FOR_SRP: userId,
    },
  };
}

function parsePublicValue(text: string): bigint {
  if (!/^[0-9a-f]+$/i.test(text)) throw invalidParameter('SRP_A is not a number');
  const value = BigInt(`0x${text}`);
  if (!isLegalPublicValue(value)) throw invalidParameter('SRP_A is a multiple of N');
  return value;
}

function uuidFrom(digits: string): string {
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}
