import type { UnprovedAttempt } from '../challenges/open-challenges';
import { isLegalPublicValue, serverPublicOf, verifierOf } from '../challenges/srp';
import { bigIntOf, hex, randomBytes, utf8 } from '../crypto/bytes';
import { sha256 } from '../crypto/digest';
import { invalidParameter } from '../http/service-error';
import type { World } from '../pool/world';
import { requiredParameter, type CallInput } from './call-input';
import { requireKnown } from './password-sign-in';

const PRIVATE_BYTES = 32;

/** `InitiateAuth` with `USER_SRP_AUTH`: the first half, which gives salt, `SRP_B` and a secret block to sign. */
export async function srpSignIn(
  world: World,
  attempt: UnprovedAttempt,
  parameters: CallInput,
): Promise<object> {
  const { pool, user, username } = attempt;
  const clientPublic = parsePublicValue(requiredParameter(parameters, 'SRP_A'));
  requireKnown(attempt);
  // Of a user that there is not, salt and id are the same each time as well: they must not tell.
  const digest = await sha256(utf8(`${pool.id}/${user?.sub ?? username}`));
  const userId = user?.username ?? uuidFrom(hex(digest));
  const salt = bigIntOf(digest.slice(0, 16));
  const password = user?.password ?? hex(randomBytes(PRIVATE_BYTES));
  const verifier = await verifierOf({ poolName: pool.name, userId }, password, salt);
  const serverPrivate = bigIntOf(randomBytes(PRIVATE_BYTES));
  const serverPublic = await serverPublicOf(verifier, serverPrivate);
  const exchange = { verifier, clientPublic, serverPrivate, serverPublic };
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
