import { userPoolEndpoint } from '../../../ngx-cognito-session/src/lib/config/user-pool-endpoint';
import { fromBase64Url } from '../crypto/base64url';
import { ConfigurationError } from '../errors/server-session-error';
import { SECOND_MS } from '../model/numbers';
import { environmentOf, isProduction, type Environment } from '../platform/environment';
import { checkShapes } from './option-shapes';
import type { ResolvedOptions } from './resolved-options';
import type { ServerSessionsLogger, ServerSessionsOptions } from './server-sessions-options';
import { systemNow } from '../platform/system-clock';
import { waitFor } from '../platform/wait-for';

const SILENT: ServerSessionsLogger = { warn: () => undefined, error: () => undefined };
const SCOPES = ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'];
const MINIMUM_IDLE_SECONDS = 600;
const STORE_METHODS = ['read', 'create', 'update', 'delete', 'list'] as const;

/** Options with their defaults and environment variables. Throws a `ConfigurationError` that names the option. */
export function resolveOptions(options: ServerSessionsOptions): ResolvedOptions {
  checkShapes(options);
  const environment = options.environment ?? environmentOf();
  const isDevelopment = developmentOf(options, environment);
  const userPoolId = text(options, environment, 'userPoolId', 'USER_POOL_ID', /^[\w-]+_[0-9a-zA-Z]+$/);
  const region = regionOf(options, environment, userPoolId);
  const appOrigin = originOf('appOrigin', options.appOrigin ?? environment['APP_ORIGIN'], isDevelopment);
  const endpoint = endpointOf(options, isDevelopment);
  const cookieName = options.cookieName ?? 'session';
  check('cookieName', /^[\w-]+$/.test(cookieName), 'must consist of letters, digits, _ and -');
  const { idleTimeoutSeconds: idle } = options;
  check('idleTimeoutSeconds', idle === undefined || idle >= MINIMUM_IDLE_SECONDS, 'must be 600 or more');
  return {
    store: storeOf(options),
    userPoolId,
    clientId: text(options, environment, 'clientId', 'CLIENT_ID', /^[\w-]+$/),
    clientSecrets: secretsOf(options, environment),
    domain: domainOf(options, environment, isDevelopment),
    appOrigin,
    basePath: basePathOf(options),
    logoutUri: logoutUriOf(options, appOrigin),
    scopes: scopesOf(options),
    cookieName: isDevelopment ? `dev-${cookieName}` : `__Host-${cookieName}`,
    isSecure: !isDevelopment,
    sameSite: oneOf(options, 'sameSite', ['Lax', 'Strict']),
    apiOrigins: (options.apiOrigins ?? []).map((origin) =>
      originOf('apiOrigins', origin, isDevelopment || isLoopback(origin)),
    ),
    refreshTokenValidityDays: validityOf(options),
    idleMs: idle === undefined ? null : idle * SECOND_MS,
    bufferMs: amount('refreshBufferSeconds', options.refreshBufferSeconds ?? 60) * SECOND_MS,
    graceMs: amount('rotationGraceSeconds', options.rotationGraceSeconds ?? 0) * SECOND_MS,
    refreshOperation: oneOf(options, 'refreshOperation', ['GetTokensFromRefreshToken', 'InitiateAuth']),
    masterKeys: masterKeysOf(options),
    endpoint: endpoint ?? userPoolEndpoint(region),
    keysUrl:
      endpoint === undefined ? null : `${endpoint.replace(/\/$/, '')}/${userPoolId}/.well-known/jwks.json`,
    jwks: options.jwks ?? null,
    logger: options.logger ?? SILENT,
    now: options.now ?? systemNow,
    wait: options.wait ?? waitFor,
    // Looked up when it is called, so that an app can replace it later.
    fetch: options.fetch ?? ((...call) => fetch(...call)),
  };
}

function developmentOf({ development = false }: ServerSessionsOptions, environment: Environment): boolean {
  check(
    'development',
    !development || !(isProduction(environment) || isProduction(environmentOf())),
    'is refused in production and on AWS Lambda',
  );
  return development;
}

function storeOf({
  store,
}: {
  readonly store?: ServerSessionsOptions['store'];
}): ServerSessionsOptions['store'] {
  if (store === undefined) throw new ConfigurationError('store', 'is missing');
  for (const method of STORE_METHODS)
    check('store', typeof store[method] === 'function', `has no method ${method}`);
  return store;
}

function scopesOf({ scopes = SCOPES }: ServerSessionsOptions): readonly string[] {
  const isGood = scopes.length > 0 && scopes.every((scope) => /^[!-~]+$/.test(scope));
  check('scopes', isGood, 'must be a list of scopes');
  return scopes;
}

/** Refresh tokens go there. */
function endpointOf({ endpoint }: ServerSessionsOptions, mayBePlain: boolean): string | undefined {
  const isGood = endpoint === undefined || isSecure(endpoint) || mayBePlain || isLoopback(endpoint);
  check('endpoint', isGood, 'is not a URL that begins with https://');
  return endpoint;
}

function text(
  options: ServerSessionsOptions,
  environment: Environment,
  field: 'userPoolId' | 'clientId',
  variable: string,
  form: RegExp,
): string {
  const value = options[field] ?? environment[variable];
  if (typeof value !== 'string' || value === '')
    throw new ConfigurationError(field, `is missing, and so is the environment variable ${variable}`);
  check(field, form.test(value), 'is malformed');
  return value;
}

function regionOf(options: ServerSessionsOptions, environment: Environment, userPoolId: string): string {
  const [ofPool = ''] = userPoolId.split('_');
  const region = options.region ?? presentOr(environment['AWS_REGION'], ofPool);
  check('region', /^[\w-]+$/.test(region), 'is malformed');
  return region;
}

function secretsOf({ clientSecret }: ServerSessionsOptions, environment: Environment): readonly string[] {
  const given = clientSecret ?? presentOr(environment['CLIENT_SECRET'], undefined)?.split(' ') ?? [];
  const secrets: readonly string[] = typeof given === 'string' ? [given] : given;
  const isGood =
    secrets.length <= 2 && secrets.every((secret) => typeof secret === 'string' && secret !== '');
  check('clientSecret', isGood, 'must be one secret, or two');
  return secrets;
}

function masterKeysOf({ masterKey }: ServerSessionsOptions): readonly string[] {
  const keys: readonly string[] = typeof masterKey === 'string' ? [masterKey] : (masterKey ?? []);
  const isGood = keys.length <= 2 && keys.every((key) => fromBase64Url(key)?.length === 32);
  check('masterKey', isGood, 'must be 32 bytes in base64url without padding, or two of them');
  return keys;
}

function basePathOf({ basePath = '/auth' }: ServerSessionsOptions): string {
  // Browsers resolve the parts . and .. before they ask.
  const isGood = /^(\/(?!\.\.?(\/|$))[\w.~-]+)+$/.test(basePath);
  check('basePath', isGood, 'must be a path such as /auth, without a / at its end');
  return basePath;
}

/** `null` without managed login. AWS shows a domain without its scheme, and its prefix alone in places. */
function domainOf(
  options: ServerSessionsOptions,
  environment: Environment,
  mayBePlain: boolean,
): string | null {
  const domain = options.domain ?? presentOr(environment['USER_POOL_DOMAIN'], undefined);
  if (domain === undefined) return null;
  const address = domain.includes('://') ? domain : `https://${domain}`;
  const isHost = address === domain || domain.includes('.') || isLoopback(address);
  check('domain', isHost, 'is not a whole domain such as my-prefix.auth.eu-west-1.amazoncognito.com');
  return originOf('domain', address, mayBePlain || isLoopback(address));
}

function logoutUriOf({ logoutUri }: ServerSessionsOptions, appOrigin: string): string {
  const uri = logoutUri ?? `${appOrigin}/`;
  check('logoutUri', URL.canParse(uri), 'is not an absolute URL');
  return uri;
}

/** The origin of a URL that is nothing but an origin. */
function originOf(field: string, value: string | undefined, mayBePlain: boolean): string {
  if (value === undefined || value === '') throw new ConfigurationError(field, 'is missing');
  const url = URL.canParse(value) ? new URL(value) : null;
  const isOrigin = url !== null && (value === url.origin || value === `${url.origin}/`);
  check(field, isOrigin, 'is not an origin such as https://app.example.com');
  const isAllowed = url?.protocol === 'https:' || (mayBePlain && url?.protocol === 'http:');
  check(field, isAllowed, 'must begin with https://');
  return url?.origin ?? '';
}

function isSecure(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'https:';
}

/** What is sent to a server on this machine never leaves it. */
function isLoopback(address: string): boolean {
  return URL.canParse(address) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
}

function oneOf<K extends 'sameSite' | 'refreshOperation'>(
  options: ServerSessionsOptions,
  field: K,
  values: readonly [NonNullable<ServerSessionsOptions[K]>, ...NonNullable<ServerSessionsOptions[K]>[]],
): NonNullable<ServerSessionsOptions[K]> {
  const value = options[field] ?? values[0];
  check(field, values.includes(value), `must be ${values.join(' or ')}`);
  return value;
}

function amount(field: string, value: number): number {
  check(field, value >= 0, 'is not a number of zero or more');
  return value;
}

/** Cognito's own limit is ten years. */
function validityOf({ refreshTokenValidityDays: days = 30 }: ServerSessionsOptions): number {
  check('refreshTokenValidityDays', days > 0 && days <= 3650, 'must be above 0, and 3650 at most');
  return days;
}

function check(field: string, isGood: boolean, problem: string): void {
  if (!isGood) throw new ConfigurationError(field, problem);
}

/** An empty environment variable counts as missing. */
function presentOr<T>(value: string | undefined, otherwise: T): string | T {
  return value === undefined || value === '' ? otherwise : value;
}
