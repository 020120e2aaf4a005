import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { inject, runInInjectionContext } from '@angular/core';
import { defer, firstValueFrom, from, map, merge, Observable, of, switchMap, type SchedulerLike } from 'rxjs';
import { SessionError } from '../errors/session-error';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import type { SessionService } from '../session-service/session-service';
import type { InjectionPlan } from './injection-plan';
import { OutgoingFetch, type FetchFn } from './outgoing-fetch';
import { refusalBody } from './refusal-body';
import { REQUEST_WATCH } from './request-watch';
import { TokenInjection } from './token-injection';
import { TOKEN_INJECTION, type RequestInjection } from './token-injection-port';
import { isRetried, type TokenHeader } from './token-supply';
import { diagnoseUnmatched } from './unmatched-requests';

declare const ngDevMode: unknown;

/** Options of `createAuthFetch` that take precedence over the rules of `withTokenInjection`. */
export interface AuthFetchOptions {
  /**
   * Replaces the rules, in browsers only. Called with the absolute URL, and only for URLs that may get a token
   * (https or loopback, no user info, no disguised path). If it throws, no token is attached.
   */
  shouldAttachToken?: (url: string) => boolean;
  /** Default: that of the rule, else 'Authorization'. With another name redirects are an error. */
  headerName?: string;
  /** Default: that of the rule, else `Bearer <token>`. */
  headerValue?: (token: string) => string;
  /** Default: that of the rule, else 'access'. */
  tokenUse?: 'access' | 'id';
  /** Whether a 401 leads to one refresh and one retry. Default: that of the rule, else true. */
  retryOnUnauthorized?: boolean;
  /** Sends the requests. Default: the page's `fetch`, looked up with each call. */
  fetch?: typeof fetch;
}

/**
 * A `fetch` that puts the session's token on the requests that the rules of `withTokenInjection`, or `shouldAttachToken`,
 * select. It waits, refreshes and retries like `sessionInterceptor`, and rejects with the same `SessionError`s without
 * sending. Errors of `fetch`, and every `Response`, are passed on unchanged. A body that is a stream is sent once and not
 * again after a 401. Needs no injection context. Throws `invalidConfiguration` without rules and without `shouldAttachToken`.
 *
 * ```ts
 * const authFetch = createAuthFetch(inject(SessionService));
 * const response = await authFetch('https://api.example.com/orders');
 * ```
 */
export function createAuthFetch(session: SessionService, options: AuthFetchOptions = {}): typeof fetch {
  const { shouldAttachToken } = options;
  const { injection, scheduler, watch } = runInInjectionContext(session.ɵinjector, () => ({
    injection:
      shouldAttachToken === undefined
        ? session.ɵinjector.get(TOKEN_INJECTION, null)
        : new TokenInjection({ attachTo: [({ url }) => shouldAttachToken(url)] }),
    scheduler: inject(SESSION_SCHEDULER),
    watch: inject(REQUEST_WATCH, { optional: true }),
  }));
  if (injection === null)
    throw new SessionError(
      'invalidConfiguration',
      'createAuthFetch needs the rules of withTokenInjection, or shouldAttachToken.',
    );
  const send: FetchFn = options.fetch ?? ((input, init) => globalThis.fetch(input, init));

  return async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const outgoing = OutgoingFetch.read(input, init, injection.baseUrl);
    const watched = (outgoing && watch?.(outgoing.described, injection)) ?? injection;
    const plan = outgoing && watched.planFor(outgoing.described, options);
    if (outgoing === null || plan === null) {
      const answer = send(input, init);
      if (
        (typeof ngDevMode === 'undefined' || ngDevMode) &&
        outgoing !== null &&
        shouldAttachToken === undefined
      )
        diagnoseUnmatchedFetch(session, injection, outgoing, answer);
      return answer;
    }
    const { supply } = watched;
    const answer$ = supply.send(plan, (header) =>
      header === null
        ? from(send(input, init))
        : sendAuthorized({ send, plan, supply, scheduler }, outgoing, header),
    );
    return firstValueFrom(merge(abortOf(outgoing.signal), answer$));
  };
}

interface Sending {
  readonly send: FetchFn;
  readonly plan: InjectionPlan;
  readonly supply: RequestInjection['supply'];
  readonly scheduler: SchedulerLike;
}

/** Sends with a token, and after a 401 again with a newer one of the same sign-in, or with the same one if it was young. */
function sendAuthorized(
  sending: Sending,
  outgoing: OutgoingFetch,
  header: TokenHeader,
): Observable<Response> {
  const { send, plan, supply, scheduler } = sending;
  const again = header.isFinal ? null : outgoing.copy();
  return from(outgoing.send(send, header)).pipe(
    switchMap((response) => {
      if (again === null || !isRetried(plan, header, response.status)) return of(response);
      return supply
        .successor(
          plan,
          header,
          defer(() => toHttpError(response, scheduler)),
        )
        .pipe(
          switchMap((newer) => {
            if (newer === null) return of(response);
            // The rejected answer is not read. Cancelling it frees its connection.
            response.body?.cancel().catch(() => undefined);
            return sendAuthorized(sending, again, newer);
          }),
        );
    }),
  );
}

/** The answer in the form that predicates of `withTokenInjection` get. */
function toHttpError(response: Response, scheduler: SchedulerLike): Observable<HttpErrorResponse> {
  const { status, statusText, url } = response;
  return refusalBody(response, scheduler).pipe(
    map(
      (error) =>
        new HttpErrorResponse({
          error,
          headers: new HttpHeaders(response.headers),
          status,
          statusText,
          url,
        }),
    ),
  );
}

/** For development only. */
function diagnoseUnmatchedFetch(
  session: SessionService,
  injection: RequestInjection,
  { described }: OutgoingFetch,
  answer: Promise<Response>,
): void {
  answer
    .then(({ status }) => {
      if (status === 401)
        runInInjectionContext(session.ɵinjector, () => {
          diagnoseUnmatched(injection, described);
        });
    })
    // The caller gets the error.
    .catch(() => undefined);
}

/** Errors as `fetch` does when the caller aborts, also before the request is sent. */
function abortOf(signal: AbortSignal | null): Observable<never> {
  return new Observable((subscriber) => {
    const abort = () => {
      subscriber.error(signal?.reason);
    };
    if (signal?.aborted === true) abort();
    else signal?.addEventListener('abort', abort);
    return () => {
      signal?.removeEventListener('abort', abort);
    };
  });
}
