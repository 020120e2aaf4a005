import { invalidParameter, notAuthorized, type ServiceError } from '../http/service-error';
import type { User } from '../pool/user';
import { addressOf, redeemCode, sendCode, simulatedDelivery, wrongCode } from '../users/send-code';
import { readKnownCaller } from './account-caller';
import { requiredString } from './call-input';
import type { Operation } from './operation';

/** `ForgotPassword`: a code to a verified address. */
export const forgotPassword: Operation = async (world, input) => {
  const { user, username, hidesUsers } = await readKnownCaller(world, input);
  if (user?.status === 'FORCE_CHANGE_PASSWORD')
    throw notAuthorized('User password cannot be reset in the current state.');
  const obstacle = user === undefined ? null : obstacleOf(user);
  if (user === undefined || (obstacle !== null && hidesUsers)) return simulatedDelivery(username);
  if (obstacle !== null) throw obstacle;
  return sendCode(user, 'passwordReset', world.clock.now());
};

/** Why a user gets no code; null if the user does. */
function obstacleOf(user: User): ServiceError | null {
  if (!user.enabled) return notAuthorized('User is disabled.');
  const address = addressOf(user);
  return address !== null && user.attributes[`${address.attribute}_verified`] === 'true'
    ? null
    : invalidParameter(
        'Cannot reset password for the user as there is no registered/verified email or phone_number',
      );
}

/** `ConfirmForgotPassword`: the new password. Sessions of the user go on. */
export const confirmForgotPassword: Operation = async (world, input) => {
  const { user, hidesUsers } = await readKnownCaller(world, input);
  const code = requiredString(input, 'ConfirmationCode');
  const password = requiredString(input, 'Password');
  if (user === undefined || (!user.enabled && hidesUsers)) throw wrongCode();
  if (!user.enabled) throw notAuthorized('User is disabled.');
  redeemCode(user, 'passwordReset', code, world.clock.now());
  user.password = password;
  if (user.status === 'RESET_REQUIRED') user.status = 'CONFIRMED';
  return {};
};
