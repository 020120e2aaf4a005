import type { RetryPolicy } from '../core/renewal-failure';
import { SessionError } from '../errors/session-error';
import {
  BACKOFF_JITTER,
  DEFAULT_REFRESH_BUFFER_SECONDS,
  DEFAULT_RETRY_COUNT,
  DEFAULT_RETRY_DELAY_SECONDS,
  MAX_BACKOFF_MS,
  SECOND_MS,
} from './numbers';
import type { SessionConfig } from './session-config';
import { userPoolEndpoint } from './user-pool-endpoint';

/** A checked configuration with every default filled in and seconds turned into milliseconds. */
export interface ResolvedConfig {
  /** AWS region of the user pool. */
  readonly region: string;
  /** Id of the app client. */
  readonly clientId: string;
  /** `undefined`: the tokens of any pool that has this app client. */
  readonly userPoolId: string | undefined;
  /** How long before the earlier expiry a renewal is due, before the cap by the token's lifetime and jitter. */
  readonly bufferMs: number;
  /** Where requests to the user pool go: an absolute URL. */
  readonly endpoint: string;
  /** What a renewal calls. */
  readonly refreshOperation: 'GetTokensFromRefreshToken' | 'InitiateAuth';
  /** `undefined`: the end of the session is not known. */
  readonly refreshTokenValidityDays: number | undefined;
  /** How long Cognito still takes a refresh token that it has rotated; unknown counts as not at all. */
  readonly rotationGraceMs: number;
  /** Asked anew for each renewal. */
  readonly clientMetadata: (() => Record<string, string>) | undefined;
  /** `undefined`: the one learned with the tokens. */
  readonly deviceKey: string | undefined;
  /** What follows transient failures. */
  readonly retry: RetryPolicy;
  /** `undefined`: as the storage suggests. */
  readonly enableTabSync: boolean | undefined;
  /** What happens when another tab signs in another user. */
  readonly onUserSwitch: 'adopt' | 'signOut';
  /** Region and client id: what keys and records of this session are named after. */
  readonly namespace: string;
}

/** Checks a configuration and fills in the defaults. Throws `invalidConfiguration` naming the field. */
export function resolveConfig(config: SessionConfig): ResolvedConfig {
  const region = requiredText('region', config.region);
  const clientId = requiredText('clientId', config.clientId);
  const retryCount = nonNegative('retry.count', config.retry?.count) ?? DEFAULT_RETRY_COUNT;
  const retryDelay =
    nonNegative('retry.delaySeconds', config.retry?.delaySeconds) ?? DEFAULT_RETRY_DELAY_SECONDS;
  return {
    region,
    clientId,
    userPoolId: userPoolId(config.userPoolId),
    bufferMs:
      (nonNegative('refreshBufferSeconds', config.refreshBufferSeconds) ?? DEFAULT_REFRESH_BUFFER_SECONDS) *
      SECOND_MS,
    endpoint: config.endpoint === undefined ? userPoolEndpoint(region) : endpoint(config.endpoint),
    refreshOperation: oneOf('refreshOperation', config.refreshOperation, [
      'GetTokensFromRefreshToken',
      'InitiateAuth',
    ]),
    refreshTokenValidityDays: positive('refreshTokenValidityDays', config.refreshTokenValidityDays),
    rotationGraceMs: (nonNegative('rotationGraceSeconds', config.rotationGraceSeconds) ?? 0) * SECOND_MS,
    clientMetadata: config.clientMetadata,
    deviceKey: config.deviceKey,
    retry: {
      count: retryCount,
      delayMs: retryDelay * SECOND_MS,
      maxBackoffMs: MAX_BACKOFF_MS,
      backoffJitter: BACKOFF_JITTER,
    },
    enableTabSync: config.enableTabSync,
    onUserSwitch: oneOf('onUserSwitch', config.onUserSwitch, ['adopt', 'signOut']),
    namespace: `${region}/${clientId}`,
  };
}

function requiredText(field: string, value: unknown): string {
  if (typeof value !== 'string' || !/^[\w-]+$/.test(value)) throw invalid(field, 'is missing or malformed');
  return value;
}

function userPoolId(value: string | undefined): string | undefined {
  if (value !== undefined && !/^[\w-]+_[0-9a-zA-Z]+$/.test(value))
    throw invalid('userPoolId', 'does not look like eu-west-1_AbCdEf123');
  return value;
}

function nonNegative(field: string, value: number | undefined): number | undefined {
  if (value !== undefined && !(Number.isFinite(value) && value >= 0))
    throw invalid(field, 'is not a number of zero or more');
  return value;
}

function positive(field: string, value: number | undefined): number | undefined {
  // Cognito reads 0 as its default: whoever writes it here does not mean that the session ends at once.
  if (value === 0) throw invalid(field, 'is not a number above zero');
  return nonNegative(field, value);
}

function endpoint(value: string): string {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw invalid('endpoint', 'is not an absolute URL');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw invalid('endpoint', 'is not an http(s) URL');
  if (url.username !== '' || url.password !== '') throw invalid('endpoint', 'must not have user info');
  return url.href;
}

/** The first choice is the default. A configuration that came as JSON may say anything. */
function oneOf<T extends string>(field: string, value: T | undefined, choices: readonly [T, ...T[]]): T {
  const chosen = value ?? choices[0];
  if (!choices.includes(chosen)) throw invalid(field, 'is unknown');
  return chosen;
}

function invalid(field: string, what: string): SessionError {
  return new SessionError('invalidConfiguration', `provideSession: ${field} ${what}.`);
}
