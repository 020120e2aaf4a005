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
import type { TestRefresh } from './test-refresh';
import { TEST_ISSUER } from './test-issuer';
import { TestWakeSignals } from './test-wake-signals';
import { valueNow } from './value-now';

/**
 * What a test does to the session of `provideSessionTesting`: it signs users in and out, lets time pass and decides what
 * becomes of a refresh. Everything has happened when a method returns: the state is the new one, and what the app has to
 * do with it (change detection, navigation) is the test's to wait for. Needs neither timers nor a network.
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

  constructor() {
    const config = inject(SESSION_CONFIG_SOURCE);
    if (typeof config === 'function' || config.clientId !== inject(TEST_ISSUER).clientId)
      throw new Error('provideSessionTesting has to stand behind the providers of the app.');
  }

  /** The time of the session, which stands still but for `advance` and `expire`. */
  get now(): Date {
    return new Date(this.time.now());
  }

  /**
   * Signs a user in, as `setTokens` does with `createTokens`; whoever is signed in is replaced. Throws what that errors with,
   * and for a storage that does not answer at once.
   */
  signIn(claims: TestClaims = {}): Session {
    // To the library tokens without a refresh token continue the session of the same user.
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

  /** Tokens that are issued now, for the app client of this test. */
  createTokens(claims: TestClaims = {}): AuthTokens {
    return this.cognito.issue(claims);
  }

  /**
   * The device sleeps until the first of the tokens has expired, and wakes up: the session is renewed, or what
   * `failRefresh` and `holdRefresh` say; without a refresh token it is over. Throws if nobody is signed in.
   */
  expire(): void {
    const { expiresAt, clockDrift } = this.signedIn();
    this.time.sleep(Math.max(0, expiresAt.getTime() - clockDrift * 1000 - this.time.now()));
    this.wake.emit();
    this.time.settle();
  }

  /**
   * Time passes, in ms: timers of the library that are due fire, each at its moment, renewals among them. Throws for less
   * than nothing, and while time is passing already.
   */
  advance(ms: number): void {
    this.time.advance(ms);
  }

  /** Refreshes succeed, as they do from the start: those that wait, and all from now on. With the same claims but for these. */
  answerRefresh(changes: TestClaims = {}): void {
    this.cognito.succeedFromNowOn(changes);
  }

  /**
   * The refresh that waits fails, or else the next one; `times`: the next ones, `Infinity` until `answerRefresh`. With
   * `networkError` and its like the session stays, is tried again as time passes, and is `stale` once its tokens have
   * expired; with `refreshTokenExpired` and its like it is over.
   */
  failRefresh(code: RefreshFailureCode, times = 1): void {
    this.cognito.fail(code, times);
  }

  /** From now on refreshes wait: for `answerRefresh`, `failRefresh` or what `expectRefresh` gives. */
  holdRefresh(): void {
    this.cognito.holdFromNowOn();
  }

  /** The one refresh that was made since the last look. Throws if there was none, or more. */
  expectRefresh(): TestRefresh {
    const made = this.cognito.takeUnseen();
    const [refresh] = made;
    if (refresh === undefined || made.length > 1)
      throw new Error(
        `Expected one refresh, and ${made.length === 0 ? 'none was' : `${String(made.length)} were`} made.`,
      );
    return refresh;
  }

  /** Throws if a refresh was made since the last look. */
  expectNoRefresh(): void {
    const { length } = this.cognito.takeUnseen();
    if (length > 0)
      throw new Error(`Expected no refresh, and ${String(length)} ${length === 1 ? 'was' : 'were'} made.`);
  }

  /** The refreshes that were made since the last look, however many. */
  takeRefreshes(): readonly TestRefresh[] {
    return this.cognito.takeUnseen();
  }

  /** Throws if somebody still waits for the answer to a refresh: for the end of tests that hold some. */
  verify(): void {
    const { length } = this.cognito.open;
    if (length > 0)
      throw new Error(
        `${String(length)} ${length === 1 ? 'refresh waits' : 'refreshes wait'} for an answer.`,
      );
  }

  private signedIn(): Session {
    const session = this.session.session();
    if (session === undefined) throw new Error('It is not known yet whether somebody is signed in.');
    if (session === null) throw new Error('Nobody is signed in.');
    return session;
  }
}
