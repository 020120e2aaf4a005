import type { SignInAttempt } from '../challenges/open-challenges';
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
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      ...(challenge === 'NEW_PASSWORD_REQUIRED'
        ? { requiredAttributes: '[]', userAttributes: JSON.stringify(user.attributes) }
        : {}),
    },
    Session: world.challenges.start({ name: challenge, attempt }, world.clock.now()),
  };
}

/** A new password before a code, as there can be no code before the first sign-in. */
export function dueChallenge({
  user,
  hasSecondFactor = false,
}: Pick<SignInAttempt, 'user' | 'hasSecondFactor'>): 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA' | null {
  if (user.status === 'FORCE_CHANGE_PASSWORD') return 'NEW_PASSWORD_REQUIRED';
  return user.softwareToken?.isEnabled === true && !hasSecondFactor ? 'SOFTWARE_TOKEN_MFA' : null;
}
