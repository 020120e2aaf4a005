import { inject, NgZone } from '@angular/core';
import { concat, defer, NEVER, filter, of, take, throwError, timeout, type Observable } from 'rxjs';
import { RESTORE_WAIT_MS } from '../config/page-numbers';
import type { InternalState } from '../core/session-state';
import { SessionError } from '../errors/session-error';
import { enterZone } from '../platform/enter-zone';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SessionStore } from './session-store';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;

/** Waits until it is known whether somebody is signed in, but not for ever. */
export class KnownState {
  private readonly store = inject(SessionStore);
  private readonly clock = inject(SESSION_CLOCK);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly zone = inject(NgZone);
  private readonly isBrowser = inject(IS_BROWSER);
  private startedAtMs: number | null = null;

  /** The restore begins: the limit counts from here, not anew for each caller. */
  start(): void {
    this.startedAtMs ??= this.clock.monotonic();
  }

  /** Cold; the first state that is not `restoring`, or `restoreTimeout`. */
  known(): Observable<InternalState> {
    return defer(() => {
      const { state } = this.store;
      return state.status === 'restoring'
        ? this.within(this.store.state$.pipe(filter(({ status }) => status !== 'restoring')))
        : of(state);
    });
  }

  /** Cold; the first value of what the restore needs, or `restoreTimeout`. Nothing waits on a server. */
  within<T>(source: Observable<T>): Observable<T> {
    if ((typeof ngServerMode === 'undefined' || ngServerMode) && !this.isBrowser)
      return throwError(restoreTimeout);
    // Whoever waits when the app is destroyed, and the source ends, gets that error as well.
    return concat(source, NEVER).pipe(
      timeout({
        first: this.remainingMs,
        scheduler: this.scheduler,
        with: () => throwError(restoreTimeout).pipe(enterZone(this.zone)),
      }),
      take(1),
    );
  }

  private get remainingMs(): number {
    const now = this.clock.monotonic();
    return Math.max(0, RESTORE_WAIT_MS + (this.startedAtMs ?? now) - now);
  }
}

function restoreTimeout(): SessionError {
  return new SessionError('restoreTimeout', 'The session could not be loaded in time.');
}
