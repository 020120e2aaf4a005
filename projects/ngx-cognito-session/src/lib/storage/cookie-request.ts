import { decodeFully } from '../core/decode-fully';
import { SessionError } from '../errors/session-error';
import { parseCookieHeader, type HeaderCookie } from './cookie-header';
import { cookieRules, type CookieStorageOptions } from './cookie-rules';
import { generationNumber, headName, MAX_COOKIES, parseHead, pieceGeneration } from './cookie-value';

/**
 * The text of a key in the cookies of a request, as a server gets them; `null` if there is none. Proxies drop, repeat,
 * reorder, quote, encode and decode cookies. Throws `storageError` if what arrived is not exactly one value. Pure.
 *
 * @param isHttps Whether the server knows that the page is on https. Behind a proxy the cookies may show it.
 */
export function readRequestCookies(
  options: CookieStorageOptions,
  key: string,
  { header, isHttps }: { readonly header: string; readonly isHttps: boolean },
): string | null {
  const cookies = parseCookieHeader(header);
  const { prefix: secure } = cookieRules(options, true);
  const isSecure = isHttps || cookies.some(({ name }) => name.startsWith(secure));
  const prefix = isSecure ? secure : cookieRules(options, false).prefix;
  const name = headName(prefix, key);
  const own = cookies.filter((cookie) => cookie.name === name || pieceGeneration(cookie.name, name) !== null);
  return own.length === 0 ? null : textOf(own, name, latestHead(own, name, prefix));
}

/** The value of the head that was written last, decoded as far as one cookie can be. */
function latestHead(own: readonly HeaderCookie[], name: string, prefix: string): string {
  const heads = own
    .filter((cookie) => cookie.name === name)
    // A sibling host cannot write such a cookie, but it can write one whose value contains a comma and this name.
    .filter(({ isLoose }) => !isLoose || !/^__Host-/i.test(prefix))
    .map(({ value }) => decodeFully(value))
    .filter((value) => parseHead(unquoted(value)) !== null);
  const numberOf = (head: string) => generationNumber(unquoted(head));
  const latest = Math.max(...heads.map(numberOf));
  return theOnly(heads.filter((head) => numberOf(head) === latest));
}

function textOf(own: readonly HeaderCookie[], name: string, headValue: string): string {
  // Of a decoded value a quotation mark at the edge of a piece is its own.
  const plain = headValue.startsWith('"') ? unquoted : (value: string) => value;
  const { generation, count, first } = parseHead(plain(headValue)) ?? undecidable();
  if (count > MAX_COOKIES) return undecidable();
  const pieces = Array.from({ length: count - 1 }, (_, index) =>
    theOnly(
      own
        .filter((cookie) => cookie.name === `${name}.${generation}.${index + 1}`)
        .map(({ value }) => plain(value)),
    ),
  );
  // Again: a piece may begin or end inside of an escape.
  return decodeFully([first, ...pieces].join(''));
}

/** The same value may come twice. */
function theOnly(values: readonly string[]): string {
  const [only = undecidable(), ...others] = new Set(values);
  return others.length > 0 ? undecidable() : only;
}

function unquoted(value: string): string {
  return value.replace(/^"|"$/g, '');
}

function undecidable(): never {
  throw new SessionError(
    'storageError',
    'Cookies of the session are missing in the request, or contradict each other.',
  );
}
