import { inject } from '@angular/core';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { mayGoStale, nextBackoff, type RenewalFailure } from '../core/renewal-failure';
import { remainingBackoffMs } from '../core/refresh-steps';
import type { Backoff } from '../core/session-record';
import { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from '../state/session-store';
import { FailureReport } from './failure-report';

/** What transient failures do to the state: tokens are kept, and the session is `stale` once they are dead. */
export class FailureState {
  readonly #retry = inject(RESOLVED_CONFIG).retry;
  readonly #store = inject(SessionStore);
  readonly #report = inject(FailureReport);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #random = inject(RANDOM_SOURCE);

  /** A failure that the record does not know of. Returns its error. */
  own(active: ActiveSession, error: SessionError): SessionError {
    const before = this.#store.held?.failure?.count ?? 0;
    const nowMs = this.#clock.now();
    return this.shared(
      active,
      nextBackoff(error.code, before, this.#retry, nowMs, this.#random.number()),
      error,
    );
  }

  /** The wait that the record prescribes, after a failure of this tab (`cause`) or of another one. Returns the error to report. */
  shared(active: ActiveSession, backoff: Backoff, cause: SessionError | null): SessionError {
    const known = this.#store.held?.failure ?? null;
    const isKnown = cause === null && known?.count === backoff.count && known.error.code === backoff.code;
    const error =
      cause ??
      (isKnown
        ? known.error
        : new SessionError(backoff.code, 'The last refresh failed. The library tries again later.'));
    const waitMs = remainingBackoffMs(backoff, this.#retry, this.#clock.now());
    const origin = cause === null ? 'otherTab' : 'thisTab';
    if (this.#store.active?.sid !== active.sid) return error;
    const failure: RenewalFailure = { ...backoff, error, waitMs };
    if (!isKnown) this.#report.log(error);
    this.#store.apply({
      type: 'failed',
      sid: active.sid,
      gen: active.gen,
      failure,
      stale: active.serverNowMs() >= active.diesAtMs && mayGoStale(failure, this.#retry),
      reported: isKnown ? null : origin,
    });
    return error;
  }
}
