import { ConfigurationError } from '../errors/server-session-error';
import type { ServerSessionsOptions } from './server-sessions-options';

/** Whether a value has the right type, and what is wrong if it has not. */
type Shape = readonly [isGood: (value: unknown) => boolean, problem: string];

const isText = (value: unknown) => typeof value === 'string';
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const isTextOrTexts = (value: unknown) => isText(value) || (isTexts(value) && value.length > 0);
const isFunction = (value: unknown) => typeof value === 'function';
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const TEXT: Shape = [isText, 'is not a string'];
const NUMBER: Shape = [Number.isFinite, 'is not a number'];
const FUNCTION: Shape = [isFunction, 'is not a function'];

/** The types of the options once more, for code that no compiler has checked. */
const SHAPES: Readonly<Record<keyof ServerSessionsOptions, Shape>> = {
  store: [isObject, 'is not a session store'],
  userPoolId: TEXT,
  clientId: TEXT,
  clientSecret: [isTextOrTexts, 'must be one secret, or two'],
  domain: TEXT,
  appOrigin: TEXT,
  region: TEXT,
  basePath: TEXT,
  logoutUri: TEXT,
  scopes: [isTexts, 'must be a list of scopes'],
  cookieName: TEXT,
  sameSite: TEXT,
  apiOrigins: [isTexts, 'must be a list of origins'],
  refreshTokenValidityDays: NUMBER,
  idleTimeoutSeconds: NUMBER,
  refreshBufferSeconds: NUMBER,
  rotationGraceSeconds: NUMBER,
  refreshOperation: TEXT,
  masterKey: [isTextOrTexts, 'must be 32 bytes in base64url without padding, or two of them'],
  development: [(value) => typeof value === 'boolean', 'must be true or false'],
  endpoint: TEXT,
  jwks: [(value) => isObject(value) && Array.isArray(value['keys']), 'must be { keys: […] }'],
  logger: [
    (value) => isObject(value) && isFunction(value['warn']) && isFunction(value['error']),
    'must have the methods warn and error',
  ],
  environment: [isObject, 'is not an object'],
  now: FUNCTION,
  wait: FUNCTION,
  fetch: FUNCTION,
};

/** Throws a `ConfigurationError` for an option of another type. `undefined` counts as missing. Pure. */
export function checkShapes(options: Readonly<Partial<Record<keyof ServerSessionsOptions, unknown>>>): void {
  for (const [field, [isGood, problem]] of Object.entries(SHAPES)) {
    const value = options[field as keyof ServerSessionsOptions];
    if (value !== undefined && !isGood(value)) throw new ConfigurationError(field, problem);
  }
}
