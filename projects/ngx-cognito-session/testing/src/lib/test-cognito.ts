import { inject, Injectable, Injector } from '@angular/core';
import {
  SessionService,
  type AuthTokens,
  type RefreshRequest,
  type TokenRefresher,
} from 'ngx-cognito-session';
import { EMPTY, defer, type Observable } from 'rxjs';
import { AnsweredRefresh } from './answered-refresh';
import { createTestTokens, renewedTokens } from './create-test-tokens';
import { ManualTime } from './manual-time';
import type { TestClaims } from './test-claims';
import type { TestRefresh } from './test-refresh';
import { TEST_ISSUER } from './test-issuer';

/** What becomes of a refresh as soon as it is made. */
export type RefreshHandling = (refresh: TestRefresh) => void;

/** Cognito, as far as a session needs it: it renews whatever it is asked to, unless a test has other plans. */
@Injectable()
export class TestCognito implements TokenRefresher {
  private readonly injector = inject(Injector);
  private readonly time = inject(ManualTime);
  private readonly issuer = inject(TEST_ISSUER);
  /** Those that no test has looked at yet. */
  private unseen: TestRefresh[] = [];
  private open: TestRefresh[] = [];
  handling: RefreshHandling = (refresh) => {
    refresh.succeed();
  };

  /** Cold; a refresh per subscription. */
  refresh(request: RefreshRequest): Observable<AuthTokens> {
    return defer(() => {
      const refresh = new AnsweredRefresh(request, (changes) => this.renew(changes));
      this.unseen.push(refresh);
      this.open.push(refresh);
      this.handling(refresh);
      return refresh.answer$;
    });
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
