import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';

declare const ngDevMode: unknown;

/** What a transport is asked to renew. */
export interface RefreshRequest {
  /** The one held now. With rotation this call spends it: sent twice, it may end the session. */
  readonly refreshToken: string;
  /** Of a device that the pool remembers; the refresh token is bound to it. */
  readonly deviceKey?: string;
  /** For the triggers of the pool: `clientMetadata` of the configuration, or of `forceRefresh`. */
  readonly clientMetadata?: Record<string, string>;
  /** Aborts once the library has given the request up for good; hand it to `fetch`. */
  readonly signal?: AbortSignal;
}

/** The tokens of a successful renewal. */
export interface RefreshedTokens {
  /** The new access token, a JWT. */
  readonly accessToken: string;
  /** The new ID token; without one the session has none any more. */
  readonly idToken?: string | undefined;
  /** The new refresh token, with rotation; without one the old one stays in use. */
  readonly refreshToken?: string | undefined;
}

/** One call to Cognito. Unsubscribing must not abort a request that may already have rotated the token. Errors are SessionError. */
export interface TokenRefresher {
  /** Cold: calls Cognito once per subscription, without retrying; one value, then completes. */
  refresh(request: RefreshRequest): Observable<RefreshedTokens>;
  /** Cold; completes when Cognito has answered. */
  revoke(refreshToken: string): Observable<void>;
  /** Cold; needs an access token that is still valid. */
  globalSignOut?(accessToken: string): Observable<void>;
}

/**
 * How tokens are renewed and revoked. Default: a built-in transport that makes one unsigned POST with `fetch`. A transport of
 * your own is provided beside `provideSession`, in the same injector; what else than a `SessionError` it errors with becomes
 * `serviceError`.
 */
export const TOKEN_REFRESHER = new InjectionToken<TokenRefresher>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'TOKEN_REFRESHER' : '',
);
