import { inject } from '@angular/core';
import { SessionError, SessionService, ɵparseAnswer } from 'ngx-cognito-session';
import { catchError, defer, map, of, switchMap, type Observable } from 'rxjs';
import { CALL_IDENTITY_POOL, type PoolOperation } from './call-identity-pool';
import { identityIds } from './identity-ids';
import { userLogins, type UserLogins } from './logins';
import { GUEST } from './owner';
import { readCredentials, readIdentityId, type PoolCredentials } from './pool-answer';
import { isRefusal, toPoolError } from './pool-error';
import type { ResolvedOptions } from './resolved-options';

/** An identity id to ask credentials for. */
interface FoundId {
  readonly id: string;
  /** Under whose `sub` it is stored; `null`: the identity pool named it just now. */
  readonly from: string | null;
}

type Read<T> = (body: Readonly<Record<string, unknown>>, date: string | null) => T;

/**
 * Exchanges the tokens of a user for credentials: the identity id, then the credentials. The function is cold, with one value; `sub`
 * names the user, `''` a guest. Errors with `SessionError` for tokens, else with `AwsCredentialsError`. Needs an injection context.
 */
export function identityExchange(options: ResolvedOptions): (sub: string) => Observable<PoolCredentials> {
  const { customRoleArn, endpoint, guests, identityPoolId } = options;
  const call = inject(CALL_IDENTITY_POOL);
  const session = inject(SessionService);
  const ids = identityIds(identityPoolId);

  const ask = <T>(sub: string, operation: PoolOperation, input: object, read: Read<T>): Observable<T> =>
    defer((): Observable<UserLogins | null> =>
      sub === GUEST ? of(null) : userLogins(session, options),
    ).pipe(
      switchMap((logins) =>
        call(endpoint, operation, logins === null ? input : { ...input, Logins: logins.map }).pipe(
          map((answer) => read(ɵparseAnswer(answer), answer.date)),
          catchError((error: unknown) => {
            throw error instanceof SessionError ? toPoolError(error, logins?.login) : error;
          }),
        ),
      ),
    );

  /** A guest's id comes first for a user: sent with the user's logins, it is linked to the user. */
  const stored = ([from, ...others]: readonly string[]): Observable<FoundId | null> =>
    from === undefined
      ? of(null)
      : ids.read(from).pipe(switchMap((id) => (id === null ? stored(others) : of({ id, from }))));

  /** Of all tabs one obtains an id. */
  const find = (sub: string): Observable<FoundId> =>
    ids.alone(
      sub,
      stored(guests === true && sub !== GUEST ? [GUEST, sub] : [sub]).pipe(
        switchMap((found) => (found === null ? obtain(sub) : of(found))),
      ),
    );

  const obtain = (sub: string): Observable<FoundId> =>
    ask(sub, 'GetId', { IdentityPoolId: identityPoolId }, readIdentityId).pipe(
      switchMap((id) => ids.write(sub, id).pipe(map(() => ({ id, from: null })))),
    );

  /** An id that is refused is forgotten, and the next one tried. One that has just been obtained is the last. */
  const attempt = (sub: string, refused: string | null, failure: unknown): Observable<PoolCredentials> =>
    find(sub).pipe(
      switchMap(({ id, from }) => {
        if (id === refused) throw failure;
        const role = sub !== GUEST && customRoleArn !== undefined && { CustomRoleArn: customRoleArn };
        return ask(sub, 'GetCredentialsForIdentity', { IdentityId: id, ...role }, readCredentials).pipe(
          switchMap((found) => settle(sub, { id, from }, found)),
          catchError((error: unknown) => {
            if (from === null || !isRefusal(error)) throw error;
            return ids.write(from, null).pipe(switchMap(() => attempt(sub, id, error)));
          }),
        );
      }),
    );

  /** The identity of the answer is the user's, and no longer a guest's. */
  const settle = (
    sub: string,
    { id, from }: FoundId,
    found: PoolCredentials,
  ): Observable<PoolCredentials> => {
    const isOwn = from === null || from === sub;
    if (isOwn && found.identityId === id) return of(found);
    return ids.write(sub, found.identityId).pipe(
      switchMap(() => (isOwn ? of(null) : ids.write(from, null))),
      map(() => found),
    );
  };

  return (sub) => attempt(sub, null, null);
}
