import { decodeFully } from '../core/decode-fully';
import { hasUserInfo, parseUrl } from '../core/parse-url';
import { SessionError } from '../errors/session-error';

declare const ngDevMode: unknown;

/** An origin and a path: everything at and below it. */
export interface UrlScope {
  /** `null`: any origin, for a path of "this origin" while that is not known. */
  readonly origin: string | null;
  /** Without a trailing slash; '' for the whole origin. */
  readonly path: string;
}

const LOOPBACK = /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether the URL of a rule is a path of this origin. Pure. */
export function isOwnPath(rule: string): boolean {
  return /^\/(?![/\\])/.test(rule);
}

/** Reads the URL of a rule. Throws `invalidConfiguration`. `ownOrigin` is the document's; `null`: not known. Pure. */
export function parseUrlScope(rule: string, ownOrigin: string | null): UrlScope {
  const isOwn = isOwnPath(rule);
  const own = new URL(ownOrigin ?? NOWHERE).origin;
  const url = parseUrl(rule, own);
  if (
    url === null ||
    hasUserInfo(url) ||
    url.search + url.hash !== '' ||
    // It would match nothing, and a rule that keeps tokens away must not fail to.
    rule.includes('*') ||
    // `URL` drops tabs and line breaks: two slashes with one in between name another host.
    !(isOwn ? url.origin === own : /^https?:\/\//i.test(rule) && isConfidential(url))
  )
    throw invalidUrl(rule, url);
  return {
    origin: isOwn && ownOrigin === null ? null : url.origin,
    path: withoutTrailingSlashes(url.pathname),
  };
}

/**
 * The request's URL, or `null` for one that must never get a token: not http(s), not confidential, with user info, or
 * with a path that a server may read as another one. Relative ones are resolved against the document's base; without
 * `baseUrl` they are `null`. Pure.
 */
export function parseRequestUrl(requestUrl: string, baseUrl: string | undefined): URL | null {
  const url = parseUrl(requestUrl, baseUrl);
  if (url === null || !isConfidential(url) || hasUserInfo(url)) return null;
  return isDisguised(url.pathname) ? null : url;
}

/** Whether the URL lies in the scope: same origin, and the path by whole segments. Pure. */
export function isInScope(url: Pick<URL, 'origin' | 'pathname'>, { origin, path }: UrlScope): boolean {
  return (origin === null || url.origin === origin) && isAtOrBelow(url.pathname, path);
}

/** Whether the URL lies in the scope however a lenient server reads its host and path: for rules that keep tokens away. Pure. */
export function isPerhapsInScope(
  { origin, pathname }: Pick<URL, 'origin' | 'pathname'>,
  scope: UrlScope,
): boolean {
  const path = withoutTrailingSlashes(leniently(scope.path));
  const lenient = leniently(pathname);
  // For a server that decodes an escaped `?` or `#` first, the path ends there.
  return (
    (scope.origin === null || withoutRootDot(origin) === withoutRootDot(scope.origin)) &&
    lenient.startsWith(path) &&
    /^(?:[/?#]|$)/.test(lenient.slice(path.length))
  );
}

/** The origin of a page that has none (a file, a sandbox): rules for it match nothing. */
export const NOWHERE = 'https://this-origin.invalid';

function isAtOrBelow(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(`${path}/`);
}

/** Whether what is sent to the URL is encrypted, or stays on this device. Pure. */
export function isConfidential(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
}

/**
 * `URL` resolves dot segments, but not those that some servers find only after decoding slashes (however often), after
 * dropping path parameters (`..;x`) or spaces, or after ending the path early. Servers drop control characters or end the
 * path there, and no API needs them.
 */
function isDisguised(pathname: string): boolean {
  const path = decoded(pathname);
  return (
    /\p{Cc}/u.test(path) || path.split(/[/\\]/).some((segment) => /^\.\.?[ +]*(?:[;?#]|$)/.test(segment))
  );
}

/** The path as a server reads it that drops path parameters, and dots and spaces at the end of a segment, as Windows does. */
function leniently(pathname: string): string {
  return decoded(pathname)
    .toLowerCase()
    .replace(/;[^/\\]*/g, '')
    .replace(/\+/g, ' ')
    .replace(/(?<![. ])[. ]+(?![^/\\?#])/g, '')
    .replace(/[/\\]+/g, '/');
}

/** Without escapes, however often the path is encoded, and without other forms of the same characters. */
function decoded(pathname: string): string {
  const text = decodeFully(pathname)
    .replace(/(?:%[89a-f][\da-f])+/gi, decodedUtf8)
    .normalize('NFKC');
  return text === pathname ? text : decoded(text);
}

function decodedUtf8(escapes: string): string {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return escapes;
  }
}

/** `api.example.com.` is another origin for a browser, and the same host for DNS. */
function withoutRootDot(origin: string): string {
  return origin.replace(/\.(?=$|:\d+$)/, '');
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path.charAt(end - 1) === '/') end--;
  return path.slice(0, end);
}

/** What is wrong with the URL of a rule; production names the rule alone. */
export function invalidUrl(rule: string, url: URL | null): SessionError {
  const what = typeof ngDevMode === 'undefined' || ngDevMode ? whatIsWrong(rule, url) : 'is wrong';
  return new SessionError('invalidConfiguration', `withTokenInjection: '${rule}' ${what}.`);
}

function whatIsWrong(rule: string, url: URL | null): string {
  const isOwn = isOwnPath(rule);
  if (!isOwn && !/^https?:\/\//i.test(rule))
    return 'must start with "/" (this origin) or name an http(s) origin';
  if (rule.includes('*')) return 'must not have wildcards: it stands for everything below it';
  if (url === null) return isOwn ? 'must be absolute: onServer' : 'is not a URL';
  if (hasUserInfo(url) || url.search + url.hash !== '') return 'must not have user info, query or fragment';
  return isOwn ? 'leaves this origin' : 'would send tokens unencrypted: use https';
}
