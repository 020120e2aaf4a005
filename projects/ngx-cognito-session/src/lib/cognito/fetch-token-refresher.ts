import { inject, NgZone } from '@angular/core';
import { catchError, defer, from, map, type Observable } from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { SessionError } from '../errors/session-error';
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
    return defer(() =>
      // Outside the zone: a refresh must not make the app look unstable. Not aborted on unsubscribe: see TokenRefresher.
      this.#zone.runOutsideAngular(() =>
        from(
          fetch(this.#config.endpoint, {
            method: 'POST',
            headers: {
              'Content-Type': 'application/x-amz-json-1.1',
              'X-Amz-Target': `${SERVICE}.${operation}`,
            },
            body: JSON.stringify(input),
            cache: 'no-store',
            credentials: 'omit',
            // A token must not follow a redirect.
            redirect: 'error',
            signal,
            // A sign-out is often followed by leaving the page.
            keepalive: operation !== 'GetTokensFromRefreshToken' && operation !== 'InitiateAuth',
          }).then(readAnswer),
        ),
      ),
    ).pipe(
      catchError((cause: unknown) => {
        throw new SessionError('networkError', 'No answer from Cognito arrived.', { cause });
      }),
    );
  }
}

async function readAnswer(response: Response): Promise<HttpAnswer> {
  return {
    status: response.status,
    errorTypeHeader: response.headers.get('x-amzn-ErrorType'),
    body: await response.text(),
  };
}
