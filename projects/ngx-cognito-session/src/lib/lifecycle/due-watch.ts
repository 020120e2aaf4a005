import { DestroyRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { EMPTY, map, of, switchMap, type Observable } from 'rxjs';
import { ENDING_LEAD_MS, TIMER_PIECE_MS } from '../config/numbers';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { dueStep, type DueStep } from '../core/due-step';
import { endStep } from '../core/end-step';
import { isHeld, type HeldState } from '../core/session-state';
import { dueTimer } from '../platform/due-timer';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { WAKE_SIGNALS } from '../platform/wake-signals';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { Hints } from './hints';
import { SessionRefresh } from './session-refresh';
import { SessionSync } from './session-sync';

/** Does what time brings about: refresh before expiry, `stale`, the end of a session without refresh token. */
export class DueWatch {
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #store = inject(SessionStore);
  readonly #record = inject(StoredRecord);
  readonly #refresh = inject(SessionRefresh);
  readonly #sync = inject(SessionSync);
  readonly #hints = inject(Hints);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(SESSION_SCHEDULER);
  readonly #wakeSignals = inject(WAKE_SIGNALS);
  readonly #destroyRef = inject(DestroyRef);

  /** Watches until the injector is destroyed. */
  start(): void {
    this.#store.state$
      .pipe(
        switchMap((state) => (isHeld(state) ? this.#due(state) : EMPTY)),
        takeUntilDestroyed(this.#destroyRef),
      )
      .subscribe(({ state, step }) => this.#take(state, step));
  }

  /** The next step of this state, at its time. */
  #due(state: HeldState): Observable<{ readonly state: HeldState; readonly step: DueStep }> {
    const step = () =>
      dueStep(state, {
        serverNowMs: state.active.serverNowMs(),
        deviceNowMs: this.#clock.now(),
        retry: this.#config.retry,
        endingLeadMs: ENDING_LEAD_MS,
      });
    const remainingMs = () => {
      const next = step();
      return next.type === 'wait' ? next.ms : 0;
    };
    // Nothing can be refreshed. The state must not say for a moment that the session lives.
    const first = step();
    if (first.type === 'end') return of({ state, step: first });
    return dueTimer(remainingMs, TIMER_PIECE_MS, this.#wakeSignals, this.#scheduler).pipe(
      map(() => ({ state, step: step() })),
    );
  }

  #take({ active, failure }: HeldState, step: DueStep): void {
    const { sid, gen } = active;
    switch (step.type) {
      case 'renew':
        // No caller waits for it.
        this.#refresh.run();
        return;
      case 'die':
        if (failure !== null)
          this.#store.apply({ type: 'failed', sid, gen, failure, stale: true, reported: null });
        return;
      case 'announceEnding':
        this.#store.apply({ type: 'endingAnnounced', sid });
        return;
      case 'end':
        this.#end(active);
        return;
      case 'wait':
        return;
    }
  }

  /** Another tab may have been handed newer tokens. The session must not end with these. */
  #end({ sid, gen }: ActiveSession): void {
    const reason = 'tokensExpired';
    const expire = () => {
      if (this.#store.active?.gen === gen)
        this.#store.apply({ type: 'ended', sid, reason, origin: 'thisTab' });
    };
    this.#record
      .update((reading) => endStep(reading, { sid, gen }, this.#clock.now(), { reason }))
      .pipe(
        switchMap((ended) => {
          if (ended === null) return this.#sync.run({ isNews: true });
          this.#hints.post({ type: 'changed' });
          return of(undefined);
        }),
      )
      .subscribe({ next: expire, error: expire });
  }
}
