import type { NgZone } from '@angular/core';
import { catchError, defer, from, type Observable } from 'rxjs';
import { SessionError } from '../errors/session-error';
import type { HttpAnswer } from './token-response';

/** An answer with the server's time, where browsers may read it. */
export interface DatedAnswer extends HttpAnswer {
  /** The `Date` header. */
  readonly date: string | null;
}

/**
 * One unsigned POST in the JSON protocol of AWS. Cold; one value, outside the Angular zone: a refresh must not make the app look
 * unstable. Not aborted on unsubscribe. `target`: service and operation. Errors with `networkError` if no answer arrives.
 */
export function postUnsigned(
  zone: NgZone,
  endpoint: string,
  target: string,
  input: object,
  init: Pick<RequestInit, 'signal' | 'keepalive'>,
): Observable<DatedAnswer> {
  return defer(() =>
    zone.runOutsideAngular(() =>
      from(
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
    ),
  ).pipe(
    catchError((cause: unknown) => {
      throw new SessionError('networkError', 'No answer from Cognito arrived.', { cause });
    }),
  );
}

async function readAnswer(response: Response): Promise<DatedAnswer> {
  return {
    status: response.status,
    errorTypeHeader: response.headers.get('x-amzn-ErrorType'),
    date: response.headers.get('date'),
    body: await response.text(),
  };
}
