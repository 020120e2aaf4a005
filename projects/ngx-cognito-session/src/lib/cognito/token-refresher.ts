import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';

declare const ngDevMode: unknown;

/** The request of a refresh. */
export interface RefreshRequest {
  /** The current refresh token. With rotation Cognito replaces it: sent twice, it may end the session. */
  readonly refreshToken: string;
  /** Of a device that the pool remembers; the refresh token is bound to it. */
  readonly deviceKey?: string;
  /** For the triggers of the pool: `clientMetadata` of the configuration, or of `forceRefresh`. */
  readonly clientMetadata?: Record<string, string>;
  /** Aborts when the library no longer accepts the answer; pass it to `fetch`. */
  readonly signal?: AbortSignal;
}

/** The tokens of a successful refresh. */
export interface RefreshedTokens {
  /** The new access token, a JWT. */
  readonly accessToken: string;
  /** The new ID token; without one the session has none. */
  readonly idToken?: string | undefined;
  /** The new refresh token, with rotation; without one the old one remains. */
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
 * The transport that refreshes and revokes tokens. Default: one unsigned POST with `fetch`. A transport of your own is
 * provided beside `provideSession`, in the same injector. Errors that are not a `SessionError` become `serviceError`.
 */
export const TOKEN_REFRESHER = new InjectionToken<TokenRefresher>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'TOKEN_REFRESHER' : '',
);
