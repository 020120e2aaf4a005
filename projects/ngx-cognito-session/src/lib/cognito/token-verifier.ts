import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { ResolvedConfig } from '../config/resolved-config';

/** Checks whether tokens from an untrusted source were issued by Cognito. */
export interface TokenVerifier {
  /**
   * Cold; emits once for genuine tokens. Errors with `invalidToken` for tokens that must not be trusted, and with another
   * error if that cannot be decided.
   */
  verify(tokens: { accessToken: string; idToken?: string }, config: ResolvedConfig): Observable<void>;
}

/**
 * On a server: without it the cookies of a request are not trusted. A page verifies tokens if `withTokenVerification` is
 * there as well.
 */
export const TOKEN_VERIFIER = new InjectionToken<TokenVerifier>('TOKEN_VERIFIER');
