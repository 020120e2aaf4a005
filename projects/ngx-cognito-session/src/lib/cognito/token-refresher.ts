import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { RawTokens } from '../core/token-set';

/** What a transport is asked to renew. */
export interface RefreshRequest {
  readonly refreshToken: string;
  /** Of a device that the pool remembers; the refresh token is bound to it. */
  readonly deviceKey?: string;
  /** For the triggers of the pool. */
  readonly clientMetadata?: Record<string, string>;
  /** Aborts once the library has given the request up for good; hand it to `fetch`. */
  readonly signal?: AbortSignal;
}

/** One call to Cognito. Unsubscribing must not abort a request that may already have rotated the token. Errors are SessionError. */
export interface TokenRefresher {
  /** Cold: calls Cognito once per subscription, without retrying; one value, then completes. */
  refresh(request: RefreshRequest): Observable<Pick<RawTokens, 'accessToken' | 'idToken' | 'refreshToken'>>;
  /** Cold; completes when Cognito has answered. */
  revoke(refreshToken: string): Observable<void>;
  /** Cold; needs an access token that is still valid. */
  globalSignOut?(accessToken: string): Observable<void>;
}

/** Default: a built-in transport that makes one unsigned POST with `fetch`. */
export const TOKEN_REFRESHER = new InjectionToken<TokenRefresher>('TOKEN_REFRESHER');
