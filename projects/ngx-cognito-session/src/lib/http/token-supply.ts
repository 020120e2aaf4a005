import type { HttpErrorResponse } from '@angular/common/http';
import { inject, NgZone } from '@angular/core';
import {
  catchError,
  defaultIfEmpty,
  defer,
  identity,
  map,
  of,
  switchMap,
  throwError,
  type Observable,
} from 'rxjs';
import type { ActiveSession } from '../core/active-session';
import type { TokenOrigin } from '../core/unauthorized-step';
import { enterZone } from '../platform/enter-zone';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_LOGGER } from '../platform/session-logger';
import { idTokenOf } from '../session-service/id-token-of';
import { SESSION_SOURCE } from '../session-service/session-source';
import type { InjectionPlan } from './injection-plan';

/** The header of a request, and the sign-in of its token. */
export interface TokenHeader {
  /** The sign-in and the generation of the token. */
  readonly origin: TokenOrigin;
  /** The name of the header. */
  readonly name: string;
  /** The value of the header. */
  readonly value: string;
  /** Whether the answer to the request is the result, whatever it is. */
  readonly isFinal: boolean;
  /** Whether the header is no secret: it may follow a redirect to another origin. */
  readonly isPublic?: boolean;
}

/** Puts tokens into headers. A caller inside the zone gets its answers there. Needs an injection context. */
export class TokenSupply {
  readonly #tokens = inject(SESSION_SOURCE).tokens;
  readonly #unauthorized = inject(SESSION_SOURCE).unauthorized;
  readonly #isBrowser = inject(IS_BROWSER);
  readonly #logger = inject(SESSION_LOGGER);
  readonly #zone = inject(NgZone);

  /**
   * Cold; sends with a header, in the task of the call unless the restore or a refresh has to be waited for. `null`: send
   * without a token. Errors without sending.
   */
  send<T>(plan: InjectionPlan, send: (header: TokenHeader | null) => Observable<T>): Observable<T> {
    return defer(() => {
      const active = this.#tokens.now();
      return active === null ? this.#late(plan).pipe(switchMap(send)) : send(this.#header(plan, active));
    });
  }

  /**
   * Cold; the header to send again with, of the same sign-in. `null`: the response is the answer. Never errors. Only for
   * responses that `isRetried` names.
   */
  successor(
    plan: InjectionPlan,
    refused: TokenHeader,
    response$: Observable<HttpErrorResponse>,
  ): Observable<TokenHeader | null> {
    const { retryOnUnauthorized } = plan;
    const asked$ =
      typeof retryOnUnauthorized === 'function'
        ? response$.pipe(map((response) => this.#saysYes(retryOnUnauthorized, response)))
        : of(true);
    return asked$.pipe(
      switchMap((isWanted) => (isWanted ? this.#unauthorized.replace(refused.origin) : of(null))),
      map((active) => active && this.#header(plan, active, refused)),
      // The caller called an API, not Cognito: the API's answer is the result.
      catchError(() => of(null)),
      defaultIfEmpty(null),
      // A caller outside the zone stays there.
      NgZone.isInAngularZone() ? enterZone(this.#zone) : identity,
    );
  }

  #late(plan: InjectionPlan): Observable<TokenHeader | null> {
    return this.#tokens
      .live((active): TokenHeader | null => this.#header(plan, active))
      .pipe(
        // Signed out, before or while waiting: the rule decides.
        catchError((error: unknown) =>
          plan.anonymous && this.#tokens.isSignedOut() ? of(null) : throwError(() => error),
        ),
      );
  }

  #header(
    { tokenUse, headerName, headerValue, retryOnUnauthorized }: InjectionPlan,
    active: ActiveSession,
    refused?: TokenHeader,
  ): TokenHeader {
    const { sid, gen, tokens } = active;
    const isRepeated = refused?.origin.gen === gen;
    return {
      origin: { sid, gen, isRepeated },
      name: headerName,
      value: headerValue(tokenUse === 'id' ? idTokenOf(active) : tokens.accessToken),
      // A newer token is sent once. A render does not wait for a refresh.
      isFinal: (refused !== undefined && !isRepeated) || retryOnUnauthorized === false || !this.#isBrowser,
    };
  }

  #saysYes(predicate: (response: HttpErrorResponse) => boolean, response: HttpErrorResponse): boolean {
    try {
      return predicate(response);
    } catch (error) {
      this.#logger.error('retryOnUnauthorized threw; the request is not sent again.', {
        name: error instanceof Error ? error.name : typeof error,
      });
      return false;
    }
  }
}

/** Whether a response may lead to a second try: a 401, or one that the app's function is asked about. Pure. */
export function isRetried(
  { retryOnUnauthorized }: InjectionPlan,
  header: TokenHeader,
  status: number,
): boolean {
  if (header.isFinal) return false;
  return status === 401 || (typeof retryOnUnauthorized === 'function' && status >= 400);
}
