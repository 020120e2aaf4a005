import type { FirstFactor, UnprovedAttempt } from '../challenges/open-challenges';
import type { World } from '../pool/world';
import { destinationParameters, sendCode, simulatedDelivery } from '../users/send-code';
import { optionalString, type CallInput } from './call-input';
import { checkPassword } from './password-sign-in';
import { hasSecondFactor, proceed } from './proceed';
import { srpSignIn } from './srp-sign-in';

/** What a user may prove first. An unknown user may all that the pool allows. */
export function firstFactorsOf({ pool, user }: UnprovedAttempt): readonly FirstFactor[] {
  const { firstAuthFactors } = pool.settings;
  const canReceive =
    user === undefined || (user.attributes['email_verified'] === 'true' && !hasSecondFactor(pool, user));
  return [
    ...(firstAuthFactors.includes('PASSWORD') ? (['PASSWORD', 'PASSWORD_SRP'] as const) : []),
    ...(firstAuthFactors.includes('EMAIL_OTP') && canReceive ? (['EMAIL_OTP'] as const) : []),
  ];
}

/** Lets the user choose. */
export function offerFactors(world: World, attempt: UnprovedAttempt): object {
  return {
    ChallengeName: 'SELECT_CHALLENGE',
    ChallengeParameters: {},
    AvailableChallenges: firstFactorsOf(attempt),
    Session: world.challenges.start({ name: 'SELECT_CHALLENGE', attempt }, world.clock.now()),
  };
}

/** Asks for a proof, or takes it at once if it is there. */
export function askFor(
  world: World,
  factor: FirstFactor,
  attempt: UnprovedAttempt,
  parameters: CallInput,
): object | Promise<object> {
  switch (factor) {
    case 'EMAIL_OTP':
      return ask(world, factor, attempt, destinationParameters(deliveryTo(world, attempt)));
    case 'PASSWORD':
      return optionalString(parameters, 'PASSWORD') === undefined
        ? ask(world, factor, attempt)
        : takePassword(world, attempt, parameters);
    case 'PASSWORD_SRP':
      return optionalString(parameters, 'SRP_A') === undefined
        ? ask(world, factor, attempt)
        : srpSignIn(world, attempt, parameters);
  }
}

export function takePassword(world: World, attempt: UnprovedAttempt, parameters: CallInput): Promise<object> {
  const { pool, client, username } = attempt;
  const password = optionalString(parameters, 'PASSWORD') ?? '';
  return proceed(world, { ...attempt, user: checkPassword(pool, client, { username, password }) });
}

function ask(
  world: World,
  name: FirstFactor,
  attempt: UnprovedAttempt,
  parameters: Readonly<Record<string, string>> = {},
): object {
  return {
    ChallengeName: name,
    ChallengeParameters: parameters,
    Session: world.challenges.start({ name, attempt }, world.clock.now()),
  };
}

function deliveryTo(world: World, { user, username }: UnprovedAttempt) {
  return user === undefined ? simulatedDelivery(username) : sendCode(user, 'signIn', world.clock.now());
}
