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

/** The outcome of a refresh; `null`: it waits. */
type Handling = ((refresh: TestRefresh) => void) | null;

/** Cognito, as far as a session needs it: every refresh succeeds unless the test decides otherwise. */
@Injectable()
export class TestCognito implements TokenRefresher {
  private readonly session = inject(SessionService);
  private readonly time = inject(ManualTime);
  private readonly issuer = inject(TEST_ISSUER);
  /** Refreshes that the test has not read yet. */
  private unseen: TestRefresh[] = [];
  private made: AnsweredRefresh[] = [];
  private handling: Handling = succeed;
  /** The failures of the next refreshes, which take precedence. */
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

  /** The waiting ones, and all later ones. */
  succeedFromNowOn(changes: TestClaims): void {
    this.failures = null;
    this.handling = (refresh) => {
      refresh.succeed(changes);
    };
    for (const refresh of this.open) refresh.succeed(changes);
  }

  /** The waiting ones, else as many later ones. */
  fail(code: RefreshFailureCode, times: number): void {
    const { open } = this;
    this.failures = open.length === 0 ? { code, times } : null;
    for (const refresh of open) refresh.fail(code);
  }

  holdFromNowOn(): void {
    this.failures = null;
    this.handling = null;
  }

  /** Tokens issued now, of a new sign-in. */
  issue(claims: TestClaims): AuthTokens {
    return issueTokens(
      { ...this.issuer, ...claims, claims: { ...this.ids(), ...claims.claims } },
      this.now(),
    );
  }

  /** Refreshes since the last call. */
  takeUnseen(): readonly TestRefresh[] {
    return this.unseen.splice(0);
  }

  /** Refreshes that the library waits for. */
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

  /** A refresh does not change the end of a refresh token. */
  private isPastEnd(): boolean {
    const endsAt = this.session.session()?.endsAt ?? null;
    return endsAt !== null && this.time.now() >= endsAt.getTime();
  }

  private renew({ refreshToken }: RefreshRequest, changes: TestClaims): AuthTokens {
    const said = { ...changes, claims: { jti: this.ids().jti, ...changes.claims } };
    const held = this.heldWith(refreshToken);
    if (held !== null) return renewedTokens(held, this.now(), said);
    // The page has found, or the app has handed over, only a refresh token.
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
