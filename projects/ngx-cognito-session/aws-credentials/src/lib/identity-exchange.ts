import { inject } from '@angular/core';
import {
  SESSION_CLOCK,
  SessionError,
  SessionService,
  ɵdriftByIssuedAt,
  ɵparseAnswer,
  ɵreadClock,
} from 'ngx-cognito-session';
import {
  catchError,
  concat,
  defer,
  EMPTY,
  filter,
  forkJoin,
  map,
  of,
  switchMap,
  take,
  throwIfEmpty,
  type Observable,
} from 'rxjs';
import { CALL_IDENTITY_POOL, type PoolOperation } from './call-identity-pool';
import { credentialsReader, readIdentityId, type ReadAnswer } from './credentials-reader';
import type { HeldCredentials } from './holding';
import { identityIds } from './identity-ids';
import { userLogins, type UserLogins } from './logins';
import { GUEST } from './owner';
import { isRefusal, toPoolError } from './pool-error';
import { RESOLVED_OPTIONS } from './resolved-options';

/**
 * Exchanges the tokens of a user for credentials: the identity id, then the credentials. Each call of the function is one exchange,
 * cold, with one value; unsubscribing aborts it. `sub` names the user, by default a guest. Errors with `SessionError` for tokens, else
 * with `AwsCredentialsError`. Needs an injection context.
 */
export function identityExchange(): (sub?: string) => Observable<HeldCredentials> {
  const options = inject(RESOLVED_OPTIONS);
  const { customRoleArn, endpoint, guests, identityPoolId } = options;
  const call = inject(CALL_IDENTITY_POOL);
  const session = inject(SessionService);
  const clock = inject(SESSION_CLOCK);
  const ids = identityIds(identityPoolId);
  const readCredentials = credentialsReader(options);

  return (sub = GUEST) => {
    const isGuest = sub === GUEST;
    /** Ids for which credentials were asked, and under whose `sub` they are stored. */
    const tried = new Map<string, string>();
    let isNamed = false;
    let refusal: unknown;

    const logins$: Observable<UserLogins | undefined> = isGuest
      ? of(undefined)
      : userLogins(session, options);

    const ask = <T>(operation: PoolOperation, input: object, read: ReadAnswer<T>): Observable<T> =>
      logins$.pipe(
        switchMap((logins) => {
          const asked = ɵreadClock(clock);
          return call(endpoint, operation, { ...input, ...(logins && { Logins: logins.map }) }).pipe(
            map((answer) => {
              const dateS = Date.parse(answer.headers.get('date') ?? '') / 1000;
              return read(ɵparseAnswer(answer), ɵdriftByIssuedAt(dateS, asked, ɵreadClock(clock)));
            }),
            catchError((error: unknown) => {
              throw error instanceof SessionError ? toPoolError(error, logins?.sent) : error;
            }),
          );
        }),
      );

    const untried = filter((id: string | null): id is string => id !== null && id !== '' && !tried.has(id));

    /** A new id: asked for once, then empty. */
    const named$ = defer(() => {
      if (isNamed) return EMPTY;
      isNamed = true;
      return ask('GetId', { IdentityPoolId: identityPoolId }, readIdentityId).pipe(
        switchMap((id) => ids.write(sub, id).pipe(map(() => id))),
      );
    });

    /** Of all tabs one obtains an id. */
    const own$ = ids.alone(sub, concat(ids.read(sub), named$).pipe(untried, take(1)));

    /** Credentials for the id. Completes without a value if there is none, or if the identity pool refuses it. */
    const attempt = (from: string, id$: Observable<string>): Observable<HeldCredentials> =>
      id$.pipe(
        switchMap((id) => {
          tried.set(id, from);
          const role = !isGuest && { CustomRoleArn: customRoleArn };
          return ask('GetCredentialsForIdentity', { IdentityId: id, ...role }, readCredentials);
        }),
        catchError((error: unknown) => {
          if (!isRefusal(error)) throw error;
          refusal = error;
          return EMPTY;
        }),
      );

    /**
     * The identity of the answer is the user's, and no longer a guest's. An id that was refused stays in the storage until then: the
     * identity pool may have refused the logins, and the id may still be linked later.
     */
    const settle = (held: HeldCredentials): Observable<HeldCredentials> => {
      const { identityId } = held.credentials;
      const isGuestOver = !isGuest && [...tried.values()].includes(GUEST);
      return forkJoin([
        tried.get(identityId) === sub ? of(null) : ids.write(sub, identityId),
        isGuestOver ? ids.write(GUEST, '') : of(null),
      ]).pipe(map(() => held));
    };

    return concat(
      // Sent with the user's logins, it is linked to the user.
      guests === true && !isGuest ? attempt(GUEST, ids.read(GUEST).pipe(untried)) : EMPTY,
      attempt(sub, own$),
      // Once more, if it was a stored one that was refused.
      attempt(sub, own$),
    ).pipe(
      take(1),
      throwIfEmpty(() => refusal),
      switchMap(settle),
    );
  };
}
