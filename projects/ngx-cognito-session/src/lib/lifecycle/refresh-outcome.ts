import { inject } from '@angular/core';
import { catchError, finalize, map, of, switchMap, tap, throwError, type Observable } from 'rxjs';
import { isOutcomeUnknown, type TerminalCode } from '../cognito/service-error';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { commitStep, failStep, refuseStep, type Outcome, type Refusal } from '../core/refresh-steps';
import type { RecordReading } from '../core/session-record';
import { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { AttemptWatch } from './attempt-watch';
import { FailureReport, toSessionError } from './failure-report';
import { FailureState } from './failure-state';
import { Hints } from './hints';
import type { GoodAnswer } from './refresh-answer';
import { toStored } from './session-factory';

/** An attempt that has called Cognito. */
export interface Called {
  readonly id: string;
  readonly held: ActiveSession;
  /** The refresh token that it sent. */
  readonly sent: string;
}

/** `again`: the record has changed, so the page looks at it anew. */
export type Settled =
  { readonly type: 'renewed'; readonly active: ActiveSession } | { readonly type: 'again' };

const AGAIN: Settled = { type: 'again' };

/** Steps 4, 5 and 6 of the protocol: what an answer of Cognito does to record and state. */
export class RefreshOutcome {
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #store = inject(SessionStore);
  readonly #record = inject(StoredRecord);
  readonly #watch = inject(AttemptWatch);
  readonly #hints = inject(Hints);
  readonly #failures = inject(FailureState);
  readonly #report = inject(FailureReport);
  readonly #random = inject(RANDOM_SOURCE);
  readonly #clock = inject(SESSION_CLOCK);

  /** Step 4: a good answer. */
  good({ id, held }: Called, { active, rotated }: GoodAnswer): Observable<Settled> {
    const step = (reading: RecordReading) => commitStep(reading, toStored(active), { attempt: id, rotated });
    return this.#record.update(step).pipe(
      tap(() => this.#close(id)),
      catchError((error: unknown) => {
        this.#record
          .keepUnsaved(toStored(active), step)
          .pipe(finalize(() => this.#close(id)))
          .subscribe();
        return of(toSessionError(error));
      }),
      map((commit): Settled => {
        const isUnsaved = commit instanceof SessionError;
        const isTaken = (commit === 'committed' || isUnsaved) && this.#store.active?.sid === held.sid;
        if (isTaken) this.#store.apply({ type: 'renewed', active, origin: 'thisTab' });
        if (isUnsaved) this.#report.tell(commit);
        return isTaken ? { type: 'renewed', active } : AGAIN;
      }),
    );
  }

  /** Step 6: the refresh failed for now. `refreshToken`: a new one that came with the failure. */
  failed(called: Called, error: SessionError, refreshToken?: string): Observable<Settled> {
    const { held, id } = called;
    const failure = {
      code: error.code,
      isOutcomeUnknown: isOutcomeUnknown(error),
      refreshToken,
      retry: this.#config.retry,
      graceMs: this.#config.rotationGraceMs,
      random: this.#random.number(),
    };
    return this.#record
      .update((reading) => failStep(reading, this.#outcome(called), failure))
      .pipe(
        // The record cannot be written: the state alone keeps the wait.
        catchError(() => of('unwritten' as const)),
        tap(() => this.#close(id, !failure.isOutcomeUnknown)),
        switchMap((backoff) => {
          if (backoff === null) return of(AGAIN);
          const reported =
            backoff === 'unwritten'
              ? this.#failures.own(held, error)
              : this.#failures.shared(held, backoff, error);
          return throwError(() => reported);
        }),
      );
  }

  /** Step 5: Cognito rejects the refresh token. */
  refused(called: Called, error: SessionError, code: TerminalCode): Observable<Settled> {
    const { held, id, sent } = called;
    const reason = this.#reasonFor(held, code);
    // Its own attempt cannot bring a good answer any more.
    this.#watch.end(id);
    return this.#watch.lookAround().pipe(
      switchMap(() =>
        this.#record.update((reading) =>
          refuseStep(reading, this.#outcome(called), { sent, reason }, this.#watch),
        ),
      ),
      tap(() => this.#close(id)),
      catchError((unwritten: unknown) =>
        throwError(() => this.#failures.own(held, toSessionError(unwritten))),
      ),
      switchMap((refusal) => this.#afterRefusal(held, refusal, error)),
    );
  }

  /** The session is over. */
  ended(
    { sid }: ActiveSession,
    reason: Extract<Refusal, { type: 'ended' }>['reason'],
    cause?: SessionError,
  ): Observable<never> {
    const error =
      cause?.code === reason
        ? cause
        : new SessionError(reason, 'Cognito no longer accepts the refresh token.', {
            serviceError: cause?.serviceError,
            cause,
          });
    this.#report.log(error);
    this.#hints.post({ type: 'changed' });
    this.#store.apply({ type: 'ended', sid, reason, origin: 'thisTab' });
    return throwError(() => error);
  }

  #afterRefusal(held: ActiveSession, refusal: Refusal, error: SessionError): Observable<Settled> {
    switch (refusal.type) {
      case 'outdated':
        return of(AGAIN);
      case 'pending':
        // The next look finds the token refused. By then it is known which of the attempts are alive.
        return this.#watch.look(refusal.attempts).pipe(map(() => AGAIN));
      case 'ended':
        return this.ended(held, refusal.reason, error);
    }
  }

  #close(id: string, isSettled?: boolean): void {
    this.#watch.end(id, isSettled);
    this.#hints.post({ type: 'changed' });
  }

  #outcome({ id, held }: Called): Outcome {
    return { sid: held.sid, gen: held.gen, id, nowMs: this.#clock.now() };
  }

  #reasonFor({ session: { endsAt }, serverNowMs }: ActiveSession, code: TerminalCode) {
    const isPastEnd = endsAt !== null && serverNowMs() >= endsAt.getTime();
    return code === 'refreshTokenExpired' && isPastEnd ? 'sessionEnded' : code;
  }
}
