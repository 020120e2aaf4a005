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
import { SessionError } from '../errors/session-error';
import { enterZone } from '../platform/enter-zone';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_LOGGER } from '../platform/session-logger';
import type { TokenOrigin } from '../core/unauthorized-step';
import { LiveTokens } from '../session-service/live-tokens';
import { UnauthorizedRefreshes } from '../session-service/unauthorized-refreshes';
import { followRule } from './follow-rule';
import type { InjectionPlan } from './injection-plan';

/** The header of a request, and the sign-in of its token. */
export interface TokenHeader {
  readonly origin: TokenOrigin;
  readonly name: string;
  readonly value: string;
  /** Whether the request was made inside the zone: its result is delivered there. */
  readonly isInZone: boolean;
  /** How redirects of a request with it are handled. */
  readonly follow: (asked?: RequestRedirect) => { readonly redirect?: 'error' };
}

/** Puts tokens into headers. A caller inside the zone gets its answers there. Needs an injection context. */
export class TokenSupply {
  private readonly tokens = inject(LiveTokens);
  private readonly unauthorized = inject(UnauthorizedRefreshes);
  private readonly isBrowser = inject(IS_BROWSER);
  private readonly logger = inject(SESSION_LOGGER);
  private readonly zone = inject(NgZone);

  /** Cold; waits for the restore and a due refresh. `null`: send without a token. Errors: do not send. */
  header(plan: InjectionPlan): Observable<TokenHeader | null> {
    const isInZone = NgZone.isInAngularZone();
    return this.tokens.live().pipe(
      map((active) => headerOf(plan, active, isInZone)),
      // Signed out, before or while waiting: the rule decides.
      catchError((error: unknown) =>
        plan.anonymous && this.tokens.isSignedOut() ? of(null) : throwError(() => error),
      ),
      this.inZone(isInZone),
    );
  }

  /** Cold; the header to retry with after a 401, of the same sign-in. `null`: the 401 is the answer. Never errors. */
  successor(
    plan: InjectionPlan,
    refused: TokenHeader,
    response$: Observable<HttpErrorResponse>,
  ): Observable<TokenHeader | null> {
    const { retryOnUnauthorized } = plan;
    // A render does not wait for a refresh.
    if (!this.isBrowser || retryOnUnauthorized === false) return of(null);
    const asked$ =
      retryOnUnauthorized === true
        ? of(true)
        : response$.pipe(map((response) => this.saysYes(retryOnUnauthorized, response)));
    return asked$.pipe(
      switchMap((isWanted) => (isWanted ? this.unauthorized.replace(refused.origin) : of(null))),
      map((active) => active && headerOf(plan, active, refused.isInZone)),
      // The caller called an API, not Cognito: the API's answer is the result.
      catchError(() => of(null)),
      defaultIfEmpty(null),
      this.inZone(refused.isInZone),
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

  /** A caller outside the zone stays there. */
  private inZone<T>(isInZone: boolean): MonoTypeOperatorFunction<T> {
    return isInZone ? enterZone(this.zone) : identity;
  }
}

function headerOf(plan: InjectionPlan, { sid, gen, tokens }: ActiveSession, isInZone: boolean): TokenHeader {
  const token = plan.tokenUse === 'id' ? tokens.idToken : tokens.accessToken;
  if (token === undefined) throw new SessionError('noIdToken', 'The session has no ID token.');
  const { headerName: name } = plan;
  return {
    origin: { sid, gen },
    name,
    value: plan.headerValue(token),
    isInZone,
    follow: (asked) => followRule(name, asked),
  };
}
