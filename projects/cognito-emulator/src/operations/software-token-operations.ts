import { newSoftwareToken, secretCodeOf, type SoftwareToken } from '../challenges/software-token';
import { stepOfCode } from '../challenges/totp';
import { ServiceError, invalidParameter, notImplemented } from '../http/service-error';
import type { World } from '../pool/world';
import { authorizeAccessToken } from './authorize-access-token';
import { isRecord, requiredString, type CallInput } from './call-input';
import type { Operation } from './operation';

/** `AssociateSoftwareToken`: a new secret for the authenticator app. The one before goes on until a code of the new one is shown. */
export const associateSoftwareToken: Operation = (world, input) => {
  const { user } = authorize(world, input, 'AssociateSoftwareToken');
  user.pendingSoftwareToken = newSoftwareToken();
  return { SecretCode: secretCodeOf(user.pendingSoftwareToken) };
};

/** `VerifySoftwareToken`: the user shows a code of the new secret. */
export const verifySoftwareToken: Operation = async (world, input) => {
  const { user } = authorize(world, input, 'VerifySoftwareToken');
  const token = user.pendingSoftwareToken;
  if (token === null)
    throw new ServiceError('SoftwareTokenMFANotFoundException', 'Software token MFA not found.');
  const step = await stepOfCode(token.secret, requiredString(input, 'UserCode'), world.clock.now());
  if (step === undefined)
    throw new ServiceError(
      'EnableSoftwareTokenMFAException',
      'Code mismatch and fail enable Software Token MFA',
    );
  const { isEnabled = false, isPreferred = false } = user.softwareToken ?? {};
  user.softwareToken = { ...token, isEnabled, isPreferred, usedSteps: new Set([step]) };
  user.pendingSoftwareToken = null;
  return { Status: 'SUCCESS' };
};

/** `SetUserMFAPreference`, of authenticator apps. */
export const setUserMfaPreference: Operation = (world, input) => {
  const { user } = authorizeAccessToken(world, requiredString(input, 'AccessToken'));
  for (const name of ['SMSMfaSettings', 'EmailMfaSettings', 'WebAuthnMfaSettings'])
    if (flagOf(input[name], 'Enabled') === true) throw notImplemented(`SetUserMFAPreference with ${name}`);
  const settings = input['SoftwareTokenMfaSettings'];
  const isEnabled = flagOf(settings, 'Enabled');
  const isPreferred = flagOf(settings, 'PreferredMfa');
  if (user.softwareToken !== null) setPreference(user.softwareToken, isEnabled, isPreferred);
  else if (isEnabled === true || isPreferred === true)
    throw invalidParameter('User has not verified software token mfa');
  return {};
};

function setPreference(token: SoftwareToken, isEnabled?: boolean, isPreferred?: boolean): void {
  token.isEnabled = isEnabled ?? token.isEnabled;
  token.isPreferred = token.isEnabled && (isPreferred ?? token.isPreferred);
}

/** A session instead of an access token belongs to `MFA_SETUP`. */
function authorize(world: World, input: CallInput, operation: string) {
  if (input['AccessToken'] === undefined && input['Session'] !== undefined)
    throw notImplemented(`${operation} with a session`);
  return authorizeAccessToken(world, requiredString(input, 'AccessToken'));
}

function flagOf(settings: unknown, name: string): boolean | undefined {
  const value = isRecord(settings) ? settings[name] : undefined;
  return typeof value === 'boolean' ? value : undefined;
}
