import { DestroyRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  SESSION_CLOCK,
  ɵdueTimer,
  ɵSESSION_SCHEDULER,
  ɵSLEEP_SIGNALS,
  ɵTokenlessSessions,
  ɵTOKENLESS_WATCH,
  ɵWAKE_SIGNALS,
  type ɵHeldTokenless,
  type ɵTabHint,
} from 'ngx-cognito-session';
import { catchError, EMPTY, merge, repeat, switchMap, type Observable } from 'rxjs';
import { SeenSession } from './seen-session';
import { SessionLook } from './session-look';
import { TabHints } from './tab-hints';

/** Timers are re-armed in pieces, and checked against the clock when a piece ends. */
const TIMER_PIECE_MS = 300_000;
/** A server whose clock is behind is not asked more often than that. */
const DEADLINE_PAUSE_MS = 60_000;

/** Does what time, sleep and other tabs bring about. */
export class PageWatch {
  readonly #sessions = inject(ɵTokenlessSessions);
  readonly #look = inject(SessionLook);
  readonly #seen = inject(SeenSession);
  readonly #hints = inject(TabHints);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);
  readonly #sleepSignals = inject(ɵSLEEP_SIGNALS);
  readonly #wakeSignals = merge(
    inject(ɵWAKE_SIGNALS),
    inject(ɵTOKENLESS_WATCH, { optional: true })?.signals$ ?? EMPTY,
  );
  readonly #destroyRef = inject(DestroyRef);
  #isWatching = false;
  #hasSlept = false;
  /** By the monotonic clock. */
  #pausedUntilMs = 0;

  /** Watches until the injector is destroyed. */
  start(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const on = <T>(source: Observable<T>, work: (value: T) => void) =>
      source.pipe(takeUntilDestroyed(this.#destroyRef)).subscribe(work);
    on(this.#sleepSignals, () => {
      this.#hasSlept = true;
    });
    on(this.#wakeSignals, () => {
      this.#wake();
    });
    on(this.#hints.received$, (hint) => {
      this.#obey(hint);
    });
    on(
      this.#sessions.held$.pipe(switchMap((held) => (held === null ? EMPTY : this.#whenDue(held)))),
      () => undefined,
    );
  }

  /** A page that is loaded wakes, too, and has asked already. */
  #wake(): void {
    if (!this.#hasSlept && !this.#look.isFailing) return;
    this.#hasSlept = false;
    this.#look.run();
  }

  /** A sign-out is applied without asking: the server may not have learned of it yet. */
  #obey(hint: ɵTabHint): void {
    if (hint.type === 'changed') {
      this.#look.run();
      return;
    }
    this.#look.overtake();
    this.#seen.end(hint.sid);
    this.#sessions.endElsewhere(hint.sid, hint.reason);
  }

  #whenDue(held: ɵHeldTokenless): Observable<unknown> {
    const { serverNowMs } = this.#sessions;
    const remainingMs = () =>
      Math.max(
        Math.min(held.deadlineMs, held.endingDueMs) - serverNowMs(),
        this.#pausedUntilMs - this.#clock.monotonic(),
      );
    return ɵdueTimer(remainingMs, TIMER_PIECE_MS, this.#wakeSignals, this.#scheduler).pipe(
      switchMap(() => {
        if (serverNowMs() >= held.deadlineMs) return this.#atDeadline();
        this.#sessions.announceEnding();
        return EMPTY;
      }),
      repeat(),
    );
  }

  /** The server decides. If it cannot be asked, a session past its deadline is not shown as signed in. */
  #atDeadline(): Observable<unknown> {
    this.#pausedUntilMs = this.#clock.monotonic() + DEADLINE_PAUSE_MS;
    return this.#look.run().pipe(
      catchError(() => {
        // The clock of the device may be wrong, and no answer has corrected it yet.
        if (!this.#sessions.isUndecided) this.#sessions.end();
        return EMPTY;
      }),
    );
  }
}
