import { SessionError } from '../errors/session-error';

/** An origin and a path: everything at and below it. */
export interface UrlScope {
  readonly origin: string;
  /** Without a trailing slash; '' for the whole origin. */
  readonly path: string;
}

const LOOPBACK = /^(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const ENCODED_SEPARATOR = /%(?:2f|5c)/i;

/** Reads the URL of a rule. Throws `invalidConfiguration`. `baseUrl` is the document's. Pure. */
export function parseUrlScope(rule: string, baseUrl: string): UrlScope {
  const isRelative = rule.startsWith('/') && !/^\/[/\\]/.test(rule);
  if (!isRelative && !/^https?:\/\//i.test(rule))
    throw invalid(rule, 'must start with "/" (this origin) or name an http(s) origin');
  const url = parse(rule, baseUrl);
  if (url === null) throw invalid(rule, 'is not a URL');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw invalid(rule, 'must not have user info, query or fragment');
  // `URL` drops tabs and line breaks: two slashes with one in between name another host.
  if (isRelative && url.origin !== new URL(baseUrl).origin) throw invalid(rule, 'leaves this origin');
  if (!isRelative && !isConfidential(url)) throw invalid(rule, 'would send tokens unencrypted: use https');
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, '') };
}

/**
 * The request's URL, resolved against the document, or `null` for one that must never get a token: not http(s), not
 * confidential, with user info, or with a path that a server may read as another one. Pure.
 */
export function parseRequestUrl(requestUrl: string, baseUrl: string): URL | null {
  const url = parse(requestUrl, baseUrl);
  if (url === null || !isConfidential(url) || url.username !== '' || url.password !== '') return null;
  return hasHiddenDotSegment(url.pathname) ? null : url;
}

/** Whether the URL lies in the scope: same origin, and the path by whole segments. Pure. */
export function isInScope(url: URL, scope: UrlScope): boolean {
  return (
    url.origin === scope.origin && (url.pathname === scope.path || url.pathname.startsWith(`${scope.path}/`))
  );
}

function parse(url: string, baseUrl: string): URL | null {
  try {
    return new URL(url, baseUrl);
  } catch {
    return null;
  }
}

function isConfidential(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
}

/** `URL` resolves dot segments, but not those behind an encoded slash, which some servers decode. */
function hasHiddenDotSegment(pathname: string): boolean {
  if (!ENCODED_SEPARATOR.test(pathname)) return false;
  return pathname
    .split(/\/|%2f|%5c/i)
    .map((segment) => segment.replace(/%2e/gi, '.'))
    .some((segment) => segment === '.' || segment === '..');
}

function invalid(rule: string, what: string): SessionError {
  return new SessionError('invalidConfiguration', `withTokenInjection: the URL '${rule}' ${what}.`);
}
