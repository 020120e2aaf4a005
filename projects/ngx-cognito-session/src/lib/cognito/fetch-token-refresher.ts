import { inject, NgZone } from '@angular/core';
import { map, type Observable } from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { post } from './post';
import { renewalRequest } from './service-request';
import { parseAnswer, parseTokenAnswer, type HttpAnswer } from './token-response';
import type { RefreshRequest, TokenRefresher } from './token-refresher';

/** The built-in transport: one unsigned POST per call, no retries, no dependency. */
export class FetchTokenRefresher implements TokenRefresher {
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #zone = inject(NgZone);

  refresh(request: RefreshRequest): ReturnType<TokenRefresher['refresh']> {
    const { operation, input } = renewalRequest(this.#config, request);
    return this.#post(operation, input, { signal: request.signal ?? null }).pipe(map(parseTokenAnswer));
  }

  revoke(refreshToken: string): Observable<void> {
    return this.#end('RevokeToken', { Token: refreshToken, ClientId: this.#config.clientId });
  }

  globalSignOut(accessToken: string): Observable<void> {
    return this.#end('GlobalSignOut', { AccessToken: accessToken });
  }

  /** A sign-out is often followed by leaving the page. */
  #end(operation: string, input: object): Observable<void> {
    return this.#post(operation, input, { keepalive: true }).pipe(map((answer) => void parseAnswer(answer)));
  }

  #post(operation: string, input: object, init: Parameters<typeof post>[4]): Observable<HttpAnswer> {
    const target = `AWSCognitoIdentityProviderService.${operation}`;
    return post(this.#zone, this.#config.endpoint, target, input, init);
  }
}
