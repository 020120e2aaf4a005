import { inject, untracked } from '@angular/core';
import { SessionService, type SessionError } from 'ngx-cognito-session';
import { catchError, defer, map, of, switchMap, type Observable } from 'rxjs';
import type { AwsCredentials } from './aws-credentials';
import type { AwsCredentialsError } from './aws-credentials-error';
import type { AwsSession } from './aws-session';
import type { CredentialsHolder } from './credentials-holder';
import { superseded } from './owner';

/**
 * Tokens and credentials of one user: cold, one value, never errors. The failure of one part does not hide the other. Needs an
 * injection context.
 */
export function sessionCollector(
  { current }: CredentialsHolder,
  answer: (isForced?: boolean) => Observable<AwsCredentials>,
): (isForced?: boolean) => Observable<AwsSession> {
  const session = inject(SessionService);
  return (isForced) =>
    part<AwsSession['tokens'], SessionError>(
      defer((): Observable<unknown> =>
        isForced === true ? session.forceRefresh() : session.getAccessToken(),
      ).pipe(switchMap(() => session.getTokens())),
    ).pipe(
      switchMap((gotTokens) => {
        const holding = current();
        // A run that began before the refresh sends the former token.
        return part((isForced === true ? holding.run$ : null) ?? of(null)).pipe(
          switchMap(() => part<AwsCredentials, AwsCredentialsError | SessionError>(answer(isForced))),
          map((gotCredentials) => {
            // Nothing of two users.
            const none = current() === holding ? null : ([null, superseded()] as const);
            const [tokens, tokensError] = none ?? gotTokens;
            const [credentials, credentialsError] = none ?? gotCredentials;
            return {
              tokens,
              credentials,
              identityId: credentials?.identityId ?? null,
              userSub: none === null ? (untracked(session.user)?.sub ?? null) : null,
              tokensError,
              credentialsError,
            };
          }),
        );
      }),
    );
}

/** The value, or the error in its place. `E`: the only errors of the source. */
function part<T, E>(source: Observable<T>): Observable<readonly [value: T | null, error: E | null]> {
  return source.pipe(
    map((value) => [value, null] as const),
    catchError((error: E) => of([null, error] as const)),
  );
}
