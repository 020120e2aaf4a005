import type { HttpErrorResponse } from '@angular/common/http';
import { inject, NgZone } from '@angular/core';
import {
  catchError,
  defaultIfEmpty,
  identity,
  map,
  of,
  switchMap,
  throwError,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import type { ActiveSession } from '../core/active-session';
import type { TokenOrigin } from '../core/unauthorized-step';
import { SessionError } from '../errors/session-error';
import { enterZone } from '../platform/enter-zone';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_LOGGER } from '../platform/session-logger';
import { SessionTokens } from '../session-service/session-tokens';
import type { InjectionPlan } from './injection-plan';

/** The header of a request, and whose token is in it. */
export interface TokenHeader {
  readonly origin: TokenOrigin;
  readonly value: string;
}

/** Headers for the requests of one caller, who gets them inside the zone if that is where it asks. Needs an injection context. */
export class TokenSupply {
  private readonly tokens = inject(SessionTokens);
  private readonly isBrowser = inject(IS_BROWSER);
  private readonly logger = inject(SESSION_LOGGER);
  private readonly zone = inject(NgZone);
  private readonly isInZone = NgZone.isInAngularZone();

  /** Cold; waits for the restore and a due renewal. `null`: send without a token. Errors: do not send. */
  header(plan: InjectionPlan): Observable<TokenHeader | null> {
    return this.tokens.live().pipe(
      map((active) => headerOf(plan, active)),
      // Signed out, before or while waiting: the rule says what then.
      catchError((error: unknown) =>
        plan.anonymous && this.tokens.isSignedOut() ? of(null) : throwError(() => error),
      ),
      this.inCallersZone(),
    );
  }

  /** Cold; the header to retry with after a 401, of the same sign-in. `null`: the 401 is the answer. Never errors. */
  successor(
    plan: InjectionPlan,
    refused: TokenHeader,
    response$: Observable<HttpErrorResponse>,
  ): Observable<TokenHeader | null> {
    const { retryOnUnauthorized } = plan;
    // A render does not wait, and ends before a renewal could matter to anybody.
    if (!this.isBrowser || retryOnUnauthorized === false) return of(null);
    const asked$ =
      retryOnUnauthorized === true
        ? of(true)
        : response$.pipe(map((response) => this.saysYes(retryOnUnauthorized, response)));
    return asked$.pipe(
      switchMap((isWanted) => (isWanted ? this.tokens.replace(refused.origin) : of(null))),
      map((active) => active && headerOf(plan, active)),
      // The caller asked an API, not Cognito: what the API said is the answer.
      catchError(() => of(null)),
      defaultIfEmpty(null),
      this.inCallersZone(),
    );
  }

  private saysYes(predicate: (response: HttpErrorResponse) => boolean, response: HttpErrorResponse): boolean {
    try {
      return predicate(response);
    } catch (error) {
      this.logger.error('retryOnUnauthorized threw; the request is not sent again.', {
        name: error instanceof Error ? error.name : typeof error,
      });
      return false;
    }
  }

  /** Who asks from outside the zone, where a token is at hand, must not be brought in. */
  private inCallersZone<T>(): MonoTypeOperatorFunction<T> {
    return this.isInZone ? enterZone(this.zone) : identity;
  }
}

function headerOf(plan: InjectionPlan, { sid, gen, tokens }: ActiveSession): TokenHeader {
  const token = plan.tokenUse === 'id' ? tokens.idToken : tokens.accessToken;
  if (token === undefined) throw new SessionError('noIdToken', 'The session has no ID token.');
  return { origin: { sid, gen }, value: plan.headerValue(token) };
}
