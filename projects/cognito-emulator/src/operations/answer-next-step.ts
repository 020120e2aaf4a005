import { invalidSession } from '../challenges/open-challenges';
import { stepOfCode } from '../challenges/totp';
import { ServiceError } from '../http/service-error';
import { requireWritable } from '../users/writable-attributes';
import { requiredParameter } from './call-input';
import { proceedAfter, requireSameUser, type ChallengeAnswer, type Respond } from './challenge-answer';

/** `NEW_PASSWORD_REQUIRED`. Attributes that are set at the same time are not asked for here, and are taken when they come. */
export const answerNewPassword: Respond = (world, answer) => {
  const { client, key, username, responses } = answer;
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
  return proceedAfter(world, attempt, answer);
};

const ATTRIBUTE = 'userAttributes.';

function newAttributes(responses: ChallengeAnswer['responses']): Readonly<Record<string, string>> {
  const entries = Object.entries(responses).filter(([name]) => name.startsWith(ATTRIBUTE));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(ATTRIBUTE.length), value]));
}

/** `SOFTWARE_TOKEN_MFA`. A wrong code leaves the challenge open: the user tries again. */
export const answerCode: Respond = async (world, answer) => {
  const { client, key, username, responses } = answer;
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
  return proceedAfter(world, { ...attempt, hasSecondFactor: true }, answer);
};

/** `MFA_SETUP`, with the session of VerifySoftwareToken. */
export const answerSetUp: Respond = (world, answer) => {
  const { client, key, username } = answer;
  const now = world.clock.now();
  const { attempt } = world.challenges.find(key, 'MFA_SETUP', client, now);
  requireSameUser(attempt, username);
  if (attempt.hasSecondFactor !== true) throw invalidSession();
  world.challenges.take(key, 'MFA_SETUP', client, now);
  return proceedAfter(world, attempt, answer);
};
