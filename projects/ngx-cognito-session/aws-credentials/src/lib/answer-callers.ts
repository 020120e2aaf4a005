import { inject } from '@angular/core';
import { SessionService, ɵSESSION_SCHEDULER } from 'ngx-cognito-session';
import { catchError, defer, filter, map, merge, of, switchMap, take, timer, type Observable } from 'rxjs';
import type { AwsCredentials } from './aws-credentials';
import { expired } from './aws-credentials-error';
import type { CredentialsHolder } from './credentials-holder';
import { BRIEF_WAIT_MS } from './numbers';
import { superseded } from './owner';

/**
 * What a caller gets: cold, one value. `isForced`: from the identity pool, else from memory unless a refresh is due. Inside the buffer
 * a refresh that is slow or fails is no obstacle. Needs an injection context.
 */
export function answerCallers({
  current,
  obtain$,
}: CredentialsHolder): (isForced?: boolean) => Observable<AwsCredentials> {
  const session = inject(SessionService);
  const scheduler = inject(ɵSESSION_SCHEDULER);

  /** Waits for what this caller has to wait for. */
  const ready = (isForced: boolean): Observable<unknown> => {
    const { held } = current();
    if (isForced || !held) return obtain$;
    if (held.untilDueMs() > 0) return of(null);
    const brief$ = timer(BRIEF_WAIT_MS, scheduler).pipe(filter(() => current().held === held));
    return merge(obtain$.pipe(catchError(() => of(null))), brief$).pipe(take(1));
  };

  return (isForced = false) =>
    // Errors with `restoreTimeout`, and on a server that does not know the session.
    defer(() => (current().owner === undefined ? session.getTokens() : of(null))).pipe(
      switchMap(() => {
        const holding = current();
        return ready(isForced).pipe(
          map(() => {
            // A caller that is served first may sign out.
            if (current() !== holding) throw superseded();
            if (holding.held) return holding.held.credentials;
            throw holding.failure?.error ?? expired();
          }),
        );
      }),
    );
}
