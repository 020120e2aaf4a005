import type { Clock } from './clock/clock';
import type { ClientChange } from './config/change';
import type { IdentityPoolChange } from './config/identity-pool-settings';
import type { PoolChange } from './config/pool-settings';
import type { PreTokenGeneration } from './config/pre-token-generation';
import type { UserChange } from './config/user-change';
import type { Barrier, HoldPoint } from './faults/barrier';
import type { FaultQueue } from './faults/fault-queue';
import type { IdentityDescription } from './identity/identity';
import type { IssuedCredentials } from './identity/issued-credentials';
import type { CallLog } from './log/call-log';
import type { AccessTokenStatus, LiveRefreshToken, RefreshTokenQuery } from './pool/oracles';
import type { SignInResult } from './tokens/authentication-result';

/** For `Emulator.signIn`. */
export interface SignInOptions {
  /** Default: the first client of the first pool. */
  clientId?: string;
  /** A device that is known already: no new one is made. */
  deviceKey?: string;
}

/** An emulator: one world of pools, users and tokens, and what tests do to it. */
export interface Emulator {
  /** The endpoint of both services, of discovery, of managed login and of the control path. */
  readonly url: string;
  /** Region, pool and client that were seeded first. */
  readonly region: string;
  /** The user pool that was seeded first. */
  readonly userPoolId: string;
  /** The app client that was seeded first. */
  readonly clientId: string;
  /** The identity pool that was seeded first. */
  readonly identityPoolId: string;
  /** In the real form, `https://cognito-idp.<region>.amazonaws.com/<userPoolId>`. */
  readonly issuer: string;
  /** Where its public keys are. */
  readonly jwksUrl: string;
  /** The time of tokens, answers, log and oracles. */
  readonly clock: Clock;
  /** Every call in the order of arrival. */
  readonly log: CallLog;
  /** What the next calls of an operation will meet. */
  readonly faults: FaultQueue;

  /** Changes client settings from the next call on; tokens that exist keep their lifetimes. */
  configure(change: ClientChange): void;
  /** Changes pool settings, from the next call on. */
  configurePool(change: PoolChange): void;
  /** Changes settings of an identity pool, from the next call on; credentials that exist keep their expiry. */
  configureIdentityPool(change: IdentityPoolChange): void;
  /** Replaces the pre-token-generation trigger of the first pool; null removes it. */
  setPreTokenGeneration(trigger: PreTokenGeneration | null): void;
  /** New signing keys. Old ones stay in the JWKS unless `keepOld` is false. */
  rotateKeys(options?: { keepOld?: boolean }): void;
  /** Changes a user; disabling also ends all tokens, for good. */
  changeUser(username: string, change: UserChange): void;
  /** Removes a user; refreshes then answer UserNotFoundException. */
  deleteUser(username: string): void;
  /** Removes an identity, as an administrator does; its id is not found any more, its credentials live on. */
  deleteIdentity(identityId: string): void;
  /** Takes one login, or all logins, off an identity. Without a login it is disabled; the login gets a new identity when it is seen again. */
  unlinkIdentity(identityId: string, provider?: string): void;
  /** Signs a user in without a call and without a password: nothing appears in the log. */
  signIn(username: string, options?: SignInOptions): Promise<SignInResult>;
  /** What the authenticator app of a user shows now, by the emulator's clock; rejects if the user has none. */
  totpCode(username: string): Promise<string>;
  /** The code that was last sent to a user, for a confirmation, a new password or a sign-in; throws if there is none. Nothing leaves the emulator. */
  sentCode(username: string): string;
  /** Holds every further call of an operation until it is released. Default point: `beforeProcessing`. */
  hold(operation: string, point?: HoldPoint): Barrier;

  /** The refresh tokens that the service would accept now. */
  liveRefreshTokens(query?: RefreshTokenQuery): readonly LiveRefreshToken[];
  /** All tokens that were issued, refused ones included: what a test must not find in a log, on a page or in a URL. */
  issuedTokens(): readonly string[];
  /** What the emulator thinks of an access token, by its own clock or at another moment. */
  accessTokenStatus(token: string, at?: number): AccessTokenStatus;

  /** All identities, merged and unlinked ones included, in the order of their creation. */
  identities(): readonly IdentityDescription[];
  /** The AWS credentials that were issued with a key id, expired ones included. */
  findCredentials(accessKeyId: string): IssuedCredentials | undefined;
  /** All AWS credentials that were issued, or those of one identity, in the order of their issue. */
  issuedCredentials(identityId?: string): readonly IssuedCredentials[];

  /**
   * Answers a request as the service would: what the `fetch` of a page, of a worker or of a test can be replaced with. Of its address only path and
   * query count. It rejects where a connection would break (a fault, the request's `signal`, a closed emulator), and follows no redirects.
   */
  fetch(request: Request): Promise<Response>;
  /** Stops at once: held calls are let go, open connections destroyed. */
  close(): Promise<void>;
}
