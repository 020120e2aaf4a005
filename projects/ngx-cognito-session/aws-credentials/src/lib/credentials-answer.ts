import { inject } from '@angular/core';
import { SessionError, SessionService, ɵSESSION_SCHEDULER } from 'ngx-cognito-session';
import { catchError, defer, map, merge, of, switchMap, take, throwError, timer, type Observable } from 'rxjs';
import type { AwsCredentials } from './aws-credentials';
import { CredentialsRun } from './credentials-run';
import { CredentialsState } from './credentials-state';
import { remainingOf } from './held-credentials';
import { BRIEF_WAIT_MS } from './numbers';

/** What a caller gets that asks for credentials. */
export class CredentialsAnswer {
  readonly #session = inject(SessionService);
  readonly #state = inject(CredentialsState);
  readonly #run = inject(CredentialsRun);
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);

  /** Cold; one value: from memory if no refresh is due. Inside the buffer a refresh that is slow or fails is no obstacle. */
  valid(): Observable<AwsCredentials> {
    return this.#ofOwner((owner) => {
      const held = this.#state.heldBy(owner);
      if (held === null) return this.#run.credentials(owner);
      if (remainingOf(held).untilDueMs > 0) return of(held.credentials);
      return merge(
        this.#run.credentials(owner).pipe(catchError(() => of(null))),
        timer(BRIEF_WAIT_MS, this.#scheduler),
      ).pipe(
        take(1),
        map(() => this.#run.valid(owner)),
      );
    });
  }

  /** Cold; one value: from the identity pool. */
  fresh(): Observable<AwsCredentials> {
    return this.#ofOwner((owner) => this.#run.credentials(owner));
  }

  #ofOwner(answer: (owner: string) => Observable<AwsCredentials>): Observable<AwsCredentials> {
    return defer(() => {
      const owner = this.#state.follow();
      if (typeof owner === 'string') return answer(owner);
      if (owner === null) return throwError(noSession);
      // Errors with `restoreTimeout`, and on a server that does not know the session.
      return this.#session.getTokens().pipe(
        switchMap(() => {
          const known = this.#state.follow() ?? null;
          return known === null ? throwError(noSession) : answer(known);
        }),
      );
    });
  }
}

function noSession(): SessionError {
  return new SessionError('noSession', 'The user is not signed in, and guests are not enabled.');
}
