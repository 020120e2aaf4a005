import type { HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { diagnoseMissingRules } from './missing-rules';
import { InterceptedRequests } from './request-check';
import { sendAuthorized } from './send-authorized';
import { REQUEST_WATCH } from './request-watch';
import { isSentByXhr } from './sent-by-xhr';
import { diagnoseServerXhr } from './server-xhr';
import { SESSION_CONTEXT, type SessionContextOptions } from './session-context';
import { TOKEN_INJECTION } from './token-injection-port';

declare const ngDevMode: boolean | undefined;
/** Set to `false` by builds for browsers. */
declare const ngServerMode: boolean | undefined;

const NOTHING: SessionContextOptions = {};

/**
 * Puts the session's token on the requests that the rules of `withTokenInjection` select, waiting for the restore (at most
 * 10 s) and for a due refresh, and answers a 401 with one shared refresh and one retry. Other requests pass unchanged, as
 * do those that already have such a header. Requests fail unsent with a `SessionError` if the session is stale
 * (`networkError` and the like) or not restored in time (`restoreTimeout`). {@link sessionContext} makes exceptions for
 * one request. List it last, so that no other interceptor changes the URL behind it.
 *
 * ```ts
 * provideHttpClient(withInterceptors([sessionInterceptor]));
 * ```
 */
export const sessionInterceptor: HttpInterceptorFn = (request, next) => {
  if (typeof ngDevMode === 'undefined' || ngDevMode) inject(InterceptedRequests).add(request);
  // `get` alone would make a default for every request.
  const own = request.context.has(SESSION_CONTEXT) ? request.context.get(SESSION_CONTEXT) : NOTHING;
  const injection = own.attach === false ? null : inject(TOKEN_INJECTION, { optional: true });
  if ((typeof ngDevMode === 'undefined' || ngDevMode) && injection === null && own.attach !== false)
    diagnoseMissingRules();
  const watched = inject(REQUEST_WATCH, { optional: true })?.(request, injection, own) ?? injection;
  const plan = watched?.planFor(request, own) ?? null;
  if (injection === null || watched === null || plan === null) return next(request);
  const isServer = (typeof ngServerMode === 'undefined' || ngServerMode) && !injection.isBrowser;
  // In a browser it matters only in development. Written out, so that bundlers can evaluate it.
  const isXhr =
    (typeof ngServerMode === 'undefined' || ngServerMode || typeof ngDevMode === 'undefined' || ngDevMode) &&
    isSentByXhr();
  // The token would not be removed when such a request is redirected to another origin.
  if (isServer && isXhr) {
    if (typeof ngDevMode === 'undefined' || ngDevMode) diagnoseServerXhr();
    return next(request);
  }
  const { supply } = watched;
  const { baseUrl } = injection;
  const isMeant = () => injection.baseUrl === baseUrl || injection.planFor(request, own) !== null;
  return sendAuthorized({ request, next, plan, supply, isMeant, isXhr });
};
