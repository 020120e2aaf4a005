import { invalidParameter, notAuthorized } from '../http/service-error';
import { addressOf, redeemCode, sendCode, simulatedDelivery, wrongCode } from '../users/send-code';
import { readKnownCaller } from './account-caller';
import { requiredString } from './call-input';
import type { Operation } from './operation';

/** `ForgotPassword`: a code to a verified address. */
export const forgotPassword: Operation = async (world, input) => {
  const { user, username } = await readKnownCaller(world, input);
  if (user === undefined) return simulatedDelivery(username);
  if (!user.enabled) throw notAuthorized('User is disabled.');
  const address = addressOf(user);
  if (address === null || user.attributes[`${address.attribute}_verified`] !== 'true')
    throw invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  return sendCode(user, 'passwordReset', world.clock.now());
};

/** `ConfirmForgotPassword`: the new password. Sessions of the user go on. */
export const confirmForgotPassword: Operation = async (world, input) => {
  const { user } = await readKnownCaller(world, input);
  const code = requiredString(input, 'ConfirmationCode');
  const password = requiredString(input, 'Password');
  if (user === undefined) throw wrongCode();
  redeemCode(user, 'passwordReset', code, world.clock.now());
  user.password = password;
  if (user.status === 'RESET_REQUIRED') user.status = 'CONFIRMED';
  return {};
};
