import { parseCookie, stringifySetCookie } from 'cookie';
import type { ResolvedOptions } from '../config/resolved-options';
import { SECOND_MS } from '../model/numbers';

export type CookieOptions = Pick<ResolvedOptions, 'cookieName' | 'isSecure' | 'sameSite'>;

/** The `Set-Cookie` value that a sign-in answers with. It lives as long as the session. */
export function sessionCookie(value: string, lifetimeMs: number, options: CookieOptions): string {
  const maxAge = Math.max(0, Math.floor(lifetimeMs / SECOND_MS));
  const sameSite = options.sameSite === 'Strict' ? 'strict' : 'lax';
  return setCookie(options.cookieName, value, { maxAge, sameSite }, options);
}

/** The `Set-Cookie` value that ends the cookie of a session. */
export function clearedSessionCookie(options: CookieOptions): string {
  return sessionCookie('', 0, options);
}

export function setCookie(
  name: string,
  value: string,
  { maxAge, sameSite }: { readonly maxAge: number; readonly sameSite: 'strict' | 'lax' },
  { isSecure }: Pick<CookieOptions, 'isSecure'>,
): string {
  return stringifySetCookie({ name, value, maxAge, sameSite, httpOnly: true, secure: isSecure, path: '/' });
}

/**
 * The cookie with exactly this name. `undefined` without one, and with two that differ: a browser keeps one cookie with a
 * `__Host-` prefix, so the request does not come from a browser that honours it, and another host may have planted one of them.
 */
export function cookieOf(request: Request, name: string): string | undefined {
  const values = (request.headers.get('cookie') ?? '').split(';').flatMap((pair) => {
    const value = parseCookie(pair)[name];
    return value === undefined ? [] : [value];
  });
  return new Set(values).size === 1 ? values[0] : undefined;
}

/** All cookies of a request by their exact names. Of two with one name the first counts. */
export function cookiesOf(request: Request): Readonly<Record<string, string | undefined>> {
  return parseCookie(request.headers.get('cookie') ?? '');
}
