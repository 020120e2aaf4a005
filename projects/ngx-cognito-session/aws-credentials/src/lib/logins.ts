import { untracked } from '@angular/core';
import { ɵsanitizeCause, type SessionService } from 'ngx-cognito-session';
import { catchError, defaultIfEmpty, defer, forkJoin, map, of, switchMap, take, type Observable } from 'rxjs';
import type { AwsCredentialsConfig } from './aws-credentials-config';
import { AwsCredentialsError } from './aws-credentials-error';

/** The tokens that prove who the user is. */
export interface UserLogins {
  /** By provider, as the identity pool names it. */
  readonly map: Readonly<Record<string, string | undefined>>;
  /** For messages: the name under which the user pool was sent, and the right one if that is another one. */
  readonly sent: string;
}

/**
 * The logins of the user: cold, one value. The ID token is refreshed first if that is due. Errors as `getIdToken` does, and with
 * `serviceError` if a function of the app fails.
 */
export function userLogins(
  session: SessionService,
  { userPoolLogin, logins = {} }: Pick<AwsCredentialsConfig, 'userPoolLogin' | 'logins'>,
): Observable<UserLogins> {
  return session.getIdToken().pipe(
    switchMap((idToken) => {
      const tokens: Record<string, Observable<string | undefined>> = {};
      for (const [key, ask] of Object.entries(logins))
        tokens[key] = defer(() => {
          const token = ask();
          return typeof token === 'object' ? token : [token];
        }).pipe(
          take(1),
          // An empty text, or an observable without a value: the provider is left out.
          map((text) => (text === '' ? undefined : text)),
          defaultIfEmpty(undefined),
        );
      const issued = loginOf(untracked(session.session)?.idClaims?.iss ?? '');
      const login = userPoolLogin ?? issued;
      tokens[login] = of(idToken);
      const sent = login === issued ? login : `${login} in place of ${issued}`;
      return forkJoin(tokens).pipe(
        map((all) => ({ map: all, sent })),
        catchError((cause: unknown) => {
          throw new AwsCredentialsError('serviceError', 'A function of logins has failed.', {
            cause: ɵsanitizeCause(cause),
          });
        }),
      );
    }),
  );
}

/** The name of a user pool by the issuer of its tokens, of which there are two forms. Pure. */
export function loginOf(issuer: string): string {
  return issuer.replace(/^https?:\/\/(issuer-)?/, '');
}
