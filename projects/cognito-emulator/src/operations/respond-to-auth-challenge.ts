import type { SignInAttempt } from '../challenges/open-challenges';
import { claimSignature, sharedKeyOf } from '../challenges/srp';
import { stepOfCode } from '../challenges/totp';
import { base64, fromBase64 } from '../crypto/bytes';
import { ServiceError, invalidParameter, notAuthorized, notImplemented } from '../http/service-error';
import type { Client } from '../pool/client';
import { requireSecretHash } from '../pool/client-secret';
import { requireClient, type World } from '../pool/world';
import { requiredParameter, requiredString, stringMap } from './call-input';
import type { Operation } from './operation';
import { requireWritable } from '../users/writable-attributes';
import { wrongPassword } from './password-sign-in';
import { proceed } from './proceed';

/** An answer to an open challenge. */
interface Given {
  readonly client: Client;
  /** `Session`, or the secret block. */
  readonly key: string;
  readonly username: string;
  readonly responses: Readonly<Record<string, string>>;
}

/** `RespondToAuthChallenge`. */
export const respondToAuthChallenge: Operation = async (world, input) => {
  const name = requiredString(input, 'ChallengeName');
  const { client } = requireClient(world, requiredString(input, 'ClientId'));
  const responses = stringMap(input, 'ChallengeResponses');
  const username = requiredParameter(responses, 'USERNAME');
  const key =
    name === 'PASSWORD_VERIFIER'
      ? requiredParameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK')
      : requiredString(input, 'Session');
  await requireSecretHash(client, [username], responses['SECRET_HASH']);
  const attempt = await answer(world, name, { client, key, username, responses });
  return proceed(world, { ...attempt, deviceKey: responses['DEVICE_KEY'] ?? attempt.deviceKey });
};

function answer(world: World, name: string, given: Given): SignInAttempt | Promise<SignInAttempt> {
  switch (name) {
    case 'PASSWORD_VERIFIER':
      return provePassword(world, given);
    case 'NEW_PASSWORD_REQUIRED':
      return setNewPassword(world, given);
    case 'SOFTWARE_TOKEN_MFA':
      return showCode(world, given);
    default:
      throw notImplemented(`RespondToAuthChallenge with ${name}`);
  }
}

/** As Java reads it; the zone by a name, or as a distance from GMT. */
const TIMESTAMP =
  /^(Sun|Mon|Tue|Wed|Thu|Fri|Sat) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2} \d{1,2}:\d{1,2}:\d{1,2} [A-Z]{2,5}([+-]\d{1,2}:\d\d)? \d{4}$/;

async function provePassword(
  world: World,
  { client, key, username, responses }: Given,
): Promise<SignInAttempt> {
  const timestamp = requiredParameter(responses, 'TIMESTAMP');
  if (!TIMESTAMP.test(timestamp))
    throw invalidParameter('TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.');
  const challenge = world.challenges.take(key, 'PASSWORD_VERIFIER', client, world.clock.now());
  const { attempt, exchange, userId } = challenge;
  const signature = requiredParameter(responses, 'PASSWORD_CLAIM_SIGNATURE');
  const srpUser = { poolName: attempt.pool.name, userId };
  const expected = await claimSignature(await sharedKeyOf(exchange), srpUser, fromBase64(key), timestamp);
  if (attempt.user === undefined || username !== userId || signature !== base64(expected))
    throw wrongPassword();
  return { ...attempt, user: attempt.user };
}

/** Attributes that are set at the same time are not asked for here, and are taken when they come. */
function setNewPassword(world: World, { client, key, username, responses }: Given): SignInAttempt {
  const password = requiredParameter(responses, 'NEW_PASSWORD');
  const now = world.clock.now();
  const { attempt } = world.challenges.find(key, 'NEW_PASSWORD_REQUIRED', client, now);
  requireSameUser(attempt, username);
  const attributes = newAttributes(responses);
  requireWritable(Object.keys(attributes));
  world.challenges.take(key, 'NEW_PASSWORD_REQUIRED', client, now);
  const { user } = attempt;
  user.password = password;
  user.status = 'CONFIRMED';
  user.attributes = { ...user.attributes, ...attributes };
  return attempt;
}

const ATTRIBUTE = 'userAttributes.';

function newAttributes(responses: Given['responses']): Readonly<Record<string, string>> {
  const entries = Object.entries(responses).filter(([name]) => name.startsWith(ATTRIBUTE));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(ATTRIBUTE.length), value]));
}

/** A wrong code leaves the challenge open: the user tries again. */
async function showCode(world: World, { client, key, username, responses }: Given): Promise<SignInAttempt> {
  const code = requiredParameter(responses, 'SOFTWARE_TOKEN_MFA_CODE');
  const now = world.clock.now();
  const { attempt } = world.challenges.find(key, 'SOFTWARE_TOKEN_MFA', client, now);
  requireSameUser(attempt, username);
  const token = attempt.user.softwareToken;
  if (token === null)
    throw new ServiceError('SoftwareTokenMFANotFoundException', 'Software token MFA not found.');
  const step = await stepOfCode(token.secret, code, now);
  if (step === undefined) throw new ServiceError('CodeMismatchException', 'Invalid code received for user');
  if (token.usedSteps.has(step))
    throw new ServiceError('ExpiredCodeException', 'Your software token has already been used once.');
  world.challenges.take(key, 'SOFTWARE_TOKEN_MFA', client, now);
  token.usedSteps.add(step);
  return { ...attempt, hasSecondFactor: true };
}

function requireSameUser({ user, pool }: SignInAttempt, username: string): void {
  if (pool.findUser(username) !== user) throw notAuthorized('Invalid session for the user.');
}
