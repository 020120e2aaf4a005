import { HttpErrorResponse, type HttpClient } from '@angular/common/http';
import {
  catchError,
  EMPTY,
  firstValueFrom,
  from,
  fromEvent,
  map,
  NEVER,
  Observable,
  of,
  takeUntil,
  tap,
  throwError,
} from 'rxjs';
import { createAuthFetch, sessionContext, type SessionService } from '../../src/public-api';

/** What a page of the app uses to get a token. */
export interface TokenSourceContext {
  readonly session: SessionService;
  readonly http: HttpClient;
  /** The number of the caller. A request carries it, so that its token is judged as given to that caller. */
  readonly asker: number;
  readonly handedOut: (token: string) => void;
}

/** One path by which tokens leave the library. */
export interface TokenSource {
  readonly name: string;
  readonly use: 'access' | 'id';
  /** Cold; a caller gets the token through `handedOut`. */
  ask(context: TokenSourceContext): Observable<unknown>;
}

/** Tells whose request it is. */
export const ASKER_HEADER = 'X-Asker';

/** Every path by which tokens leave the library. A new one is one entry. */
export const TOKEN_SOURCES: readonly TokenSource[] = [
  {
    name: 'getAccessToken',
    use: 'access',
    ask: ({ session, handedOut }) => session.getAccessToken().pipe(tap(handedOut)),
  },
  {
    name: 'getIdToken',
    use: 'id',
    ask: ({ session, handedOut }) => session.getIdToken().pipe(tap(handedOut)),
  },
  {
    name: 'interceptor',
    use: 'access',
    ask: ({ http, asker }) => http.get('/api/things', { headers: { [ASKER_HEADER]: String(asker) } }),
  },
  {
    name: 'interceptor with the ID token',
    use: 'id',
    ask: ({ http, asker }) => http.get('/id-api/things', { headers: { [ASKER_HEADER]: String(asker) } }),
  },
  {
    name: 'createAuthFetch',
    use: 'access',
    ask: ({ session, http, asker }) =>
      authFetched(session, http, '/api/things', { headers: { [ASKER_HEADER]: String(asker) } }),
  },
];

/** Leaving aborts, as an app does it. What `fetch` itself says is no matter of tokens. */
function authFetched(
  session: SessionService,
  http: HttpClient,
  url: string,
  init: RequestInit,
): Observable<Response> {
  return new Observable((subscriber) => {
    const controller = new AbortController();
    const authFetch = createAuthFetch(session, { fetch: fetchOver(http) });
    const subscription = from(authFetch(url, { ...init, signal: controller.signal }))
      .pipe(catchError((error: unknown) => (error instanceof TypeError ? EMPTY : throwError(() => error))))
      .subscribe(subscriber);
    return () => {
      subscription.unsubscribe();
      controller.abort();
    };
  });
}

/** The app's API behind `fetch`; the interceptor has no part in it. */
function fetchOver(http: HttpClient): typeof fetch {
  return (input, init = {}) =>
    firstValueFrom(
      http
        .request(init.method ?? 'GET', input instanceof Request ? input.url : input.toString(), {
          headers: Object.fromEntries(new Headers(init.headers)),
          observe: 'response',
          context: sessionContext({ attach: false }),
        })
        .pipe(
          catchError((error: unknown) =>
            error instanceof HttpErrorResponse && error.status !== 0
              ? of(error)
              : throwError(() => new TypeError('Failed to fetch')),
          ),
          map(({ status }) => new Response(null, { status })),
          takeUntil(init.signal ? fromEvent(init.signal, 'abort') : NEVER),
        ),
    );
}
