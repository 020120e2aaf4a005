import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, EMPTY, filter, map, of, switchMap, type Observable } from 'rxjs';
import { ConfigHolder } from '../config/config-holder';
import { ENDING_LEAD_MS, TIMER_PIECE_MS } from '../config/numbers';
import type { ResolvedConfig } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { dueStep, type DueStep } from '../core/due-step';
import { bringForward } from '../core/renewal-failure';
import { isHeld } from '../core/is-held';
import type { HeldState } from '../core/session-state';
import { SessionError } from '../errors/session-error';
import { dueTimer } from '../platform/due-timer';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { WAKE_SIGNALS } from '../platform/wake-signals';
import { applyChange } from '../state/apply-change';
import { heldState } from '../state/held-state';
import { SessionStore } from '../state/session-store';
import { Elsewhere } from './elsewhere';
import { RECORD } from './record';
import { Renewal } from './renewal';
import { SessionEnd } from './session-end';
import { SessionFactory } from './session-factory';

interface Due {
  readonly config: ResolvedConfig;
  readonly state: HeldState;
  readonly step: DueStep;
}

/** Does what time brings about: renewal before expiry, `stale`, the end of a session without refresh token. */
@Injectable()
export class DueWatch {
  private readonly config$ = inject(ConfigHolder).config$;
  private readonly store = inject(SessionStore);
  private readonly record = inject(RECORD);
  private readonly renewal = inject(Renewal);
  private readonly factory = inject(SessionFactory);
  private readonly sessionEnd = inject(SessionEnd);
  private readonly elsewhere = inject(Elsewhere);
  private readonly clock = inject(SESSION_CLOCK);
  private readonly random = inject(RANDOM_SOURCE);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly wakeSignals = inject(WAKE_SIGNALS);
  private readonly destroyRef = inject(DestroyRef);

  /** Watches until the injector is destroyed. */
  start(): void {
    this.config$
      .pipe(
        switchMap((config) =>
          this.store.state$.pipe(switchMap((state) => (isHeld(state) ? this.due(state, config) : EMPTY))),
        ),
        // A configuration that failed is reported by the restore.
        catchError(() => EMPTY),
        takeUntilDestroyed(this.destroyRef),
      )
      .subscribe(({ state, step, config }) => {
        this.take(state, step, config);
      });
    this.wakeSignals
      .pipe(
        filter((signal) => signal === 'online'),
        switchMap(() => this.tryEarlier()),
        takeUntilDestroyed(this.destroyRef),
      )
      .subscribe();
  }

  /** The next step of this state, at its time. */
  private due(state: HeldState, config: ResolvedConfig): Observable<Due> {
    const step = () =>
      dueStep(state, {
        serverNowMs: state.active.serverNowMs(),
        deviceNowMs: this.clock.now(),
        retry: config.retry,
        endingLeadMs: ENDING_LEAD_MS,
      });
    const remainingMs = () => {
      const next = step();
      return next.type === 'wait' ? next.ms : 0;
    };
    return dueTimer(remainingMs, TIMER_PIECE_MS, this.wakeSignals, this.scheduler).pipe(
      map(() => ({ state, step: step(), config })),
    );
  }

  private take({ active }: HeldState, step: DueStep, config: ResolvedConfig): void {
    switch (step.type) {
      case 'renew':
        this.renewal.renew().subscribe({ error: ignore });
        return;
      case 'die':
        applyChange(this.store, { type: 'died', sid: active.sid, gen: active.gen });
        return;
      case 'announceEnding':
        applyChange(this.store, { type: 'endingAnnounced', sid: active.sid });
        return;
      case 'end':
        this.end(active, config).subscribe({ error: ignore });
        return;
      case 'wait':
        return;
    }
  }

  /** Another tab may have been handed newer tokens, which must not end with these. */
  private end(active: ActiveSession, config: ResolvedConfig): Observable<unknown> {
    return this.elsewhere.follow(active, config).pipe(
      catchError(() => of(active)),
      filter(() => this.store.active?.sid === active.sid && this.store.active.gen === active.gen),
      switchMap(() =>
        this.sessionEnd.end(
          active,
          'tokensExpired',
          new SessionError('tokensExpired', 'The tokens have expired.'),
        ),
      ),
    );
  }

  /** The network is back. */
  private tryEarlier(): Observable<void> {
    const held = heldState(this.store);
    if (!held?.failure) return EMPTY;
    const { sid } = held.active;
    const now = { nowMs: this.clock.now(), random: this.random.number() };
    return this.record.hurry(sid, now).pipe(
      // The record may know nothing of it: not every failure is one of Cognito.
      catchError(() => of(null)),
      map((fail) => {
        const failure = heldState(this.store)?.failure ?? null;
        if (failure === null) return;
        const earlier = bringForward(failure, now.nowMs, now.random);
        const until = Math.min(earlier.until, fail?.until ?? Infinity);
        if (until !== failure.until)
          applyChange(this.store, { type: 'waitChanged', sid, failure: { ...earlier, until } });
      }),
    );
  }
}

function ignore(): void {
  // State, events and logger have told of it.
}
