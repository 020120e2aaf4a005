import { InjectionToken } from '@angular/core';
import type { ResolvedConfig } from '../config/resolved-config';
import type { SessionError } from '../errors/session-error';
import type { RenewalRequest } from './service-request';
import type { RefreshedTokens, RefreshRequest, TokenRefresher } from './token-refresher';

declare const ngDevMode: unknown;

/** The parts of the built-in transport that another transport of this library uses. */
export interface BuiltInTransport {
  /** The configuration with all defaults. */
  readonly config: ResolvedConfig;
  /** The transport itself, for calls that cannot wait for another one. */
  readonly refresher: Required<TokenRefresher>;
  /** The operation and input of a refresh. */
  readonly renewalRequest: (config: ResolvedConfig, request: RefreshRequest) => RenewalRequest;
  /** Throws `invalidResponse` if there is no access token. */
  readonly readAuthenticationResult: (result: unknown) => RefreshedTokens;
  /** The library's error for an AWS exception name and HTTP status. */
  readonly toServiceError: (
    serviceError: string | undefined,
    httpStatus: number,
    cause?: unknown,
  ) => SessionError;
}

/** Makes a transport that builds on the built-in one. */
export const MAKE_TOKEN_REFRESHER = new InjectionToken<(builtIn: BuiltInTransport) => TokenRefresher>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'MAKE_TOKEN_REFRESHER' : '',
);
