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

/** A proof of the password that is still to come. */
export interface OpenPasswordProof {
  readonly name: 'PASSWORD_VERIFIER';
  /** Without a user where there is none: the answer is that to a wrong password. */
  readonly attempt: Omit<SignInAttempt, 'user'> & { readonly user: User | undefined };
  readonly userId: string;
  readonly exchange: SrpExchange;
}

/** What the service waits for after the password. */
export interface OpenStep {
  readonly name: 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA';
  readonly attempt: SignInAttempt;
}

export type OpenChallenge = OpenPasswordProof | OpenStep;

type Named<N extends OpenChallenge['name']> = N extends 'PASSWORD_VERIFIER' ? OpenPasswordProof : OpenStep;

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

  /** Throws what the service answers for a session that it does not know, or that has expired. */
  find<N extends OpenChallenge['name']>(key: string, name: N, client: Client, now: number): Named<N> {
    const { challenge, expiresAt } = this.open.get(key) ?? {};
    if (challenge?.name !== name || challenge.attempt.client !== client)
      throw notAuthorized('Invalid session for the user.');
    if (expiresAt === undefined || now >= expiresAt)
      throw notAuthorized('Invalid session for the user, session is expired.');
    const { pool, user } = challenge.attempt;
    if (user !== undefined && pool.users.get(user.username) !== user)
      throw notAuthorized('Invalid session for the user.');
    return challenge as Named<N>;
  }

  /** The same, once. */
  take<N extends OpenChallenge['name']>(key: string, name: N, client: Client, now: number): Named<N> {
    const found = this.find(key, name, client, now);
    this.open.delete(key);
    return found;
  }
}
