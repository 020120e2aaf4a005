import { TestBed } from '@angular/core/testing';
import { decodeUnverifiedJwt, SessionService } from 'ngx-cognito-session';
import { valueNow } from './value-now';

/** An `HttpRequest`, a `Request`, or any object with such headers; or a request of `HttpTestingController`. */
export type RequestWithHeaders =
  | {
      /** Names are case-insensitive. */
      readonly headers: { get(name: string): string | null };
    }
  | {
      /** The request that was made. */
      readonly request: { readonly headers: { get(name: string): string | null } };
    };

/** Which token is expected in which header, as in a rule of `withTokenInjection`. */
export interface ExpectedToken {
  /** Default `access`. */
  readonly tokenUse?: 'access' | 'id' | undefined;
  /** Default `Authorization`. */
  readonly headerName?: string | undefined;
  /** Default `Bearer` and the token. */
  readonly headerValue?: ((token: string) => string) | undefined;
  /** Default: that of `TestBed`; another one for apps with two of them. */
  readonly session?: SessionService | undefined;
}

/**
 * Throws unless a request carries the current token of the session: an older one, or one of another user, is an error.
 *
 * ```ts
 * expectAuthorized(backend.expectOne('/api/orders'));
 * ```
 */
export function expectAuthorized(request: RequestWithHeaders, expected: ExpectedToken = {}): void {
  const { tokenUse = 'access', headerName = 'Authorization', headerValue = bearer } = expected;
  const token = tokenOf(expected.session ?? TestBed.inject(SessionService), tokenUse);
  const found = headersOf(request).get(headerName);
  if (found === headerValue(token)) return;
  throw new Error(`Expected the session's ${tokenUse} token in ${headerName}, and found ${nameOf(found)}.`);
}

/**
 * Throws if a request has the header in which tokens are sent: for other origins, and while the user is signed out.
 *
 * ```ts
 * expectAnonymous(backend.expectOne('https://elsewhere.example.com/'));
 * ```
 */
export function expectAnonymous(
  request: RequestWithHeaders,
  expected: Pick<ExpectedToken, 'headerName'> = {},
): void {
  const { headerName = 'Authorization' } = expected;
  const found = headersOf(request).get(headerName);
  if (found !== null) throw new Error(`Expected no ${headerName}, and found ${nameOf(found)}.`);
}

function headersOf(request: RequestWithHeaders): { get(name: string): string | null } {
  return 'request' in request ? request.request.headers : request.headers;
}

function bearer(token: string): string {
  return `Bearer ${token}`;
}

function tokenOf(session: SessionService, tokenUse: 'access' | 'id'): string {
  const held = valueNow(session.getTokens()) ?? null;
  if (held === null) throw new Error('The user is not signed in.');
  const token = tokenUse === 'access' ? held.accessToken : held.idToken;
  if (token === undefined) throw new Error('The session has no ID token.');
  return token;
}

/** Describes whose token it is, never the token. */
function nameOf(header: string | null): string {
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
