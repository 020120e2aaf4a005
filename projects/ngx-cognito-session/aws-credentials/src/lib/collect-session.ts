import { untracked } from '@angular/core';
import type { SessionError, SessionService } from 'ngx-cognito-session';
import { catchError, defer, map, of, switchMap, type Observable } from 'rxjs';
import type { AwsCredentials } from './aws-credentials';
import type { AwsCredentialsError } from './aws-credentials-error';
import type { AwsSession } from './aws-session';
import type { Holdings } from './holding';

/** Tokens and credentials of one user: cold, one value, never errors. The failure of one part does not hide the other. */
export function collectSession(
  session: SessionService,
  { current }: Holdings,
  answer: (isForced: boolean) => Observable<AwsCredentials>,
  isForced: boolean,
): Observable<AwsSession> {
  const ready$ = defer((): Observable<unknown> =>
    isForced ? session.forceRefresh() : session.getAccessToken(),
  );
  return part(ready$.pipe(switchMap(() => session.getTokens()))).pipe(
    switchMap(([tokens, tokensError]) => {
      const holding = current();
      // A run that began before the refresh sends the former token.
      const former$ = (isForced ? holding.run$ : null)?.pipe(catchError(() => of(null))) ?? of(null);
      return part(former$.pipe(switchMap(() => answer(isForced)))).pipe(
        map(([credentials, credentialsError]) => {
          // Tokens of a user who is not signed in any more are left out, for the same reason.
          const isSame = current() === holding;
          return {
            tokens: isSame ? tokens : null,
            credentials,
            identityId: credentials?.identityId ?? null,
            userSub: isSame ? (untracked(session.user)?.sub ?? null) : null,
            // The only errors of these sources.
            tokensError: (isSame ? tokensError : (credentialsError ?? tokensError)) as SessionError | null,
            credentialsError: credentialsError as AwsCredentialsError | SessionError | null,
          };
        }),
      );
    }),
  );
}

/** The value, or the error in its place. */
function part<T>(source: Observable<T>): Observable<readonly [value: T | null, error: unknown]> {
  return source.pipe(
    map((value) => [value, null] as const),
    catchError((error: unknown) => of([null, error] as const)),
  );
}
