import { inject } from '@angular/core';
import {
  SESSION_CLOCK,
  SessionError,
  SessionService,
  ɵdriftByIssuedAt,
  ɵparseAnswer,
  ɵreadClock,
} from 'ngx-cognito-session';
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

type Read<T> = (body: Readonly<Record<string, unknown>>, driftMs: number) => T;

/**
 * Exchanges the tokens of a user for credentials: the identity id, then the credentials. The function is cold, with one value; `sub`
 * names the user, `''` a guest. Errors with `SessionError` for tokens, else with `AwsCredentialsError`. Needs an injection context.
 */
export function identityExchange(options: ResolvedOptions): (sub: string) => Observable<PoolCredentials> {
  const { customRoleArn, endpoint, guests, identityPoolId } = options;
  const call = inject(CALL_IDENTITY_POOL);
  const session = inject(SessionService);
  const clock = inject(SESSION_CLOCK);
  const ids = identityIds(identityPoolId);

  const ask = <T>(sub: string, operation: PoolOperation, input: object, read: Read<T>): Observable<T> =>
    defer((): Observable<UserLogins | null> =>
      sub === GUEST ? of(null) : userLogins(session, options),
    ).pipe(
      switchMap((logins) => {
        const asked = ɵreadClock(clock);
        return call(endpoint, operation, logins === null ? input : { ...input, Logins: logins.map }).pipe(
          map((answer) => {
            const dateS = Date.parse(answer.date ?? '') / 1000;
            return read(ɵparseAnswer(answer), ɵdriftByIssuedAt(dateS, asked, ɵreadClock(clock)));
          }),
          catchError((error: unknown) => {
            throw error instanceof SessionError ? toPoolError(error, logins) : error;
          }),
        );
      }),
    );

  /** A guest's id comes first for a user: sent with the user's logins, it is linked to the user. */
  const stored = (
    refused: readonly FoundId[],
    [from, ...others]: readonly string[],
  ): Observable<FoundId | null> =>
    from === undefined
      ? of(null)
      : ids
          .read(from)
          .pipe(
            switchMap((id) =>
              id === null || refused.some((one) => one.id === id)
                ? stored(refused, others)
                : of({ id, from }),
            ),
          );

  /** Of all tabs one obtains an id. */
  const find = (sub: string, refused: readonly FoundId[]): Observable<FoundId> =>
    ids.alone(
      sub,
      stored(refused, guests === true && sub !== GUEST ? [GUEST, sub] : [sub]).pipe(
        switchMap((found) => (found === null ? obtain(sub) : of(found))),
      ),
    );

  const obtain = (sub: string): Observable<FoundId> =>
    ask(sub, 'GetId', { IdentityPoolId: identityPoolId }, readIdentityId).pipe(
      switchMap((id) => ids.write(sub, id).pipe(map(() => ({ id, from: null })))),
    );

  /**
   * If Cognito refuses an id, the next one is tried; one that has just been obtained is the last. A refused id stays in the storage
   * until credentials have arrived: Cognito may have refused the logins, and the id may still be linked later.
   */
  const attempt = (sub: string, refused: readonly FoundId[], failure: unknown): Observable<PoolCredentials> =>
    find(sub, refused).pipe(
      switchMap(({ id, from }) => {
        if (refused.some((one) => one.id === id)) throw failure;
        const role = sub !== GUEST && customRoleArn !== undefined && { CustomRoleArn: customRoleArn };
        return ask(sub, 'GetCredentialsForIdentity', { IdentityId: id, ...role }, readCredentials).pipe(
          switchMap((found) => settle(sub, { id, from }, found, refused)),
          catchError((error: unknown) => {
            if (from === null || !isRefusal(error)) throw error;
            return attempt(sub, [...refused, { id, from }], error);
          }),
        );
      }),
    );

  /** The identity of the answer is the user's, and no longer a guest's. */
  const settle = (
    sub: string,
    { id, from }: FoundId,
    found: PoolCredentials,
    refused: readonly FoundId[],
  ): Observable<PoolCredentials> => {
    const isOwn = from === null || from === sub;
    const isGuestOver = sub !== GUEST && [...refused, { from }].some((one) => one.from === GUEST);
    if (isOwn && found.identityId === id && !isGuestOver) return of(found);
    return ids.write(sub, found.identityId).pipe(
      switchMap(() => (isGuestOver ? ids.write(GUEST, null) : of(null))),
      map(() => found),
    );
  };

  return (sub) => attempt(sub, [], null);
}
