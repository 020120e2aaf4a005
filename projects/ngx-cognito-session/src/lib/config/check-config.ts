import { hasUserInfo, parseUrl } from '../core/parse-url';
import { SessionError } from '../errors/session-error';
import type { SessionConfig } from './session-config';

declare const ngDevMode: unknown;

/** What development says of a field. */
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
};

/** Throws `invalidConfiguration` naming the field. A configuration that came as JSON may say anything. Pure. */
export function checkConfig(config: SessionConfig): void {
  const { userPoolId, endpoint, refreshTokenValidityDays } = config;
  const isGood: Readonly<Record<string, boolean>> = {
    region: isName(config.region),
    clientId: isName(config.clientId),
    userPoolId: userPoolId === undefined || /^[\w-]+_[0-9a-zA-Z]+$/.test(userPoolId),
    refreshBufferSeconds: isAmount(config.refreshBufferSeconds),
    // Cognito reads 0 as its default: whoever writes it here does not mean that the session ends at once.
    refreshTokenValidityDays: refreshTokenValidityDays !== 0 && isAmount(refreshTokenValidityDays),
    rotationGraceSeconds: isAmount(config.rotationGraceSeconds),
    'retry.count': isAmount(config.retry?.count),
    'retry.delaySeconds': isAmount(config.retry?.delaySeconds),
    endpoint: endpoint === undefined || isEndpoint(parseUrl(endpoint)),
    refreshOperation: isOneOf(config.refreshOperation, ['GetTokensFromRefreshToken', 'InitiateAuth']),
    onUserSwitch: isOneOf(config.onUserSwitch, ['adopt', 'signOut']),
  };
  for (const field in isGood)
    if (isGood[field] !== true)
      throw new SessionError('invalidConfiguration', `provideSession: ${field} ${whatIsWrong(field)}.`);
}

function whatIsWrong(field: string): string {
  const short = 'is missing or malformed';
  return typeof ngDevMode === 'undefined' || ngDevMode ? (EXPECTED[field] ?? short) : short;
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && /^[\w-]+$/.test(value);
}

function isAmount(value: number | undefined): boolean {
  return value === undefined || (Number.isFinite(value) && value >= 0);
}

function isEndpoint(url: URL | null): boolean {
  return url !== null && /^https?:$/.test(url.protocol) && !hasUserInfo(url);
}

function isOneOf(value: string | undefined, choices: readonly [string, string]): boolean {
  return choices.includes(value ?? choices[0]);
}
