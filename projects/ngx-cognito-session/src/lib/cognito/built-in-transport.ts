import { InjectionToken } from '@angular/core';
import type { toServiceError } from './service-error';
import type { renewalRequest } from './service-request';
import type { readAuthenticationResult } from './token-response';
import type { TokenRefresher } from './token-refresher';

/** What another transport of this library takes from the built-in one, which is not there yet when a page starts. */
export interface BuiltInTransport {
  readonly refresher: Required<TokenRefresher>;
  readonly renewalRequest: typeof renewalRequest;
  readonly readAuthenticationResult: typeof readAuthenticationResult;
  readonly toServiceError: typeof toServiceError;
}

/** Makes a transport that builds on the built-in one. */
export const MAKE_TOKEN_REFRESHER = new InjectionToken<(builtIn: BuiltInTransport) => TokenRefresher>(
  'MAKE_TOKEN_REFRESHER',
);
