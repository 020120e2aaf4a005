import { invalidParameter, notImplemented } from '../http/service-error';
import { requireSecretHash } from '../pool/client-secret';
import { requireClient } from '../pool/world';
import { answerChoice, answerEmailCode, answerWithPassword } from './answer-first-factor';
import { answerCode, answerNewPassword, answerSetUp } from './answer-next-step';
import { answerPasswordProof } from './answer-password-proof';
import { requiredParameter, requiredString, stringMap } from './call-input';
import type { Respond } from './challenge-answer';
import type { Operation } from './operation';

const CHALLENGES: ReadonlyMap<string, Respond> = new Map([
  ['PASSWORD_VERIFIER', answerPasswordProof],
  ['NEW_PASSWORD_REQUIRED', answerNewPassword],
  ['SOFTWARE_TOKEN_MFA', answerCode],
  ['MFA_SETUP', answerSetUp],
  ['SELECT_CHALLENGE', answerChoice],
  ['PASSWORD', answerWithPassword('PASSWORD')],
  ['PASSWORD_SRP', answerWithPassword('PASSWORD_SRP')],
  ['EMAIL_OTP', answerEmailCode],
]);

/** What only the real service has. */
const OTHER_CHALLENGES = new Set([
  'ADMIN_NO_SRP_AUTH',
  'CUSTOM_CHALLENGE',
  'DEVICE_PASSWORD_VERIFIER',
  'DEVICE_SRP_AUTH',
  'EMAIL_MFA',
  'SELECT_MFA_TYPE',
  'SMS_MFA',
  'SMS_OTP',
  'WEB_AUTHN',
]);

/** `RespondToAuthChallenge`. */
export const respondToAuthChallenge: Operation = async (world, input) => {
  const name = requiredString(input, 'ChallengeName');
  const respond = CHALLENGES.get(name);
  if (respond === undefined)
    throw OTHER_CHALLENGES.has(name)
      ? notImplemented(`RespondToAuthChallenge with ${name}`)
      : invalidParameter(`${name} is no challenge`);
  const { client } = requireClient(world, requiredString(input, 'ClientId'));
  const responses = stringMap(input, 'ChallengeResponses');
  const username = requiredParameter(responses, 'USERNAME');
  const key =
    name === 'PASSWORD_VERIFIER'
      ? requiredParameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK')
      : requiredString(input, 'Session');
  await requireSecretHash(client, [username], responses['SECRET_HASH']);
  return respond(world, { client, key, username, responses });
};
