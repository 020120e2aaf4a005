import { SessionError } from '../errors/session-error';

/** How `CookieStorageAdapter` writes its cookies. */
export interface CookieStorageOptions {
  /** Where the refresh token is stored. Default `indexedDb`: a cookie is sent with every request. */
  refreshTokenIn?: 'indexedDb' | 'cookie';
  /** Shares the cookies with this domain and all hosts below it, which can read and write them. Default: this host alone. */
  domain?: string;
  /** Default `/`. */
  path?: string;
  /** Default: on https, and with a prefix that requires it. */
  secure?: boolean;
  /** Default `Lax`. */
  sameSite?: 'Strict' | 'Lax' | 'None';
  /** Seconds. Default: until the browser ends its session. */
  maxAge?: number;
  /**
   * The prefix of every cookie name; may itself begin with `__Host-` or `__Secure-`. Default: `__Host-cognito-session.` on
   * https, so that sibling hosts cannot write these cookies. With `domain`, another path or `secure: false`, and on http:
   * `cognito-session.`.
   */
  prefix?: string;
}

/** Options that a browser will not refuse. */
export interface CookieRules {
  readonly prefix: string;
  /** Of a cookie that is written or removed, ready to be appended. */
  readonly attributes: string;
  /** The attribute of a cookie that is written. */
  readonly maxAge: string;
}

const DEFAULT_PREFIX = 'cognito-session.';

/**
 * The rules for a page that is on https or not. Checks the options against what browsers refuse silently. Throws
 * `invalidConfiguration`. Pure.
 */
export function cookieRules(options: CookieStorageOptions, isHttps: boolean): CookieRules {
  const { domain, path = '/', secure, sameSite = 'Lax', maxAge } = options;
  const isHostOnly = isHttps && domain === undefined && path === '/' && secure !== false;
  const { prefix = isHostOnly ? `__Host-${DEFAULT_PREFIX}` : DEFAULT_PREFIX } = options;
  // An empty prefix would make every cookie of the site ours.
  check(/^[\w!#$%&'*+\-.^`|~]+$/.test(prefix), 'prefix', 'must be a cookie name');
  check(!/^__(Host-)?Http-/i.test(prefix), 'prefix', 'asks for HttpOnly, which only a server can set');
  check(domain === undefined || /^\.?[\w-]+(\.[\w-]+)*$/.test(domain), 'domain', 'must be a host name');
  check(/^\/[\x20-\x3a\x3c-\x7e]*$/.test(path), 'path', 'must begin with / and hold no ;');
  check(['Strict', 'Lax', 'None'].includes(sameSite), 'sameSite', 'must be Strict, Lax or None');
  check(
    maxAge === undefined || (Number.isSafeInteger(maxAge) && maxAge > 0),
    'maxAge',
    'must be whole seconds',
  );
  checkNamePrefix(prefix, { domain, path, secure });
  check(sameSite !== 'None' || secure !== false, 'secure', 'must be on with sameSite None');
  const domainAttribute = domain === undefined ? '' : `; Domain=${domain}`;
  const isSecure = isSecurePrefix(prefix) || sameSite === 'None' || (secure ?? isHttps);
  return {
    prefix,
    attributes: `; Path=${path}; SameSite=${sameSite}${domainAttribute}${isSecure ? '; Secure' : ''}`,
    maxAge: maxAge === undefined ? '' : `; Max-Age=${maxAge}`,
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc6265#section-4.1 and RFC 6265bis, "Cookie Name Prefixes". */
function checkNamePrefix(
  prefix: string,
  { domain, path, secure }: { domain: string | undefined; path: string; secure: boolean | undefined },
): void {
  if (!isSecurePrefix(prefix)) return;
  check(secure !== false, 'secure', `must be on with the prefix ${prefix}`);
  if (!/^__Host-/i.test(prefix)) return;
  check(domain === undefined, 'domain', `must not be given with the prefix ${prefix}`);
  check(path === '/', 'path', `must be / with the prefix ${prefix}`);
}

function isSecurePrefix(prefix: string): boolean {
  return /^__(Host|Secure)-/i.test(prefix);
}

function check(isRight: boolean, option: keyof CookieStorageOptions, rule: string): void {
  if (!isRight) throw new SessionError('invalidConfiguration', `Cookie storage: ${option} ${rule}.`);
}
