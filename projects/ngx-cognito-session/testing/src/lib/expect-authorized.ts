import { TestBed } from '@angular/core/testing';
import { decodeUnverifiedJwt, SessionService, type AuthTokens } from 'ngx-cognito-session';

/** An `HttpRequest`, a `Request`, or anything else with such headers. */
export interface RequestWithHeaders {
  /** Names are found whatever their case. */
  readonly headers: { get(name: string): string | null };
}

/** What a rule of `withTokenInjection` says about the token. */
export interface ExpectedToken {
  /** Default `access`. */
  readonly tokenUse?: 'access' | 'id';
  /** Default `Authorization`. */
  readonly headerName?: string;
  /** Default `Bearer` and the token. */
  readonly headerValue?: (token: string) => string;
}

/**
 * Throws unless a request carries the token of the session that the test has now: a stale one, or that of somebody else,
 * will not do. Takes what `HttpTestingController` gives, too.
 *
 * ```ts
 * expectAuthorized(backend.expectOne('/api/orders'));
 * ```
 */
export function expectAuthorized(
  request: RequestWithHeaders | { readonly request: RequestWithHeaders },
  { tokenUse = 'access', headerName = 'Authorization', headerValue = bearer }: ExpectedToken = {},
): void {
  const token = tokenOf(heldTokens(), tokenUse);
  const found = headersOf(request).get(headerName);
  if (found === headerValue(token)) return;
  throw new Error(`Expected the session's ${tokenUse} token in ${headerName}, and found ${describe(found)}.`);
}

/**
 * Throws if a request carries a token of the session that the test has now, in that header: what other origins get, and
 * everybody while nobody is signed in.
 *
 * ```ts
 * expectAnonymous(backend.expectOne('https://elsewhere.example.com/'));
 * ```
 */
export function expectAnonymous(
  request: RequestWithHeaders | { readonly request: RequestWithHeaders },
  { headerName = 'Authorization' }: Pick<ExpectedToken, 'headerName'> = {},
): void {
  const found = headersOf(request).get(headerName);
  if (found !== null) throw new Error(`Expected no ${headerName}, and found ${describe(found)}.`);
}

function headersOf(
  request: RequestWithHeaders | { readonly request: RequestWithHeaders },
): RequestWithHeaders['headers'] {
  return 'request' in request ? request.request.headers : request.headers;
}

function bearer(token: string): string {
  return `Bearer ${token}`;
}

function heldTokens(): AuthTokens {
  const found: AuthTokens[] = [];
  TestBed.inject(SessionService)
    .getTokens()
    .subscribe((tokens) => {
      if (tokens !== null) found.push(tokens);
    });
  const [held] = found;
  if (held === undefined) throw new Error('Nobody is signed in.');
  return held;
}

function tokenOf({ accessToken, idToken }: AuthTokens, tokenUse: 'access' | 'id'): string {
  const token = tokenUse === 'access' ? accessToken : idToken;
  if (token === undefined) throw new Error('The session has no ID token.');
  return token;
}

/** Says whose token it is, never the token. */
function describe(header: string | null): string {
  if (header === null) return 'no such header';
  const [jwt] = /[\w-]+\.[\w-]+\.[\w-]+/.exec(header) ?? [];
  if (jwt === undefined) return 'something that is no token';
  try {
    const { token_use: use, sub, exp } = decodeUnverifiedJwt(jwt).payload;
    return `the ${String(use)} token of ${String(sub)} that expires at ${new Date(Number(exp) * 1000).toISOString()}`;
  } catch {
    return 'something that is no token';
  }
}
