import { inject } from '@angular/core';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { mayGoStale, nextFailure, type RenewalFailure } from '../core/renewal-failure';
import { remainingBackoffMs } from '../core/record-steps';
import type { EventOrigin } from '../core/session-event';
import type { Backoff } from '../core/session-record';
import { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from '../state/session-store';
import { FailureReport } from './failure-report';

/** What transient failures do to the state: tokens are kept, and the session is `stale` once they are dead. */
export class FailureState {
  private readonly retry = inject(RESOLVED_CONFIG).retry;
  private readonly store = inject(SessionStore);
  private readonly report = inject(FailureReport);
  private readonly clock = inject(SESSION_CLOCK);
  private readonly random = inject(RANDOM_SOURCE);

  /** A failure that the record does not know of. Returns its error. */
  own({ sid }: ActiveSession, error: SessionError): SessionError {
    const { held } = this.store;
    if (held?.active.sid !== sid) return error;
    this.apply(
      held.active,
      nextFailure(error, held.failure, this.retry, this.clock.now(), this.random.number()),
      'thisTab',
    );
    return error;
  }

  /** The wait that the record prescribes, after a failure of this tab (`cause`) or of another one. Returns the error to report. */
  shared(active: ActiveSession, backoff: Backoff, cause: SessionError | null): SessionError {
    const known = this.store.held?.failure ?? null;
    const isKnown = cause === null && known?.count === backoff.count && known.error.code === backoff.code;
    const error =
      cause ??
      (isKnown
        ? known.error
        : new SessionError(backoff.code, 'The last refresh failed, and it is too early for the next one.'));
    const waitMs = remainingBackoffMs(backoff, this.retry, this.clock.now());
    const origin = cause === null ? 'otherTab' : 'thisTab';
    this.apply(active, { ...backoff, error, waitMs }, isKnown ? null : origin);
    return error;
  }

  private apply({ sid, gen }: ActiveSession, failure: RenewalFailure, reported: EventOrigin | null): void {
    const { active } = this.store;
    if (active?.sid !== sid) return;
    if (reported !== null) this.report.log(failure.error);
    const stale = active.serverNowMs() >= active.diesAtMs && mayGoStale(failure, this.retry);
    this.store.apply({ type: 'failed', sid, gen, failure, stale, reported });
  }
}
