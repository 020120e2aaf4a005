import { InjectionToken } from '@angular/core';
import type { RetryPolicy } from '../core/renewal-failure';
import { namespaceOf } from './checked-config';
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
  /** How long before the earlier expiry a refresh is due, before the cap by the token's lifetime and jitter. */
  readonly bufferMs: number;
  /** Where requests to the user pool go: an absolute URL. */
  readonly endpoint: string;
  /** The operation that a refresh calls. */
  readonly refreshOperation: 'GetTokensFromRefreshToken' | 'InitiateAuth';
  /** `undefined`: the end of the session is not known. */
  readonly refreshTokenValidityDays: number | undefined;
  /** How long Cognito keeps accepting a rotated refresh token. Unknown is treated as 0. */
  readonly rotationGraceMs: number;
  /** Called for each refresh. */
  readonly clientMetadata: (() => Record<string, string>) | undefined;
  /** `undefined`: the device key that came with the tokens. */
  readonly deviceKey: string | undefined;
  /** What follows transient failures. */
  readonly retry: RetryPolicy;
  /** `undefined`: on if the storage is shared. */
  readonly enableTabSync: boolean | undefined;
  /** What happens when another tab signs in another user. */
  readonly onUserSwitch: 'adopt' | 'signOut';
  /** The client id: record, markers, locks and channel are named after it, so that a pool keeps its sessions in another region. */
  readonly namespace: string;
}

declare const ngDevMode: unknown;

/** The configuration, in the injector of a configured session. */
export const RESOLVED_CONFIG = new InjectionToken<ResolvedConfig>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'RESOLVED_CONFIG' : '',
);

/** Fills in the defaults of a configuration that has been checked. Pure. */
export function resolveConfig(config: SessionConfig): ResolvedConfig {
  const { region, clientId, retry } = config;
  return {
    region,
    clientId,
    userPoolId: config.userPoolId,
    bufferMs: (config.refreshBufferSeconds ?? DEFAULT_REFRESH_BUFFER_SECONDS) * SECOND_MS,
    endpoint: config.endpoint === undefined ? userPoolEndpoint(region) : new URL(config.endpoint).href,
    refreshOperation: config.refreshOperation ?? 'GetTokensFromRefreshToken',
    refreshTokenValidityDays: config.refreshTokenValidityDays,
    rotationGraceMs: (config.rotationGraceSeconds ?? 0) * SECOND_MS,
    clientMetadata: config.clientMetadata,
    deviceKey: config.deviceKey,
    retry: {
      count: retry?.count ?? DEFAULT_RETRY_COUNT,
      delayMs: (retry?.delaySeconds ?? DEFAULT_RETRY_DELAY_SECONDS) * SECOND_MS,
      maxBackoffMs: MAX_BACKOFF_MS,
      backoffJitter: BACKOFF_JITTER,
    },
    enableTabSync: config.enableTabSync,
    onUserSwitch: config.onUserSwitch ?? 'adopt',
    namespace: namespaceOf(config),
  };
}
