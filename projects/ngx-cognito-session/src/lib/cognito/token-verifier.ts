import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { ResolvedConfig } from '../config/resolved-config';

/** Says whether tokens that anybody could have written are Cognito's. */
export interface TokenVerifier {
  /**
   * Cold; emits once for genuine tokens. Errors with `invalidToken` for tokens that nobody must believe, and with anything
   * else if it could not be found out.
   */
  verify(tokens: { accessToken: string; idToken?: string }, config: ResolvedConfig): Observable<void>;
}

/** Asked on servers alone; without one no server believes the cookies of a request. */
export const TOKEN_VERIFIER = new InjectionToken<TokenVerifier>('TOKEN_VERIFIER');
