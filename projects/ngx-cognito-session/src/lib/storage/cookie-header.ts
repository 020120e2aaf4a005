import type { Cookie } from './cookie-jar';

/** A cookie of a request. */
export interface HeaderCookie extends Cookie {
  /** Its name follows a comma, so that it may also be part of another cookie's value. */
  readonly isLoose: boolean;
}

/** A comma before a name: a proxy has joined several headers. Never a comma of JSON whose escapes a proxy has decoded. */
const JOINED = /,(?=[ \t]*[\w!#$%&'*+\-.^`|~]+=)/;

/**
 * The cookies of a `Cookie` header, however proxies have joined them: with `;`, with or without white space, or several
 * headers with commas. A name may come twice. Cookies without a name or a value are left out. Pure.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-4.2
 */
export function parseCookieHeader(header: string): readonly HeaderCookie[] {
  return header
    .split(';')
    .flatMap((part) => part.split(JOINED).map((pair, index) => toCookie(pair, index > 0)))
    .filter(({ name, value }) => name !== '' && value !== '');
}

function toCookie(pair: string, isLoose: boolean): HeaderCookie {
  const equals = Math.max(0, pair.indexOf('='));
  return { name: pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim(), isLoose };
}
