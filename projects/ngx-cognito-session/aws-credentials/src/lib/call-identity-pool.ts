import { inject, InjectionToken, NgZone } from '@angular/core';
import { ɵpost, type ɵHttpAnswer } from 'ngx-cognito-session';
import { defer, finalize, type Observable } from 'rxjs';

declare const ngDevMode: unknown;

/** The operations of an identity pool that are needed. Neither is signed. */
export type PoolOperation = 'GetId' | 'GetCredentialsForIdentity';

/** One call of an identity pool. Cold; one answer, whatever its status. Unsubscribing aborts it. Errors with `networkError`. */
export type CallIdentityPool = (
  endpoint: string,
  operation: PoolOperation,
  input: object,
) => Observable<ɵHttpAnswer>;

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
          const { signal } = abort;
          return ɵpost(zone, endpoint, `AWSCognitoIdentityService.${operation}`, input, { signal }).pipe(
            finalize(() => {
              abort.abort();
            }),
          );
        });
    },
  },
);
