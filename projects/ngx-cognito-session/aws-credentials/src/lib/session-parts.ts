import { inject, untracked } from '@angular/core';
import { SessionError, SessionService, type AuthTokens } from 'ngx-cognito-session';
import {
  catchError,
  concat,
  defer,
  forkJoin,
  ignoreElements,
  map,
  of,
  shareReplay,
  switchMap,
  type Observable,
} from 'rxjs';
import type { AwsCredentials } from './aws-credentials';
import type { AwsCredentialsError } from './aws-credentials-error';
import type { AwsSession } from './aws-session';
import { CredentialsAnswer } from './credentials-answer';
import { CredentialsState } from './credentials-state';
import type { Owner } from './owner';

/** A part of the session, or why it is missing, and whose it is. */
interface Part<T, E> {
  readonly value: T | null;
  readonly error: E | null;
  readonly owner: Owner;
}

type TokensPart = Part<AuthTokens, SessionError>;
type CredentialsPart = Part<AwsCredentials, AwsCredentialsError | SessionError>;

/** Puts tokens and credentials of one user together: the failure of one part never hides the other. */
export class SessionParts {
  readonly #session = inject(SessionService);
  readonly #state = inject(CredentialsState);
  readonly #answer = inject(CredentialsAnswer);

  /** Cold; one value. Never errors. */
  collect(isForced: boolean): Observable<AwsSession> {
    return defer(() => {
      const ready$: Observable<unknown> = isForced
        ? this.#session.forceRefresh()
        : this.#session.getAccessToken();
      const tokens$ = this.#part<AuthTokens, SessionError>(
        ready$.pipe(switchMap(() => this.#session.getTokens())),
      ).pipe(shareReplay({ bufferSize: 1, refCount: true }));
      const credentials$ = this.#part<AwsCredentials, AwsCredentialsError | SessionError>(
        // New credentials for new tokens.
        isForced ? concat(tokens$.pipe(ignoreElements()), this.#answer.fresh()) : this.#answer.valid(),
      );
      return forkJoin([tokens$, credentials$]).pipe(map((parts) => this.#together(...parts)));
    });
  }

  #part<T, E>(source: Observable<T | null>): Observable<Part<T, E>> {
    return source.pipe(
      map((value) => ({ value, error: null })),
      // The only errors of these sources.
      catchError((error: unknown) => of({ value: null, error: error as E })),
      map((part) => ({ ...part, owner: this.#state.follow() })),
    );
  }

  /** A part of a user who was signed in before is left out. */
  #together(...[tokens, credentials]: [TokensPart, CredentialsPart]): AwsSession {
    const owner = this.#state.follow();
    const superseded = new SessionError('superseded', 'Another session has begun, or the session has ended.');
    const own = <T, E>(part: Part<T, E>): Part<T, E | SessionError> =>
      part.owner === owner ? part : { value: null, error: superseded, owner };
    const [ownTokens, ownCredentials] = [own(tokens), own(credentials)];
    return {
      tokens: ownTokens.value,
      credentials: ownCredentials.value,
      identityId: ownCredentials.value?.identityId ?? null,
      userSub: untracked(this.#session.user)?.sub ?? null,
      tokensError: ownTokens.error,
      credentialsError: ownCredentials.error,
    };
  }
}
