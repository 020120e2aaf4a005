import { inject } from '@angular/core';
import { SessionError, ɵparseAnswer } from 'ngx-cognito-session';
import { catchError, defer, map, of, switchMap, throwError, type Observable } from 'rxjs';
import { CALL_IDENTITY_POOL, type PoolOperation } from './call-identity-pool';
import { IdentityIds } from './identity-ids';
import { Logins, type UserLogins } from './logins';
import { GUEST } from './owner';
import { readCredentials, readIdentityId, type PoolCredentials } from './pool-answer';
import { isRefusal, toPoolError } from './pool-error';
import { RESOLVED_OPTIONS } from './resolved-options';

/** An answer, read, and the server's time in it. */
interface Answered<T> {
  readonly value: T;
  /** Epoch ms; `NaN`: browsers may not read it. */
  readonly dateMs: number;
}

/** Exchanges the tokens of a user for credentials: the identity id, then the credentials. */
export class IdentityExchange {
  readonly #call = inject(CALL_IDENTITY_POOL);
  readonly #ids = inject(IdentityIds);
  readonly #logins = inject(Logins);
  readonly #options = inject(RESOLVED_OPTIONS);

  /** Cold; one value. `sub`: the user, `''` for a guest. Errors with `SessionError` for tokens, else with `AwsCredentialsError`. */
  credentials(sub: string): Observable<Answered<PoolCredentials>> {
    return this.#attempt(sub, [], null);
  }

  /** An id that is refused is forgotten, and the next one tried; one that has just been obtained is the last. */
  #attempt(sub: string, refused: readonly string[], failure: unknown): Observable<Answered<PoolCredentials>> {
    const getId$ = this.#ask(sub, 'GetId', { IdentityPoolId: this.#options.identityPoolId }, readIdentityId);
    return this.#ids.find(sub, refused, getId$.pipe(map(({ value }) => value))).pipe(
      switchMap(({ id, isNew }) => {
        if (refused.includes(id)) return throwError(() => failure);
        return this.#credentialsFor(sub, id).pipe(
          catchError((error: unknown) => {
            if (isNew || !isRefusal(error as object)) throw error;
            return this.#attempt(sub, [...refused, id], error);
          }),
        );
      }),
    );
  }

  #credentialsFor(sub: string, id: string): Observable<Answered<PoolCredentials>> {
    const { customRoleArn } = this.#options;
    const role = sub !== GUEST && customRoleArn !== undefined && { CustomRoleArn: customRoleArn };
    const input = { IdentityId: id, ...role };
    return this.#ask(sub, 'GetCredentialsForIdentity', input, readCredentials).pipe(
      switchMap((answered) => this.#ids.settle(sub, answered.value.identityId).pipe(map(() => answered))),
    );
  }

  #ask<T>(
    sub: string,
    operation: PoolOperation,
    input: object,
    read: (body: Readonly<Record<string, unknown>>) => T,
  ): Observable<Answered<T>> {
    return defer((): Observable<UserLogins | null> =>
      sub === GUEST ? of(null) : this.#logins.current(),
    ).pipe(
      switchMap((logins) => {
        let status: number | null = null;
        return this.#call(this.#options.endpoint, operation, {
          ...input,
          ...(logins && { Logins: logins.map }),
        }).pipe(
          map((answer) => {
            ({ status } = answer);
            return { value: read(ɵparseAnswer(answer)), dateMs: Date.parse(answer.date ?? '') };
          }),
          catchError((error: unknown) => {
            throw error instanceof SessionError ? toPoolError(error, status, logins?.login ?? null) : error;
          }),
        );
      }),
    );
  }
}
