import { inject } from '@angular/core';
import { SessionError, SessionService } from 'ngx-cognito-session';
import {
  catchError,
  defaultIfEmpty,
  defer,
  forkJoin,
  from,
  map,
  of,
  switchMap,
  take,
  type Observable,
} from 'rxjs';
import { AwsCredentialsError } from './aws-credentials-error';
import { RESOLVED_OPTIONS } from './resolved-options';

/** The logins map of a user, with the key of the user pool in it. */
export interface UserLogins {
  readonly login: string;
  readonly map: Readonly<Record<string, string>>;
}

/** Collects the tokens that prove to the identity pool who the user is. */
export class Logins {
  readonly #session = inject(SessionService);
  readonly #options = inject(RESOLVED_OPTIONS);

  /** Cold; one value. The ID token is refreshed first if that is due. Errors as `getIdToken` does, and for functions of the app that fail. */
  current(): Observable<UserLogins> {
    const { userPoolLogin, logins = {} } = this.#options;
    return this.#session.getIdToken().pipe(
      switchMap((idToken) => {
        const login = userPoolLogin ?? loginOf(this.#session.session()?.idClaims?.iss ?? '');
        const others = Object.entries(logins).map(([key, ask]) => [key, tokenOf(key, ask)] as const);
        return forkJoin({ ...Object.fromEntries(others), [login]: of(idToken) }).pipe(
          map((tokens) => ({
            login,
            map: Object.fromEntries(Object.entries(tokens).filter(([, token]) => token !== '')),
          })),
        );
      }),
    );
  }
}

/** The name of a user pool by the issuer of its tokens, of which there are two forms. Pure. */
export function loginOf(issuer: string): string {
  return issuer.replace(/^https?:\/\/(issuer-)?/, '');
}

/** Cold; one value. */
function tokenOf(key: string, ask: () => string | Promise<string> | Observable<string>): Observable<string> {
  return defer(() => {
    const token = ask();
    return typeof token === 'string' ? of(token) : from(token);
  }).pipe(
    take(1),
    defaultIfEmpty(''),
    catchError((cause: unknown) => {
      const { cause: safe } = new SessionError('serviceError', '', { cause });
      throw new AwsCredentialsError('serviceError', `logins of provideAwsCredentials: '${key}' has failed.`, {
        ...(safe && { cause: safe }),
      });
    }),
  );
}
