import { inject, NgZone } from '@angular/core';
import {
  concat,
  defer,
  filter,
  NEVER,
  of,
  switchMap,
  take,
  tap,
  throwError,
  timeout,
  type Observable,
} from 'rxjs';
import { RESTORE_WAIT_MS } from '../config/numbers';
import type { InternalState } from '../core/session-state';
import { SessionError } from '../errors/session-error';
import { enterZone } from '../platform/enter-zone';
import { IS_BROWSER } from '../platform/is-browser';
import { PAGE_ACTIVATION } from '../platform/page-activation';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SessionStore } from '../state/session-store';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;

/** How long callers wait until it is known whether the user is signed in. */
export class RestoreWait {
  readonly #store = inject(SessionStore);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(SESSION_SCHEDULER);
  readonly #zone = inject(NgZone);
  readonly #isBrowser = inject(IS_BROWSER);
  readonly #activation$ = inject(PAGE_ACTIVATION);
  #startedAtMs: number | null = null;

  /**
   * Cold; the restore begins, once the page is not prerendered. Its time limit counts from there, not anew for each caller, and
   * anew when the state is `restoring` again.
   */
  begun(): Observable<unknown> {
    return this.#activation$.pipe(tap(() => (this.#startedAtMs ??= this.#clock.monotonic())));
  }

  /** Cold; the first state that is not `restoring`, or `restoreTimeout`. */
  known(): Observable<InternalState> {
    return defer(() => {
      const { state } = this.#store;
      return state.status === 'restoring'
        ? this.inTime(this.#store.state$.pipe(filter(({ status }) => status !== 'restoring')))
        : of(state);
    });
  }

  /** Cold; the first value of what the restore needs, or `restoreTimeout`. Nothing waits on a server. */
  inTime<T>(source: Observable<T>): Observable<T> {
    if ((typeof ngServerMode === 'undefined' || ngServerMode) && !this.#isBrowser)
      return throwError(restoreTimeout);
    return this.#activation$.pipe(
      switchMap(() =>
        // A caller that waits when the app is destroyed, and the source ends, gets the same error.
        concat(source, NEVER).pipe(
          timeout({
            first: this.remainingMs,
            scheduler: this.#scheduler,
            with: () => throwError(restoreTimeout).pipe(enterZone(this.#zone)),
          }),
        ),
      ),
      take(1),
    );
  }

  /** Until callers stop waiting. */
  get remainingMs(): number {
    const now = this.#clock.monotonic();
    const since = Math.max(this.#startedAtMs ?? now, this.#store.restoringAgainMs);
    return Math.max(0, RESTORE_WAIT_MS + since - now);
  }
}

function restoreTimeout(): SessionError {
  return new SessionError('restoreTimeout', 'The stored session could not be read in time.');
}
