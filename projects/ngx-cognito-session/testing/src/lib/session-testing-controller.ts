import { inject, Injectable } from '@angular/core';
import {
  SessionService,
  ɵSESSION_CONFIG_SOURCE as SESSION_CONFIG_SOURCE,
  type AuthTokens,
  type Session,
} from 'ngx-cognito-session';
import { ManualTime } from './manual-time';
import type { RefreshFailureCode } from './refresh-failure-code';
import type { TestClaims } from './test-claims';
import { TestCognito } from './test-cognito';
import { TestIdentityPool, type TestAwsCredentials } from './test-identity-pool';
import type { TestRefresh } from './test-refresh';
import { TEST_ISSUER } from './test-issuer';
import { TestWakeSignals } from './test-wake-signals';
import { valueNow } from './value-now';

/** The user of a test, with the AWS credentials of that user. */
export interface TestUser extends TestClaims {
  /** What the identity pool gives this user. All fields have defaults. */
  readonly awsCredentials?: TestAwsCredentials;
}

/**
 * Controls the session of `provideSessionTesting`: signs users in and out, lets time pass and decides the outcome of
 * refreshes. When a method returns the state is the new one. The test has to wait for the app's reaction (change detection,
 * navigation). Needs neither timers nor a network.
 *
 * ```ts
 * const controller = TestBed.inject(SessionTestingController);
 * controller.signIn({ username: 'alice', groups: ['admin'] });
 * await fixture.whenStable();
 * ```
 */
@Injectable()
export class SessionTestingController {
  private readonly session = inject(SessionService);
  private readonly time = inject(ManualTime);
  private readonly wake = inject(TestWakeSignals);
  private readonly cognito = inject(TestCognito);
  /** The identity pool of the test, for apps with `provideAwsCredentials`. */
  readonly identityPool = inject(TestIdentityPool);

  constructor() {
    const config = inject(SESSION_CONFIG_SOURCE);
    if (typeof config === 'function' || config.clientId !== inject(TEST_ISSUER).clientId)
      throw new Error('provideSessionTesting has to stand behind the providers of the app.');
  }

  /** The time of the session, which only `advance` and `expire` change. */
  get now(): Date {
    return new Date(this.time.now());
  }

  /**
   * Signs a user in, as `setTokens` does with `createTokens`, in place of the current one. `awsCredentials`: what the identity
   * pool gives this user. Throws the error of `setTokens`, and for a storage that is not synchronous.
   */
  signIn({ awsCredentials = {}, ...claims }: TestUser = {}): Session {
    this.identityPool.give(awsCredentials);
    // For the library, tokens without a refresh token continue the session of the same user.
    if (claims.refreshToken === null && this.session.isSignedIn()) this.signOut();
    const session = valueNow(this.session.setTokens(this.createTokens(claims)));
    this.time.settle();
    if (session === undefined)
      throw new Error(
        'The storage of this test does not answer at once: hand createTokens() to setTokens, and wait for it.',
      );
    return session;
  }

  /** Signs out, as `SessionService.signOut` does. */
  signOut(): void {
    this.session.signOut().subscribe();
  }

  /** Tokens issued now, for the app client of this test. */
  createTokens(claims: TestClaims = {}): AuthTokens {
    return this.cognito.issue(claims);
  }

  /**
   * The device sleeps until the first token has expired, and wakes up: the session is refreshed, unless
   * `failRefresh` or `holdRefresh` was called. Without a refresh token it ends. Throws if the user is signed out.
   */
  expire(): void {
    const { expiresAt, clockDrift } = this.signedIn();
    this.time.sleep(Math.max(0, expiresAt.getTime() - clockDrift * 1000 - this.time.now()));
    this.wake.emit();
    this.time.settle();
  }

  /**
   * Time passes, in ms: due timers of the library fire, each at its time, including refreshes. Throws for negative values,
   * and while time is passing already.
   */
  advance(ms: number): void {
    this.time.advance(ms);
  }

  /** Refreshes succeed, which is the default: the waiting ones, and all later ones. With the same claims and these changes. */
  answerRefresh(changes: TestClaims = {}): void {
    this.cognito.succeedFromNowOn(changes);
  }

  /**
   * The waiting refresh fails, or else the next one; `times`: the next ones, `Infinity` until `answerRefresh`. With
   * `networkError` and other transient codes the session continues, is refreshed again as time passes, and is `stale` once
   * its tokens have expired. With `refreshTokenExpired` and other terminal codes it ends.
   */
  failRefresh(code: RefreshFailureCode, times = 1): void {
    this.cognito.fail(code, times);
  }

  /** From now on refreshes wait for `answerRefresh`, `failRefresh` or the result of `expectRefresh`. */
  holdRefresh(): void {
    this.cognito.holdFromNowOn();
  }

  /** The one refresh since the last call. Throws if there was none, or more than one. */
  expectRefresh(): TestRefresh {
    const made = this.cognito.takeUnseen();
    const [refresh] = made;
    if (refresh === undefined || made.length > 1)
      throw new Error(
        `Expected one refresh, and ${made.length === 0 ? 'none was' : `${String(made.length)} were`} made.`,
      );
    return refresh;
  }

  /** Throws if there was a refresh since the last call. */
  expectNoRefresh(): void {
    const { length } = this.cognito.takeUnseen();
    if (length > 0)
      throw new Error(`Expected no refresh, and ${String(length)} ${length === 1 ? 'was' : 'were'} made.`);
  }

  /** All refreshes since the last call. */
  takeRefreshes(): readonly TestRefresh[] {
    return this.cognito.takeUnseen();
  }

  /** Throws if a refresh still waits for its answer. For the end of tests that hold refreshes. */
  verify(): void {
    const { length } = this.cognito.open;
    if (length > 0)
      throw new Error(
        `${String(length)} ${length === 1 ? 'refresh waits' : 'refreshes wait'} for an answer.`,
      );
  }

  private signedIn(): Session {
    const session = this.session.session();
    if (session === undefined) throw new Error('It is not known yet whether the user is signed in.');
    if (session === null) throw new Error('The user is not signed in.');
    return session;
  }
}
