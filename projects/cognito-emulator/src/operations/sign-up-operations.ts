import { ServiceError, invalidParameter, notAuthorized } from '../http/service-error';
import { seedUser } from '../pool/seed-pool';
import { addressOf, expiredCode, redeemCode, sendCode, simulatedDelivery } from '../users/send-code';
import { requireWritable } from '../users/writable-attributes';
import { readAccountCaller, readKnownCaller } from './account-caller';
import { isRecord, requiredString, type CallInput } from './call-input';
import type { Operation } from './operation';

/** `SignUp`: the user is there, and cannot sign in before the confirmation. */
export const signUp: Operation = async (world, input) => {
  const { pool, username } = await readAccountCaller(world, input);
  const password = requiredString(input, 'Password');
  // Looked for again: another sign-up may have come in between.
  if (pool.findUser(username) !== undefined)
    throw new ServiceError('UsernameExistsException', 'User already exists');
  const attributes = attributesOf(input);
  requireWritable(Object.keys(attributes));
  const user = seedUser({ username, password, attributes, status: 'UNCONFIRMED' });
  pool.users.set(username, user);
  return {
    UserConfirmed: false,
    UserSub: user.sub,
    ...sendCode(user, 'confirmation', world.clock.now()),
  };
};

/** `ConfirmSignUp`: the code also verifies the address that it went to. */
export const confirmSignUp: Operation = async (world, input) => {
  const { user } = await readKnownCaller(world, input);
  const code = requiredString(input, 'ConfirmationCode');
  if (user === undefined) throw expiredCode();
  if (user.status !== 'UNCONFIRMED')
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  redeemCode(user, 'confirmation', code, world.clock.now());
  user.status = 'CONFIRMED';
  const address = addressOf(user);
  if (address !== null) user.attributes[`${address.attribute}_verified`] = 'true';
  return {};
};

/** `ResendConfirmationCode`. */
export const resendConfirmationCode: Operation = async (world, input) => {
  const { user, username } = await readKnownCaller(world, input);
  if (user === undefined) return simulatedDelivery(username);
  if (user.status !== 'UNCONFIRMED') throw invalidParameter('User is already confirmed.');
  return sendCode(user, 'confirmation', world.clock.now());
};

/** `UserAttributes` is a list of names and values. */
function attributesOf({ UserAttributes: list }: CallInput): Readonly<Record<string, string>> {
  const entries = (Array.isArray(list) ? list : []).filter(isRecord);
  return Object.fromEntries(
    entries.map(({ Name, Value }) => [String(Name), typeof Value === 'string' ? Value : '']),
  );
}
