import { claimSignature, sharedKeyOf } from '../challenges/srp';
import { base64, fromBase64 } from '../crypto/bytes';
import { invalidParameter } from '../http/service-error';
import { requiredParameter } from './call-input';
import { proceedAfter, type Respond } from './challenge-answer';
import { wrongPassword } from './password-sign-in';

/** As Java reads it; the zone by a name, or as a distance from GMT. */
const TIMESTAMP =
  /^(Sun|Mon|Tue|Wed|Thu|Fri|Sat) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2} \d{1,2}:\d{1,2}:\d{1,2} [A-Z]{2,5}([+-]\d{1,2}:\d\d)? \d{4}$/;

/** `PASSWORD_VERIFIER`: the second half of SRP. */
export const answerPasswordProof: Respond = async (world, answer) => {
  const { client, key, username, responses } = answer;
  const timestamp = requiredParameter(responses, 'TIMESTAMP');
  const signature = requiredParameter(responses, 'PASSWORD_CLAIM_SIGNATURE');
  if (!TIMESTAMP.test(timestamp))
    throw invalidParameter('TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.');
  const challenge = world.challenges.take(key, 'PASSWORD_VERIFIER', client, world.clock.now());
  const { attempt, exchange, userId } = challenge;
  const srpUser = { poolName: attempt.pool.name, userId };
  const expected = await claimSignature(await sharedKeyOf(exchange), srpUser, fromBase64(key), timestamp);
  if (attempt.user === undefined || username !== userId || signature !== base64(expected))
    throw wrongPassword();
  return proceedAfter(world, { ...attempt, user: attempt.user }, answer);
};
