import type { NgZone } from '@angular/core';
import { catchError, defer, type Observable } from 'rxjs';
import { SessionError } from '../errors/session-error';
import type { HttpAnswer } from './token-response';

/**
 * One unsigned call of a JSON service of AWS: cold, one answer, whatever its status. Only `signal` aborts it: unsubscribing does not,
 * see `TokenRefresher`. Errors with `networkError`.
 */
export function post(
  zone: NgZone,
  endpoint: string,
  target: string,
  input: object,
  init: Pick<RequestInit, 'signal' | 'keepalive'>,
): Observable<HttpAnswer> {
  return defer(() =>
    // Outside the zone: a refresh must not make the app look unstable.
    zone.runOutsideAngular(() =>
      fetch(endpoint, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': target },
        body: JSON.stringify(input),
        cache: 'no-store',
        credentials: 'omit',
        // A token must not follow a redirect.
        redirect: 'error',
        ...init,
      }).then(readAnswer),
    ),
  ).pipe(
    catchError((cause: unknown) => {
      throw new SessionError('networkError', 'No answer from Cognito arrived.', { cause });
    }),
  );
}

async function readAnswer(response: Response): Promise<HttpAnswer> {
  return {
    status: response.status,
    headers: response.headers,
    body: await response.text(),
  };
}
