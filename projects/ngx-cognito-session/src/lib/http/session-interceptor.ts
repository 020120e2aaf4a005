import {
  HttpEventType,
  type HttpEvent,
  type HttpHandlerFn,
  type HttpInterceptorFn,
  type HttpRequest,
} from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, defaultIfEmpty, filter, of, switchMap, throwError, type Observable } from 'rxjs';
import type { ActiveSession } from '../core/active-session';
import { SessionError } from '../errors/session-error';
import { SessionTokens } from '../session-service/session-tokens';
import { UnauthorizedRenewals } from '../session-service/unauthorized-renewal';
import type { InjectionPlan } from './injection-plan';
import { TokenInjection } from './token-injection';

/**
 * Puts the session's token on the requests that the rules of `withTokenInjection` name, waiting for the restore and for a
 * due renewal, and answers a 401 with one shared renewal and one retry. Other requests pass untouched. An existing header
 * is left alone. Requests fail unsent with a `SessionError` if the session is stale or cannot be restored in time.
 *
 * ```ts
 * provideHttpClient(withInterceptors([sessionInterceptor]));
 * ```
 */
export const sessionInterceptor: HttpInterceptorFn = (request, next) => {
  const injection = inject(TokenInjection, { optional: true });
  const plan = injection?.planFor(request) ?? null;
  if (injection === null || plan === null || request.headers.has(plan.headerName)) return next(request);
  const ports = { injection, tokens: inject(SessionTokens), renewals: inject(UnauthorizedRenewals) };
  return ports.tokens.live().pipe(
    // Signed out, before or while waiting: the rule says what then.
    catchError((error: unknown) =>
      plan.anonymous && ports.tokens.isSignedOut() ? of(null) : throwError(() => error),
    ),
    switchMap((active) =>
      active === null ? next(request) : sendAuthorized({ request, next, plan, ...ports }, active),
    ),
  );
};

interface Sending {
  readonly request: HttpRequest<unknown>;
  readonly next: HttpHandlerFn;
  readonly plan: InjectionPlan;
  readonly injection: TokenInjection;
  readonly renewals: UnauthorizedRenewals;
}

/** With a token, and after a 401 once more with a newer one of the same sign-in. */
function sendAuthorized(sending: Sending, active: ActiveSession): Observable<HttpEvent<unknown>> {
  const { request, next, plan, injection, renewals } = sending;
  return next(authorize(request, plan, active)).pipe(
    catchError((refusal: unknown) => {
      if (!injection.isRefusal(refusal)) return throwError(() => refusal);
      return renewals.replace(active).pipe(
        // The caller asked an API, not Cognito: what the API said is the answer.
        catchError(() => of(null)),
        defaultIfEmpty(null),
        switchMap((renewed) =>
          renewed === null
            ? throwError(() => refusal)
            : next(authorize(request, plan, renewed)).pipe(filter(({ type }) => type !== HttpEventType.Sent)),
        ),
      );
    }),
  );
}

function authorize(
  request: HttpRequest<unknown>,
  plan: InjectionPlan,
  { tokens }: ActiveSession,
): HttpRequest<unknown> {
  const token = plan.tokenUse === 'id' ? tokens.idToken : tokens.accessToken;
  if (token === undefined) throw new SessionError('noIdToken', 'The session has no ID token.');
  return request.clone({
    setHeaders: { [plan.headerName]: plan.headerValue(token) },
    // What was answered to one user must not be handed to the next from a server-rendered page.
    transferCache: false,
  });
}
