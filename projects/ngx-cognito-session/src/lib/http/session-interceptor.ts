import type { HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { switchMap } from 'rxjs';
import { diagnoseMissingRules } from './missing-rules';
import { sendAuthorized } from './send-authorized';
import { isSentByXhr } from './sent-by-xhr';
import { diagnoseServerXhr } from './server-xhr';
import { SESSION_CONTEXT } from './session-context';
import { TokenInjection } from './token-injection';
import { TokenSupply } from './token-supply';

declare const ngDevMode: unknown;
/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;

/**
 * Puts the session's token on the requests that the rules of `withTokenInjection` name, waiting for the restore (at most
 * 10 s) and for a due renewal, and answers a 401 with one shared renewal and one retry. Other requests pass untouched, as
 * do those that have such a header already. Requests fail unsent with a `SessionError` if the session is stale
 * (`networkError` and the like) or not restored in time (`restoreTimeout`). {@link sessionContext} makes exceptions for
 * one request. List it last, so that no other interceptor changes the URL behind it.
 *
 * ```ts
 * provideHttpClient(withInterceptors([sessionInterceptor]));
 * ```
 */
export const sessionInterceptor: HttpInterceptorFn = (request, next) => {
  const { attach, ...overrides } = request.context.get(SESSION_CONTEXT);
  const injection = attach === false ? null : inject(TokenInjection, { optional: true });
  if ((typeof ngDevMode === 'undefined' || ngDevMode) && injection === null && attach !== false)
    diagnoseMissingRules();
  const plan = injection?.planFor(request, overrides) ?? null;
  if (injection === null || plan === null) return next(request);
  const isXhr = isSentByXhr();
  // Nobody takes the token off there when such a request is redirected to another origin.
  if ((typeof ngServerMode === 'undefined' || ngServerMode) && isXhr && !injection.isBrowser) {
    if (typeof ngDevMode === 'undefined' || ngDevMode) diagnoseServerXhr();
    return next(request);
  }
  const { baseUrl } = injection;
  const isMeant = () => injection.baseUrl === baseUrl || injection.planFor(request, overrides) !== null;
  const supply = new TokenSupply();
  return supply
    .header(plan)
    .pipe(
      switchMap((header) =>
        header === null
          ? next(request)
          : sendAuthorized({ request, next, plan, supply, isMeant, isXhr }, header),
      ),
    );
};
