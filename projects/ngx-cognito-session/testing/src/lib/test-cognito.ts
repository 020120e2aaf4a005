import { inject, Injectable, Injector } from '@angular/core';
import {
  SessionService,
  type AuthTokens,
  type RefreshRequest,
  type SessionErrorCode,
  type TokenRefresher,
} from 'ngx-cognito-session';
import { EMPTY, defer, type Observable } from 'rxjs';
import { AnsweredRefresh } from './answered-refresh';
import { createTestTokens, renewedTokens } from './create-test-tokens';
import { ManualTime } from './manual-time';
import type { TestClaims } from './test-claims';
import type { TestRefresh } from './test-refresh';
import { TEST_ISSUER } from './test-issuer';

/** What becomes of a refresh; `null`: it waits. */
type Handling = ((refresh: TestRefresh) => void) | null;

/** Cognito, as far as a session needs it: it renews whatever it is asked to, unless a test has other plans. */
@Injectable()
export class TestCognito implements TokenRefresher {
  private readonly injector = inject(Injector);
  private readonly time = inject(ManualTime);
  private readonly issuer = inject(TEST_ISSUER);
  /** Those that no test has looked at yet. */
  private unseen: TestRefresh[] = [];
  private open: TestRefresh[] = [];
  private handling: Handling = succeed;
  /** What the next ones fail with, before anything else counts. */
  private failures: { readonly code: SessionErrorCode; readonly times: number } | null = null;

  /** Cold; a refresh per subscription. */
  refresh(request: RefreshRequest): Observable<AuthTokens> {
    return defer(() => {
      const refresh = new AnsweredRefresh(request, (changes) => this.renew(changes));
      this.unseen.push(refresh);
      this.open.push(refresh);
      this.handle(refresh);
      return refresh.answer$;
    });
  }

  /** Those that wait, and all that come. */
  succeedFromNowOn(changes: TestClaims): void {
    this.failures = null;
    this.handling = (refresh) => {
      refresh.succeed(changes);
    };
    for (const refresh of this.unanswered) refresh.succeed(changes);
  }

  /** Those that wait, else as many as are to come. */
  fail(code: SessionErrorCode, times: number): void {
    const waiting = this.unanswered;
    this.failures = waiting.length === 0 ? { code, times } : null;
    for (const refresh of waiting) refresh.fail(code);
  }

  holdFromNowOn(): void {
    this.failures = null;
    this.handling = null;
  }

  /** Cold; completes: Cognito has answered. */
  revoke(): Observable<void> {
    return EMPTY;
  }

  /** Cold; completes: Cognito has answered. */
  globalSignOut(): Observable<void> {
    return EMPTY;
  }

  /** Tokens of this moment. */
  issue(claims: TestClaims): AuthTokens {
    return createTestTokens({ ...this.issuer, iat: this.now(), ...claims });
  }

  /** Those that were made since the last call. */
  takeUnseen(): readonly TestRefresh[] {
    return this.unseen.splice(0);
  }

  /** Those that wait for an answer. */
  get unanswered(): readonly TestRefresh[] {
    this.open = this.open.filter(({ isAnswered }) => !isAnswered);
    return this.open;
  }

  private handle(refresh: TestRefresh): void {
    const { failures } = this;
    if (failures === null) {
      this.handling?.(refresh);
      return;
    }
    const times = failures.times - 1;
    this.failures = times > 0 ? { ...failures, times } : null;
    refresh.fail(failures.code);
  }

  private renew(changes: TestClaims): AuthTokens {
    const session = this.injector.get(SessionService).session() ?? null;
    // Only a bare refresh token is renewed without a session.
    return session === null
      ? this.issue({ refreshToken: null, ...changes })
      : renewedTokens(session, this.now(), changes);
  }

  /** Whole seconds, as in Cognito's tokens. */
  private now(): number {
    return Math.floor(this.time.now() / 1000);
  }
}

function succeed(refresh: TestRefresh): void {
  refresh.succeed();
}
