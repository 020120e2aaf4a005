import { base64, randomBytes } from '../crypto/bytes';
import { notAuthorized } from '../http/service-error';
import type { Client } from '../pool/client';
import type { Pool } from '../pool/pool';
import type { User } from '../pool/user';
import type { SrpExchange } from './srp';

/** A sign-in that has begun. */
export interface SignInAttempt {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  readonly deviceKey?: string | undefined;
  /** Whether a code of the authenticator app was shown. */
  readonly hasSecondFactor?: boolean;
}

/** A sign-in of which nothing is proved yet. Without a user where there is none: the answer is that to a wrong password. */
export interface UnprovedAttempt extends Omit<SignInAttempt, 'user'> {
  readonly user: User | undefined;
  /** As it was submitted. */
  readonly username: string;
}

/** A proof of the password that is still to come. */
export interface OpenPasswordProof {
  readonly name: 'PASSWORD_VERIFIER';
  readonly attempt: UnprovedAttempt;
  readonly userId: string;
  readonly exchange: SrpExchange;
}

/** What a user may prove first, in the flow `USER_AUTH`. */
export type FirstFactor = 'PASSWORD' | 'PASSWORD_SRP' | 'EMAIL_OTP';

/** The choice of the first proof, or that proof. */
export interface OpenFirstFactor {
  readonly name: 'SELECT_CHALLENGE' | FirstFactor;
  readonly attempt: UnprovedAttempt;
}

/** What the service waits for after the first proof. */
export interface OpenStep {
  readonly name: 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA' | 'MFA_SETUP';
  readonly attempt: SignInAttempt;
}

export type OpenChallenge = OpenPasswordProof | OpenFirstFactor | OpenStep;

type Name = OpenChallenge['name'];

type Named<N extends Name> = N extends 'PASSWORD_VERIFIER'
  ? OpenPasswordProof
  : N extends OpenStep['name']
    ? OpenStep
    : OpenFirstFactor;

/** `AuthSessionValidity` of a client that says nothing. */
const LIFETIME_MS = 3 * 60_000;

/** How long an expired one is still known as expired. */
const KEPT_MS = 60 * 60_000;

/** As long as real ones are, about. */
const KEY_BYTES = 720;

/** The challenges that wait for an answer, by their `Session` or, as Cognito has it for SRP, by their secret block. */
export class OpenChallenges {
  private readonly open = new Map<
    string,
    { readonly challenge: OpenChallenge; readonly expiresAt: number }
  >();

  start(challenge: OpenChallenge, now: number): string {
    for (const [key, { expiresAt }] of this.open) if (now >= expiresAt + KEPT_MS) this.open.delete(key);
    const key = base64(randomBytes(KEY_BYTES));
    this.open.set(key, { challenge, expiresAt: now + LIFETIME_MS });
    return key;
  }

  /**
   * Throws what the service answers for a session that it does not know, or that has expired. Operations that name no client know theirs by the
   * session.
   */
  find<N extends Name>(key: string, name: N, client: Client | null, now: number): Named<N> {
    const { challenge, expiresAt } = this.open.get(key) ?? {};
    if (challenge?.name !== name || (client !== null && challenge.attempt.client !== client))
      throw invalidSession();
    if (expiresAt === undefined || now >= expiresAt)
      throw notAuthorized('Invalid session for the user, session is expired.');
    const { pool, user } = challenge.attempt;
    if (user !== undefined && pool.users.get(user.username) !== user) throw invalidSession();
    return challenge as Named<N>;
  }

  /** The same, once. */
  take<N extends Name>(key: string, name: N, client: Client | null, now: number): Named<N> {
    const found = this.find(key, name, client, now);
    this.open.delete(key);
    return found;
  }
}

export function invalidSession() {
  return notAuthorized('Invalid session for the user.');
}
