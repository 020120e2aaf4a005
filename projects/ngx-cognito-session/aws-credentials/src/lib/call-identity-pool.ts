import { inject, InjectionToken, NgZone } from '@angular/core';
import { SessionError, type ɵHttpAnswer } from 'ngx-cognito-session';
import { catchError, defer, finalize, from, type Observable } from 'rxjs';

declare const ngDevMode: unknown;

/** The operations of an identity pool that are needed. Neither is signed. */
export type PoolOperation = 'GetId' | 'GetCredentialsForIdentity';

/** An answer with the server's time. */
export interface PoolAnswer extends ɵHttpAnswer {
  /** The `Date` header; `null` where the page may not read it. */
  readonly date: string | null;
}

/** One call of an identity pool. Cold; one answer, whatever its status. Unsubscribing aborts it. Errors with `networkError`. */
export type CallIdentityPool = (
  endpoint: string,
  operation: PoolOperation,
  input: object,
) => Observable<PoolAnswer>;

/** The transport; a port, so that no call leaves a test. */
export const CALL_IDENTITY_POOL = new InjectionToken<CallIdentityPool>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'CALL_IDENTITY_POOL' : '',
  {
    providedIn: 'root',
    factory: () => {
      const zone = inject(NgZone);
      return (endpoint, operation, input) =>
        defer(() => {
          const abort = new AbortController();
          const answer$ = zone.runOutsideAngular(() =>
            from(
              fetch(endpoint, {
                method: 'POST',
                headers: {
                  'Content-Type': 'application/x-amz-json-1.1',
                  'X-Amz-Target': `AWSCognitoIdentityService.${operation}`,
                },
                body: JSON.stringify(input),
                cache: 'no-store',
                credentials: 'omit',
                // A token must not follow a redirect.
                redirect: 'error',
                signal: abort.signal,
              }).then(readAnswer),
            ),
          );
          return answer$.pipe(
            catchError((cause: unknown) => {
              throw new SessionError('networkError', 'No answer from Cognito arrived.', { cause });
            }),
            finalize(() => abort.abort()),
          );
        });
    },
  },
);

async function readAnswer(response: Response): Promise<PoolAnswer> {
  return {
    status: response.status,
    errorTypeHeader: response.headers.get('x-amzn-ErrorType'),
    date: response.headers.get('date'),
    body: await response.text(),
  };
}
