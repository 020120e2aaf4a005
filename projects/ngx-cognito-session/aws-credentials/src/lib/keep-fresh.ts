import { DestroyRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  SESSION_CLOCK,
  ɵdueTimer,
  ɵIS_BROWSER,
  ɵSESSION_SCHEDULER,
  ɵWAKE_SIGNALS,
} from 'ngx-cognito-session';
import {
  catchError,
  distinctUntilChanged,
  EMPTY,
  ignoreElements,
  map,
  repeat,
  share,
  switchMap,
  type Observable,
} from 'rxjs';
import { CredentialsRun } from './credentials-run';
import { CredentialsState } from './credentials-state';
import { remainingOf } from './held-credentials';
import { TIMER_PIECE_MS } from './numbers';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;

/** Refreshes credentials ahead of time, while there are subscribers. */
export class KeepFresh {
  readonly #state = inject(CredentialsState);
  readonly #run = inject(CredentialsRun);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);
  readonly #wakeSignals = inject(ɵWAKE_SIGNALS);
  /** Whether credentials are obtained for subscribers: not on a server. */
  readonly isActive = !(typeof ngServerMode === 'undefined' || ngServerMode) || inject(ɵIS_BROWSER);

  /** Cold, and shared; emits nothing. */
  readonly keep$: Observable<never> = !this.isActive
    ? EMPTY
    : this.#state.known$.pipe(
        map(({ owner }) => owner),
        distinctUntilChanged(),
        switchMap((owner) => (typeof owner === 'string' ? this.#keep(owner) : EMPTY)),
        takeUntilDestroyed(inject(DestroyRef)),
        share({ resetOnRefCountZero: true, resetOnComplete: true, resetOnError: true }),
      );

  #keep(owner: string): Observable<never> {
    const remainingMs = () => this.#remainingMs();
    return ɵdueTimer(remainingMs, TIMER_PIECE_MS, this.#wakeSignals, this.#scheduler).pipe(
      switchMap(() => this.#step(owner)),
      repeat(),
    );
  }

  /** Until the next attempt, or until the credentials expire. What would fail again is not tried again. */
  #remainingMs(): number {
    const { failure, held } = this.#state;
    let waitMs = 0;
    if (failure !== null)
      waitMs = failure.error.retryable ? failure.untilMs - this.#clock.monotonic() : Infinity;
    if (held === null) return waitMs;
    const { untilDueMs, untilDeadMs } = remainingOf(held);
    return untilDeadMs <= 0 ? 0 : Math.min(untilDeadMs, Math.max(waitMs, untilDueMs));
  }

  #step(owner: string): Observable<never> {
    this.#state.dropExpired();
    return this.#run.credentials(owner).pipe(
      ignoreElements(),
      catchError(() => EMPTY),
    );
  }
}
