import type { HttpErrorResponse, HttpEvent } from '@angular/common/http';
import { inject, Injectable, NgZone } from '@angular/core';
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
import type { ActiveSession } from '../../core/active-session';
import { SessionError } from '../../errors/session-error';
import { enterZone } from '../../platform/enter-zone';
import { IS_BROWSER } from '../../platform/is-browser';
import { SESSION_LOGGER } from '../../platform/session-logger';
import { SESSION_ENGINE } from '../../session-service/session-engine';
import { SessionTokens } from '../../session-service/session-tokens';
import type { InjectionPlan } from '../injection-plan';
import type { Sending, TokenHeader, TokenSupply } from '../token-supply';
import { followRule } from './follow-rule';
import { sendAuthorized } from './send-authorized';

/** Puts tokens of the engine into headers. */
@Injectable()
export class LoadedTokenSupply implements TokenSupply {
  private readonly engine = inject(SESSION_ENGINE);
  private readonly tokens = inject(SessionTokens);
  private readonly isBrowser = inject(IS_BROWSER);
  private readonly logger = inject(SESSION_LOGGER);
  private readonly zone = inject(NgZone);

  header(plan: InjectionPlan): Observable<TokenHeader | null> {
    const isInZone = NgZone.isInAngularZone();
    return this.engine.live().pipe(
      map((active) => headerOf(plan, active, isInZone)),
      // Signed out, before or while waiting: the rule says what then.
      catchError((error: unknown) =>
        plan.anonymous && this.tokens.isSignedOut() ? of(null) : throwError(() => error),
      ),
      this.inZone(isInZone),
    );
  }

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
      switchMap((isWanted) => (isWanted ? this.engine.replace(refused.origin) : of(null))),
      map((active) => active && headerOf(plan, active, refused.isInZone)),
      // The caller asked an API, not Cognito: what the API said is the answer.
      catchError(() => of(null)),
      defaultIfEmpty(null),
      this.inZone(refused.isInZone),
    );
  }

  send(sending: Sending): Observable<HttpEvent<unknown>> {
    const { request, next, plan } = sending;
    return this.header(plan).pipe(
      switchMap((header) => (header === null ? next(request) : sendAuthorized(sending, this, header))),
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
