import { inject } from '@angular/core';
import { catchError, concat, defer, of, switchMap, throwError, type Observable } from 'rxjs';
import { isTerminal } from '../cognito/service-error';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE } from '../platform/random';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { AttemptWatch } from './attempt-watch';
import { Claims } from './claims';
import { toSessionError } from './failure-report';
import { FailureState } from './failure-state';
import { isForeign, readAnswer } from './refresh-answer';
import { RefreshCall, type RefreshAnswer } from './refresh-call';
import { RefreshOutcome, type Called, type Settled } from './refresh-outcome';
import { SessionFactory } from './session-factory';
import { sessionOver } from './session-over';
import { SessionSync } from './session-sync';

/** How far a refresh has come. `null`: Cognito is being called. */
export type Progress = ActiveSession | null;

/** One refresh, in the order of the protocol: claim, call Cognito once, commit, publish. */
export class RefreshRun {
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #store = inject(SessionStore);
  readonly #claims = inject(Claims);
  readonly #watch = inject(AttemptWatch);
  readonly #call = inject(RefreshCall);
  readonly #outcome = inject(RefreshOutcome);
  readonly #failures = inject(FailureState);
  readonly #record = inject(StoredRecord);
  readonly #sync = inject(SessionSync);
  readonly #factory = inject(SessionFactory);
  readonly #random = inject(RANDOM_SOURCE);

  /** Cold; ends with the session. Errors after state and events have reported the failure. */
  run(sid: string, clientMetadata?: Record<string, string>): Observable<Progress> {
    return defer(() => {
      const held = this.#held(sid);
      return this.#claims.enter(held).pipe(
        catchError((error: unknown) =>
          // The storage refuses writes, and this page holds the newest tokens: it need not ask the record.
          this.#record.isUnsaved(held)
            ? of({ type: 'offRecord' } as const)
            : throwError(() => this.#failures.own(held, toSessionError(error))),
        ),
        switchMap((entry): Observable<Progress> => {
          switch (entry.type) {
            case 'claimed':
              return this.#refresh(held, entry.id, entry.record.tokens.refreshToken, clientMetadata);
            case 'offRecord':
              return this.#refresh(held, this.#random.id(), held.tokens.refreshToken, clientMetadata);
            case 'changed':
              return this.#afterChange(held, clientMetadata);
            case 'backoff':
              return throwError(() => this.#failures.shared(held, entry.backoff, null));
            case 'pending':
              return defer(() => {
                const error = this.#failures.own(held, rotationPending());
                this.#sync.open$.next(entry.attempts);
                return throwError(() => error);
              });
            case 'ended':
              return this.#outcome.ended(held, entry.reason);
          }
        }),
      );
    });
  }

  /** Another tab has refreshed: done, unless its tokens are due themselves or were asked for with other metadata. */
  #afterChange(held: ActiveSession, clientMetadata?: Record<string, string>): Observable<Progress> {
    return this.#sync.run().pipe(
      catchError((error: unknown) => {
        throw this.#failures.own(held, toSessionError(error));
      }),
      switchMap((): Observable<Progress> => {
        const active = this.#held(held.sid);
        const isNewer = active.gen > held.gen && active.serverNowMs() < active.renewalDueAtMs;
        return isNewer && clientMetadata === undefined ? of(active) : this.run(held.sid, clientMetadata);
      }),
    );
  }

  #refresh(
    held: ActiveSession,
    id: string,
    sent: string | undefined,
    clientMetadata?: Record<string, string>,
  ): Observable<Progress> {
    const { sid, tokens } = held;
    if (sent === undefined || this.#store.active?.sid !== sid) {
      this.#watch.end(id);
      return throwError(() =>
        sent === undefined
          ? new SessionError('noRefreshToken', 'The session has no refresh token.')
          : this.#over(),
      );
    }
    this.#store.apply({ type: 'verified', sid });
    this.#store.apply({ type: 'renewing', sid });
    const called: Called = { id, held, sent };
    const settled$ = this.#call
      .send({ refreshToken: sent, deviceKey: tokens.deviceKey, clientMetadata })
      .pipe(
        catchError((error: unknown) => of(toSessionError(error))),
        switchMap((answer) => this.#settle(called, answer)),
        switchMap((settled) =>
          settled.type === 'again' ? this.#afterChange(held, clientMetadata) : of(settled.active),
        ),
      );
    return concat(of(null), settled$);
  }

  #settle(called: Called, answer: RefreshAnswer | SessionError): Observable<Settled> {
    if (answer instanceof SessionError)
      return isTerminal(answer.code)
        ? this.#outcome.refused(called, answer, answer.code)
        : this.#outcome.failed(called, answer);
    try {
      const create = this.#factory.create.bind(this.#factory);
      return this.#outcome.good(called, readAnswer(called.held, called.sent, answer, this.#config, create));
    } catch (error) {
      const { refreshToken } = isForeign(called.held, answer) ? {} : answer.raw;
      return this.#outcome.failed(called, toSessionError(error), refreshToken);
    }
  }

  #over(): SessionError {
    return sessionOver(this.#store.state, 'superseded', 'The session ended while it was being refreshed.');
  }

  #held(sid: string): ActiveSession {
    const { active } = this.#store;
    if (active?.sid !== sid) throw this.#over();
    return active;
  }
}

function rotationPending(): SessionError {
  return new SessionError(
    'rotationPending',
    'Cognito rejects the refresh token. A suspended tab may hold the new one.',
  );
}
