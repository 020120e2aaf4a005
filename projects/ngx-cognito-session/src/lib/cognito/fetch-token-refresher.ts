import { inject, NgZone } from '@angular/core';
import { map, type Observable } from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { postUnsigned } from './post-unsigned';
import { renewalRequest, type ServiceRequest } from './service-request';
import { parseAnswer, parseTokenAnswer, type HttpAnswer } from './token-response';
import type { RefreshRequest, TokenRefresher } from './token-refresher';

const SERVICE = 'AWSCognitoIdentityProviderService';

/** The built-in transport: one unsigned POST per call, no retries, no dependency. */
export class FetchTokenRefresher implements TokenRefresher {
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #zone = inject(NgZone);

  refresh(request: RefreshRequest): ReturnType<TokenRefresher['refresh']> {
    return this.#post(renewalRequest(this.#config, request), request.signal).pipe(map(parseTokenAnswer));
  }

  revoke(refreshToken: string): Observable<void> {
    const input = { Token: refreshToken, ClientId: this.#config.clientId };
    return this.#post({ operation: 'RevokeToken', input }).pipe(map((answer) => void parseAnswer(answer)));
  }

  globalSignOut(accessToken: string): Observable<void> {
    const input = { AccessToken: accessToken };
    return this.#post({ operation: 'GlobalSignOut', input }).pipe(map((answer) => void parseAnswer(answer)));
  }

  #post({ operation, input }: ServiceRequest, signal: AbortSignal | null = null): Observable<HttpAnswer> {
    return postUnsigned(this.#zone, this.#config.endpoint, `${SERVICE}.${operation}`, input, {
      signal,
      // A sign-out is often followed by leaving the page.
      keepalive: operation !== 'GetTokensFromRefreshToken' && operation !== 'InitiateAuth',
    });
  }
}
