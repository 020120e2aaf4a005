import type { FirstFactor } from '../challenges/open-challenges';
import { ServiceError, invalidParameter } from '../http/service-error';
import { redeemCode } from '../users/send-code';
import { requiredParameter } from './call-input';
import { proceedAfter, requireSameUser, type Respond } from './challenge-answer';
import { askFor, firstFactorsOf, takePassword } from './first-factor';
import { srpSignIn } from './srp-sign-in';

/** `SELECT_CHALLENGE`. */
export const answerChoice: Respond = (world, { client, key, username, responses }) => {
  const now = world.clock.now();
  const { attempt } = world.challenges.find(key, 'SELECT_CHALLENGE', client, now);
  requireSameUser(attempt, username);
  const chosen = requiredParameter(responses, 'ANSWER');
  const factor = firstFactorsOf(attempt).find((each) => each === chosen);
  if (factor === undefined) throw invalidParameter(`${chosen} is not available`);
  world.challenges.take(key, 'SELECT_CHALLENGE', client, now);
  return askFor(world, factor, attempt, responses);
};

/** `PASSWORD` and `PASSWORD_SRP`. A wrong password ends the sign-in. */
export const answerWithPassword =
  (name: Exclude<FirstFactor, 'EMAIL_OTP'>): Respond =>
  (world, { client, key, username, responses }) => {
    requiredParameter(responses, name === 'PASSWORD' ? 'PASSWORD' : 'SRP_A');
    const { attempt } = world.challenges.take(key, name, client, world.clock.now());
    requireSameUser(attempt, username);
    const named = { ...attempt, deviceKey: responses['DEVICE_KEY'] ?? attempt.deviceKey };
    return name === 'PASSWORD' ? takePassword(world, named, responses) : srpSignIn(world, named, responses);
  };

/** `EMAIL_OTP`. A wrong code leaves the challenge open: the user tries again. */
export const answerEmailCode: Respond = (world, answer) => {
  const { client, key, username, responses } = answer;
  const code = requiredParameter(responses, 'EMAIL_OTP_CODE');
  const now = world.clock.now();
  const { attempt } = world.challenges.find(key, 'EMAIL_OTP', client, now);
  requireSameUser(attempt, username);
  const { user } = attempt;
  if (user?.sentCodes.get('signIn')?.value !== code)
    throw new ServiceError('CodeMismatchException', 'Invalid code or auth state for the user.');
  redeemCode(user, 'signIn', code, now);
  world.challenges.take(key, 'EMAIL_OTP', client, now);
  return proceedAfter(world, { ...attempt, user }, answer);
};
