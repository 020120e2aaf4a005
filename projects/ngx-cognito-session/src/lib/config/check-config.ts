import { hasUserInfo, parseUrl } from '../core/parse-url';
import { diagnosticText } from '../errors/diagnostic-text';
import { SessionError } from '../errors/session-error';
import { isUnset, regionMessage, unsetMessage } from './field-mistakes';
import type { SessionConfig } from './session-config';

declare const ngDevMode: unknown;

/** The message about a field, in development. */
const EXPECTED: Readonly<Record<string, string>> = {
  userPoolId: 'does not look like eu-west-1_AbCdEf123',
  refreshBufferSeconds: 'is not a number of zero or more',
  refreshTokenValidityDays: 'is not a number above zero',
  rotationGraceSeconds: 'is not a number of zero or more',
  'retry.count': 'is not a number of zero or more',
  'retry.delaySeconds': 'is not a number of zero or more',
  endpoint: 'is not an absolute http(s) URL without user info',
  refreshOperation: 'is unknown',
  onUserSwitch: 'is unknown',
  clientMetadata: 'is not a function',
  deviceKey: 'is not a text',
  enableTabSync: 'is not true or false',
};

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isText = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value);
const isName: Check = (value) => isText(value, /^[\w-]+$/);
const isAmount: Check = (value) => value === undefined || (Number.isFinite(value) && Number(value) >= 0);

/** Nothing is called here: bundlers can leave it out of apps without a configuration. */
const CHECKS: Readonly<Record<string, Check>> = {
  region: isName,
  clientId: isName,
  userPoolId: (value) => value === undefined || isText(value, /^[\w-]+_[0-9a-zA-Z]+$/),
  refreshBufferSeconds: isAmount,
  // Cognito treats 0 as its default. An app that sets 0 does not mean that the session ends immediately.
  refreshTokenValidityDays: (value) => value !== 0 && isAmount(value),
  rotationGraceSeconds: isAmount,
  'retry.count': isAmount,
  'retry.delaySeconds': isAmount,
  endpoint: (value) => value === undefined || (typeof value === 'string' && isEndpoint(parseUrl(value))),
  refreshOperation: (value) => isText(value ?? 'InitiateAuth', /^(GetTokensFromRefreshToken|InitiateAuth)$/),
  onUserSwitch: (value) => isText(value ?? 'adopt', /^(adopt|signOut)$/),
  clientMetadata: (value) => value === undefined || typeof value === 'function',
  deviceKey: (value) => value === undefined || typeof value === 'string',
  enableTabSync: (value) => value === undefined || typeof value === 'boolean',
};

/** Throws `invalidConfiguration` naming the field. A configuration from JSON may contain anything. Pure. */
export function checkConfig(config: SessionConfig): void {
  for (const [field, isGood] of Object.entries(CHECKS)) {
    const value = valueAt(config, field);
    if (!isGood(value)) throw new SessionError('invalidConfiguration', whatIsWrong(field, value));
  }
}

/** Reads a field by its name, so that a class with accessors works too. Throws if the configuration is not an object. */
function valueAt(config: object, path: string): unknown {
  const [name = '', inner] = path.split('.');
  const value = (config as Fields)[name];
  return inner === undefined ? value : (value as Fields | undefined)?.[inner];
}

function whatIsWrong(field: string, value: unknown): string {
  if (typeof ngDevMode === 'undefined' || ngDevMode) {
    if (isUnset(value)) return diagnosticText('NCS114', unsetMessage(field, value));
    if (field === 'region' && typeof value === 'string')
      return diagnosticText('NCS113', regionMessage(value));
    return `provideSession: ${field} ${EXPECTED[field] ?? 'is missing or malformed'}.`;
  }
  return `provideSession: ${field} is wrong.`;
}

function isEndpoint(url: URL | null): boolean {
  return url !== null && /^https?:$/.test(url.protocol) && !hasUserInfo(url);
}
