import { inject } from '@angular/core';
import { SessionError, SessionService, ɵSESSION_SCHEDULER } from 'ngx-cognito-session';
import { catchError, defer, filter, map, merge, of, switchMap, take, timer, type Observable } from 'rxjs';
import type { AwsCredentials } from './aws-credentials';
import { untilDeadMs, untilDueMs, type Holdings } from './holding';
import { BRIEF_WAIT_MS } from './numbers';
import type { ObtainCredentials } from './obtain-credentials';

/**
 * What a caller gets: cold, one value. `isForced`: from the identity pool, else from memory unless a refresh is due. Inside the buffer
 * a refresh that is slow or fails is no obstacle. Needs an injection context.
 */
export function answerCallers(
  { current }: Holdings,
  { obtain, valid }: ObtainCredentials,
): (isForced?: boolean) => Observable<AwsCredentials> {
  const session = inject(SessionService);
  const scheduler = inject(ɵSESSION_SCHEDULER);
  return (isForced = false) =>
    defer(() => {
      const holding = current();
      // Errors with `restoreTimeout`, and on a server that does not know the session.
      return holding.owner === undefined ? session.getTokens().pipe(map(current)) : of(holding);
    }).pipe(
      switchMap((holding) => {
        if (typeof holding.owner !== 'string')
          throw new SessionError('noSession', 'The user is not signed in, and guests are not enabled.');
        if (isForced || untilDeadMs(holding) <= 0) return obtain(holding);
        if (untilDueMs(holding) > 0) return of(valid(holding));
        return merge(
          obtain(holding).pipe(catchError(() => of(null))),
          timer(BRIEF_WAIT_MS, scheduler).pipe(filter(() => untilDeadMs(holding) > 0)),
        ).pipe(
          take(1),
          map(() => valid(holding)),
        );
      }),
    );
}
