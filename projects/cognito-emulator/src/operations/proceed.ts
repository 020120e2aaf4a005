import type { OpenStep, SignInAttempt } from '../challenges/open-challenges';
import type { Pool } from '../pool/pool';
import type { User } from '../pool/user';
import type { World } from '../pool/world';
import { requireUsable, signInUser } from './password-sign-in';

/** What follows once the password is proved: the next challenge, or tokens. */
export async function proceed(world: World, attempt: SignInAttempt): Promise<object> {
  const { user } = attempt;
  requireUsable(user);
  const challenge = dueChallenge(attempt);
  if (challenge === null)
    return { AuthenticationResult: await signInUser(world, attempt, user), ChallengeParameters: {} };
  return {
    ChallengeName: challenge,
    ChallengeParameters: { USER_ID_FOR_SRP: user.username, ...parametersOf(challenge, user) },
    Session: world.challenges.start({ name: challenge, attempt }, world.clock.now()),
  };
}

function parametersOf(challenge: OpenStep['name'], user: User): object {
  switch (challenge) {
    case 'NEW_PASSWORD_REQUIRED':
      return { requiredAttributes: '[]', userAttributes: JSON.stringify(user.attributes) };
    case 'MFA_SETUP':
      return { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' };
    case 'SOFTWARE_TOKEN_MFA':
      return {};
  }
}

/** A new password before a code, as there can be no code before the first sign-in. */
export function dueChallenge(
  attempt: Pick<SignInAttempt, 'pool' | 'user' | 'hasSecondFactor'>,
): OpenStep['name'] | null {
  const { pool, user } = attempt;
  if (user.status === 'FORCE_CHANGE_PASSWORD') return 'NEW_PASSWORD_REQUIRED';
  if (attempt.hasSecondFactor === true || !hasSecondFactor(pool, user)) return null;
  return user.softwareToken === null ? 'MFA_SETUP' : 'SOFTWARE_TOKEN_MFA';
}

/** Whether a password alone is not enough. */
export function hasSecondFactor({ settings }: Pool, { softwareToken }: User): boolean {
  return settings.mfaRequired || softwareToken?.isEnabled === true;
}
