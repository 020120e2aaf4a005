import { invalidSession, type SignInAttempt, type UnprovedAttempt } from '../challenges/open-challenges';
import type { Client } from '../pool/client';
import type { World } from '../pool/world';
import { proceed } from './proceed';

/** An answer to an open challenge. */
export interface ChallengeAnswer {
  readonly client: Client;
  /** `Session`, or the secret block. */
  readonly key: string;
  readonly username: string;
  readonly responses: Readonly<Record<string, string>>;
}

/** What one challenge makes of its answer: tokens, or the next challenge. */
export type Respond = (world: World, answer: ChallengeAnswer) => object | Promise<object>;

/** Goes on after a proof, with the device that the answer names. */
export function proceedAfter(
  world: World,
  attempt: SignInAttempt,
  { responses }: ChallengeAnswer,
): Promise<object> {
  return proceed(world, { ...attempt, deviceKey: responses['DEVICE_KEY'] ?? attempt.deviceKey });
}

/** A session belongs to the user who began it. */
export function requireSameUser(attempt: SignInAttempt | UnprovedAttempt, username: string): void {
  const { pool, user } = attempt;
  const isSame =
    user === undefined
      ? 'username' in attempt && attempt.username === username
      : pool.findUser(username) === user;
  if (!isSame) throw invalidSession();
}
