import { inject, Injectable } from '@angular/core';
import { catchError, defer, map, of, switchMap, tap, throwError, type Observable } from 'rxjs';
import { isOutcomeUnknown, type TerminalCode } from '../cognito/service-error';
import type { ResolvedConfig } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import type { Attempt } from '../core/attempt-steps';
import { mayGoStale, nextFailure, type RenewalFailure } from '../core/renewal-failure';
import type { EventOrigin } from '../core/session-event';
import type { LedgerEndReason, LedgerFailure, RefusalReason } from '../core/session-ledger';
import { remainingSharedWaitMs } from '../core/shared-failure';
import { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { applyChange } from '../state/apply-change';
import { heldState } from '../state/held-state';
import { SessionStore } from '../state/session-store';
import { attemptLockName } from '../tabs/attempt-locks';
import type { Claim } from './attempt-entry';
import { AttemptWatch } from './attempt-watch';
import { Elsewhere } from './elsewhere';
import { FailureReport, toSessionError } from './failure-report';
import { RECORD } from './record';
import type { RenewalProgress } from './renewal-progress';
import { SessionEnd } from './session-end';
import { SessionFactory } from './session-factory';
import { TabHints } from './tab-hints';

/** An attempt that did not bring tokens, and the right to it. */
export interface Failed {
  readonly attempt: Attempt;
  readonly claim: Claim;
}

/** Steps 5 and 6 of the renewal protocol: what an answer that is not good does to the session. */
@Injectable()
export class RenewalFailures {
  private readonly store = inject(SessionStore);
  private readonly record = inject(RECORD);
  private readonly watch = inject(AttemptWatch);
  private readonly factory = inject(SessionFactory);
  private readonly elsewhere = inject(Elsewhere);
  private readonly sessionEnd = inject(SessionEnd);
  private readonly report = inject(FailureReport);
  private readonly hints = inject(TabHints);
  private readonly clock = inject(SESSION_CLOCK);
  private readonly random = inject(RANDOM_SOURCE);

  /** A failure of this page alone: keeps the tokens and sets when the next try may be made. */
  transient(active: ActiveSession, error: SessionError, config: ResolvedConfig): Observable<never> {
    return defer(() => {
      const previous = heldState(this.store)?.failure ?? null;
      const failure = nextFailure(error, previous, config.retry, this.clock.now(), this.random.number());
      return this.apply(active, failure, config);
    });
  }

  /** Step 6: the call failed for now. All tabs wait for the same moment. */
  failed(
    active: ActiveSession,
    error: SessionError,
    { attempt, claim }: Failed,
    config: ResolvedConfig,
  ): Observable<RenewalProgress> {
    const failure = {
      kind: error.code,
      isOutcomeUnknown: isOutcomeUnknown(error),
      retry: config.retry,
      graceMs: config.rotationGraceMs,
      nowMs: this.clock.now(),
      random: this.random.number(),
    };
    return this.record.fail(attempt, failure).pipe(
      map((fail) => ({ fail, isKnown: true })),
      catchError(() => of({ fail: null, isKnown: false })),
      tap(() => {
        this.leave(active, claim);
      }),
      switchMap(({ fail, isKnown }): Observable<RenewalProgress> => {
        if (fail !== null) return this.apply(active, this.failureOf(fail, error, config), config);
        return isKnown ? this.followOr(active, error, config) : this.transient(active, error, config);
      }),
    );
  }

  /** The back-off that another tab, or this one, has left in the record. */
  shared(active: ActiveSession, fail: LedgerFailure, config: ResolvedConfig): Observable<never> {
    return defer(() => {
      const known = heldState(this.store)?.failure ?? null;
      if (known !== null && known.count === fail.n && known.until === fail.until) {
        // Nothing new but how long it may still take, by a clock that was set: the timer needs to know.
        const failure = this.failureOf(fail, known.error, config);
        applyChange(this.store, { type: 'waitChanged', sid: active.sid, failure });
        return throwError(() => known.error);
      }
      const error = new SessionError(
        fail.kind,
        'The last renewal failed, and it is too early for another one.',
      );
      return this.apply(active, this.failureOf(fail, error, config), config, 'otherTab');
    });
  }

  /**
   * Step 5: Cognito does not take the refresh token any more. Ends the session, unless somebody was faster or may hold
   * the good answer. Gives the session to go on with: renewed by somebody, or with another refresh token on record.
   */
  refused(
    active: ActiveSession,
    error: SessionError,
    code: TerminalCode,
    { attempt, claim }: Failed,
    config: ResolvedConfig,
  ): Observable<ActiveSession> {
    const lockName = (id: string) => attemptLockName(config.namespace, id);
    return this.record.refuse(attempt, this.reasonFor(active, code), this.watch).pipe(
      catchError((unreadable: unknown) => of(toSessionError(unreadable))),
      tap(() => {
        this.leave(active, claim);
      }),
      switchMap((refusal): Observable<ActiveSession> => {
        // Whether the token was refused for good cannot be told now: look again later.
        if (refusal instanceof SessionError) return this.transient(active, refusal, config);
        switch (refusal.type) {
          case 'outdated':
            return this.elsewhere.follow(active, config);
          case 'unsure':
            return this.transient(active, rotationPending(), config);
          case 'spare':
            return of(active);
          case 'ended':
            return this.ended(active, refusal.reason, error);
          case 'pending':
            // The next look finds the token spent; by then it is known which of the attempts are dead.
            return this.watch.look(refusal.open, lockName).pipe(map(() => active));
        }
      }),
    );
  }

  /** The session is over. */
  ended(active: ActiveSession, reason: LedgerEndReason, answer?: SessionError): Observable<never> {
    const error =
      answer?.code === reason
        ? answer
        : new SessionError(reason, 'Cognito does not take the refresh token any more.', {
            serviceError: answer?.serviceError,
            cause: answer,
          });
    return this.sessionEnd.end(active, reason, error);
  }

  /** Whoever waits for it looks again. */
  private leave({ sid, gen }: ActiveSession, claim: Claim): void {
    claim.end();
    this.hints.post({ type: 'failed', sid, gen });
  }

  /** The session has moved on while the call failed: that is what counts. */
  private followOr(
    active: ActiveSession,
    error: SessionError,
    config: ResolvedConfig,
  ): Observable<RenewalProgress> {
    return this.elsewhere
      .follow(active, config)
      .pipe(
        switchMap((held) =>
          held.gen > active.gen
            ? of<RenewalProgress>({ type: 'renewed', active: held })
            : this.transient(active, error, config),
        ),
      );
  }

  private apply(
    active: ActiveSession,
    failure: RenewalFailure,
    config: ResolvedConfig,
    origin: EventOrigin = 'thisTab',
  ): Observable<never> {
    const held = heldState(this.store);
    if (held?.active.sid === active.sid) {
      const stale = !this.factory.isLive(held.active) && mayGoStale(failure, config.retry);
      this.report.log(failure.error);
      applyChange(this.store, {
        type: 'renewalFailed',
        sid: active.sid,
        gen: active.gen,
        failure,
        stale,
        origin,
      });
    }
    return throwError(() => failure.error);
  }

  private failureOf(fail: LedgerFailure, error: SessionError, { retry }: ResolvedConfig): RenewalFailure {
    const waitMs = remainingSharedWaitMs(fail, retry, this.clock.now());
    return { error, count: fail.n, until: fail.until, waitMs };
  }

  private reasonFor(active: ActiveSession, code: TerminalCode): RefusalReason {
    const { endsAt } = active.session;
    const isPastEnd = endsAt !== null && active.serverNowMs() >= endsAt.getTime();
    return code === 'refreshTokenExpired' && isPastEnd ? 'sessionEnded' : code;
  }
}

export function rotationPending(): SessionError {
  return new SessionError(
    'rotationPending',
    'The refresh token is spent; another tab that is asleep may hold the next one.',
  );
}
