import { newSoftwareToken, secretCodeOf, type SoftwareToken } from '../challenges/software-token';
import { stepOfCode } from '../challenges/totp';
import { ServiceError, invalidParameter, notImplemented } from '../http/service-error';
import type { User } from '../pool/user';
import type { World } from '../pool/world';
import { authorizeAccessToken } from './authorize-access-token';
import { isRecord, optionalString, requiredString, type CallInput } from './call-input';
import type { Operation } from './operation';

/** `AssociateSoftwareToken`: a new secret for the authenticator app. The one before goes on until a code of the new one is shown. */
export const associateSoftwareToken: Operation = (world, input) => {
  const { user, goOn } = authorize(world, input);
  user.pendingSoftwareToken = newSoftwareToken();
  return { SecretCode: secretCodeOf(user.pendingSoftwareToken), ...goOn(false) };
};

/** `VerifySoftwareToken`: the user shows a code of the new secret. */
export const verifySoftwareToken: Operation = async (world, input) => {
  const { user, isSetUp, goOn } = authorize(world, input);
  const token = user.pendingSoftwareToken;
  if (token === null)
    throw new ServiceError('SoftwareTokenMFANotFoundException', 'Software token MFA not found.');
  const step = await stepOfCode(token.secret, requiredString(input, 'UserCode'), world.clock.now());
  if (step === undefined)
    throw new ServiceError(
      'EnableSoftwareTokenMFAException',
      'Code mismatch and fail enable Software Token MFA',
    );
  const { isEnabled = isSetUp, isPreferred = isSetUp } = user.softwareToken ?? {};
  user.softwareToken = { ...token, isEnabled, isPreferred, usedSteps: new Set([step]) };
  user.pendingSoftwareToken = null;
  return { Status: 'SUCCESS', ...goOn(true) };
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

interface Owner {
  readonly user: User;
  /** During a sign-in that demands a second factor, which the user has then. */
  readonly isSetUp: boolean;
  /** The session to go on with, if there is a sign-in. */
  readonly goOn: (hasSecondFactor: boolean) => { readonly Session?: string };
}

/** By an access token, or by the session of `MFA_SETUP`, which a new one replaces. */
function authorize(world: World, input: CallInput): Owner {
  const session = optionalString(input, 'Session');
  if (input['AccessToken'] !== undefined || session === undefined) {
    const { user } = authorizeAccessToken(world, requiredString(input, 'AccessToken'));
    return { user, isSetUp: false, goOn: () => ({}) };
  }
  const now = world.clock.now();
  const { attempt } = world.challenges.find(session, 'MFA_SETUP', null, now);
  const goOn = (hasSecondFactor: boolean) => {
    world.challenges.take(session, 'MFA_SETUP', null, now);
    const next = { name: 'MFA_SETUP', attempt: { ...attempt, hasSecondFactor } } as const;
    return { Session: world.challenges.start(next, now) };
  };
  return { user: attempt.user, isSetUp: true, goOn };
}

function flagOf(settings: unknown, name: string): boolean | undefined {
  const value = isRecord(settings) ? settings[name] : undefined;
  return typeof value === 'boolean' ? value : undefined;
}
