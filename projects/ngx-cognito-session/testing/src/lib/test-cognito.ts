import { inject, Injectable } from '@angular/core';
import {
  SessionService,
  type AuthTokens,
  type RefreshRequest,
  type Session,
  type TokenRefresher,
} from 'ngx-cognito-session';
import { defer, EMPTY, type Observable } from 'rxjs';
import { AnsweredRefresh } from './answered-refresh';
import { issueTokens, renewedTokens } from './create-test-tokens';
import { ManualTime } from './manual-time';
import type { RefreshFailureCode } from './refresh-failure-code';
import type { TestClaims } from './test-claims';
import { TEST_ISSUER } from './test-issuer';
import type { TestRefresh } from './test-refresh';
import { claimsIn } from './test-refresh-token';
import { valueNow } from './value-now';

/** What becomes of a refresh; `null`: it waits. */
type Handling = ((refresh: TestRefresh) => void) | null;

/** Cognito, as far as a session needs it: it renews whatever it is asked to, unless a test has other plans. */
@Injectable()
export class TestCognito implements TokenRefresher {
  private readonly session = inject(SessionService);
  private readonly time = inject(ManualTime);
  private readonly issuer = inject(TEST_ISSUER);
  /** Those that no test has looked at yet. */
  private unseen: TestRefresh[] = [];
  private made: AnsweredRefresh[] = [];
  private handling: Handling = succeed;
  /** What the next ones fail with, before anything else counts. */
  private failures: { readonly code: RefreshFailureCode; readonly times: number } | null = null;
  private issued = 0;

  /** Cold; a refresh per subscription. */
  refresh(request: RefreshRequest): Observable<AuthTokens> {
    return defer(() => {
      const refresh = new AnsweredRefresh(request, (changes) => this.renew(request, changes));
      this.unseen.push(refresh);
      this.made = [...this.open, refresh];
      this.handle(refresh);
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

  /** Those that wait, and all that come. */
  succeedFromNowOn(changes: TestClaims): void {
    this.failures = null;
    this.handling = (refresh) => {
      refresh.succeed(changes);
    };
    for (const refresh of this.open) refresh.succeed(changes);
  }

  /** Those that wait, else as many as are to come. */
  fail(code: RefreshFailureCode, times: number): void {
    const { open } = this;
    this.failures = open.length === 0 ? { code, times } : null;
    for (const refresh of open) refresh.fail(code);
  }

  holdFromNowOn(): void {
    this.failures = null;
    this.handling = null;
  }

  /** Tokens of this moment, and of a sign-in of their own. */
  issue(claims: TestClaims): AuthTokens {
    return issueTokens(
      { ...this.issuer, ...claims, claims: { ...this.ids(), ...claims.claims } },
      this.now(),
    );
  }

  /** Those that were made since the last call. */
  takeUnseen(): readonly TestRefresh[] {
    return this.unseen.splice(0);
  }

  /** Those that somebody waits for. */
  get open(): readonly AnsweredRefresh[] {
    return this.made.filter(({ isOpen }) => isOpen);
  }

  private handle(refresh: TestRefresh): void {
    const { failures } = this;
    if (failures !== null) {
      const times = failures.times - 1;
      this.failures = times > 0 ? { ...failures, times } : null;
      refresh.fail(failures.code);
    } else if (this.isPastEnd()) refresh.fail('refreshTokenExpired');
    else this.handling?.(refresh);
  }

  /** No renewal moves the end of a refresh token. */
  private isPastEnd(): boolean {
    const endsAt = this.session.session()?.endsAt ?? null;
    return endsAt !== null && this.time.now() >= endsAt.getTime();
  }

  private renew({ refreshToken }: RefreshRequest, changes: TestClaims): AuthTokens {
    const said = { ...changes, claims: { jti: this.ids().jti, ...changes.claims } };
    const held = this.heldWith(refreshToken);
    if (held !== null) return renewedTokens(held, this.now(), said);
    // A page that has only found a refresh token, or that the app has handed nothing else.
    const { claims, iat, exp, ...known } = claimsIn(refreshToken) ?? {};
    const lifetime = iat !== undefined && exp !== undefined && { exp: this.now() + exp - iat };
    return issueTokens(
      {
        ...{ ...this.issuer, ...known, ...lifetime, refreshToken: null },
        ...said,
        claims: { ...(iat !== undefined && { auth_time: iat }), ...claims, ...said.claims },
      },
      this.now(),
    );
  }

  private heldWith(refreshToken: string): Session | null {
    const tokens = valueNow(this.session.getTokens()) ?? null;
    return tokens?.refreshToken === refreshToken ? (this.session.session() ?? null) : null;
  }

  /** No two tokens are the same, and no two sign-ins. */
  private ids(): { readonly jti: string; readonly origin_jti: string } {
    this.issued += 1;
    return { jti: `token-${String(this.issued)}`, origin_jti: `sign-in-${String(this.issued)}` };
  }

  /** Whole seconds, as in Cognito's tokens. */
  private now(): number {
    return Math.floor(this.time.now() / 1000);
  }
}

function succeed(refresh: TestRefresh): void {
  refresh.succeed();
}
