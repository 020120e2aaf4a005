import { untracked } from '@angular/core';
import type { SessionService } from 'ngx-cognito-session';
import { concat, defer, forkJoin, from, map, of, switchMap, take, type Observable } from 'rxjs';
import type { AwsCredentialsConfig, LoginToken } from './aws-credentials-config';

/** The logins map of a user, and the key of the user pool in it. */
export interface UserLogins {
  readonly login: string;
  /** The key by the issuer of the ID token. */
  readonly issued: string;
  readonly map: Readonly<Record<string, string | undefined>>;
}

/**
 * The tokens that prove to the identity pool who the user is: cold, one value. The ID token is refreshed first if that is due. Errors
 * as `getIdToken` does, and with errors of the app's functions.
 */
export function userLogins(
  session: SessionService,
  { userPoolLogin, logins = {} }: Pick<AwsCredentialsConfig, 'userPoolLogin' | 'logins'>,
): Observable<UserLogins> {
  return session.getIdToken().pipe(
    switchMap((idToken) => {
      const issued = loginOf(untracked(session.session)?.idClaims?.iss ?? '');
      const login = userPoolLogin ?? issued;
      const tokens: Record<string, Observable<string | undefined>> = {};
      for (const [key, ask] of Object.entries(logins)) tokens[key] = tokenOf(ask);
      tokens[login] = of(idToken);
      return forkJoin(tokens).pipe(map((all) => ({ login, issued, map: all })));
    }),
  );
}

/** The name of a user pool by the issuer of its tokens, of which there are two forms. Pure. */
export function loginOf(issuer: string): string {
  return issuer.replace(/^https?:\/\/(issuer-)?/, '');
}

/** An observable without a value leaves its provider out, too. */
function tokenOf(ask: () => LoginToken): Observable<string | undefined> {
  return defer(() => {
    const token = ask();
    return concat(typeof token === 'object' ? from(token) : of(token), of(undefined)).pipe(
      take(1),
      map((text) => (text === '' ? undefined : text)),
    );
  });
}
