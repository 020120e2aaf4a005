import { DestroyRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  catchError,
  EMPTY,
  filter,
  of,
  skip,
  switchMap,
  take,
  takeUntil,
  tap,
  timer,
  type Observable,
} from 'rxjs';
import { ATTEMPT_WATCH_MS, MAX_BACKOFF_MS } from '../config/numbers';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { Attempt } from '../core/session-record';
import { isHeld } from '../core/session-state';
import type { TabHint } from '../core/tab-hint';
import { bringForwardStep, isNetworkFailure } from '../core/refresh-steps';
import { bringForward, isRotationPending, waitAfterMs } from '../core/renewal-failure';
import type { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_LOGGER } from '../platform/session-logger';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SLEEP_SIGNALS } from '../platform/sleep-signals';
import { WAKE_SIGNALS } from '../platform/wake-signals';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { AttemptWatch } from './attempt-watch';
import { EndedSessions } from './ended-sessions';
import { FailureReport } from './failure-report';
import { Hints } from './hints';
import { Revocation } from './revocation';
import { SessionFactory, toStored } from './session-factory';
import { SessionRefresh } from './session-refresh';
import { SessionSync } from './session-sync';

/** Reacts to sleep, the network, the storage and the other tabs. */
export class PageWatch {
  readonly #store = inject(SessionStore);
  readonly #record = inject(StoredRecord);
  readonly #sync = inject(SessionSync);
  readonly #watch = inject(AttemptWatch);
  readonly #refresh = inject(SessionRefresh);
  readonly #factory = inject(SessionFactory);
  readonly #revocation = inject(Revocation);
  readonly #ended = inject(EndedSessions);
  readonly #hints = inject(Hints);
  readonly #report = inject(FailureReport);
  readonly #logger = inject(SESSION_LOGGER);
  readonly #sleepSignals = inject(SLEEP_SIGNALS);
  readonly #wakeSignals = inject(WAKE_SIGNALS);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #random = inject(RANDOM_SOURCE);
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #scheduler = inject(SESSION_SCHEDULER);
  readonly #destroyRef = inject(DestroyRef);
  #hasSlept = false;

  /** Watches until the injector is destroyed. */
  start(): void {
    const on = <T>(source: Observable<T>, work?: (value: T) => void) =>
      source.pipe(takeUntilDestroyed(this.#destroyRef)).subscribe(work);
    const online$ = this.#wakeSignals.pipe(filter((signal) => signal === 'online'));
    on(this.#sleepSignals, () => this.#sleep());
    on(this.#wakeSignals.pipe(filter((signal) => signal !== 'online')), () => this.#wake());
    on(
      online$.pipe(
        // A call that began without the network may fail only now.
        switchMap(() =>
          this.#store.state$.pipe(
            filter((state) => !isHeld(state) || !state.refreshing),
            take(1),
          ),
        ),
        switchMap(() => this.#tryEarlier()),
      ),
    );
    on(this.#hints.received$, (hint) => this.#obey(hint));
    on(this.#record.disturbed$, () => this.#look());
    on(this.#sync.failures$.pipe(switchMap((failures) => this.#lookLater(failures))));
    on(this.#sync.open$.pipe(switchMap((attempts) => this.#standBy(attempts))));
    on(this.#record.problems$, (error) => this.#report.tell(error));
    on(this.#record.mode$.pipe(skip(1)), (mode) => {
      this.#logger.warn(`The session goes on ${mode} ${mode === 'detached' ? 'from' : 'to'} its database.`);
      this.#setDueTime();
    });
  }

  #sleep(): void {
    this.#hasSlept = true;
    this.#suspect();
  }

  #wake(): void {
    // A look that ended while the page was hidden does not cover what other tabs did after it.
    if (this.#hasSlept) this.#suspect();
    this.#hasSlept = false;
    this.#look();
  }

  #suspect(): void {
    const { active } = this.#store;
    if (active !== null) this.#store.apply({ type: 'suspected', sid: active.sid });
  }

  #look(onFailure: (error: SessionError) => void = () => undefined): void {
    this.#sync.run({ isNews: true }).subscribe({ error: onFailure });
  }

  /**
   * The record cannot be read after a hint. Another tab may have replaced the session, so this page hands out no token until it can
   * read the record. A page without its database keeps its session.
   */
  #miss(error: SessionError): void {
    const { held } = this.#store;
    if (error.code !== 'storageError' || held === null || held.suspect || this.#record.mode === 'detached')
      return;
    this.#suspect();
    this.#report.tell(error);
  }

  /**
   * Looks again after a wait that grows with the number of failed looks. A hidden page looks when it becomes visible. A stale session
   * needs no look of its own, because its next refresh reads the record.
   */
  #lookLater(failures: number): Observable<unknown> {
    if (failures === 0 || this.#hasSlept || this.#store.state.status === 'stale') return EMPTY;
    return timer(waitAfterMs(failures, this.#config.retry, this.#random.number()), this.#scheduler).pipe(
      takeUntil(this.#sleepSignals),
      tap(() => this.#look()),
    );
  }

  /** Applies a sign-out immediately, without reading the record: a forged sign-out is a nuisance, a missed one is a leak. */
  #obey(hint: TabHint): void {
    if (hint.type === 'signedOut') {
      const { active } = this.#store;
      const { sid, reason = 'signedOutElsewhere' } = hint;
      this.#ended.add(sid);
      this.#store.apply({ type: 'ended', sid, reason, origin: 'otherTab' });
      // The sender did not know the last refresh, so it has not revoked the refresh token of that refresh.
      if (active?.sid === hint.sid && hint.gen !== undefined && hint.gen < active.gen)
        this.#revocation.drop({ tokens: toStored(active).tokens });
      // The sender may not have seen a copy that this page wrote, so this page removes it.
      this.#record.mirror();
    }
    // Another session may have begun meanwhile.
    this.#look((error) => this.#miss(error));
  }

  /**
   * Watches the refreshes of other tabs. A tab may be closed after Cognito has rotated the token and before the answer is stored. Then
   * this tab refreshes, as Cognito may accept the old token for up to 60 s. Once Cognito has rejected the old token, only the tab that
   * made the request can store the new one, and this tab waits for it.
   */
  #standBy(attempts: readonly Attempt[]): Observable<unknown> {
    if (attempts.length === 0) this.#watch.stop();
    const { failure = null } = this.#store.held ?? {};
    const isPending = failure !== null && isRotationPending(failure);
    const recent = attempts.filter(
      ({ at }) => isPending || Math.abs(this.#clock.now() - at) < ATTEMPT_WATCH_MS,
    );
    if (recent.length === 0) return EMPTY;
    const refreshed = this.#store.active;
    return this.#watch.look(attempts).pipe(
      // The answer may have been stored during the look.
      filter(() => this.#store.active === refreshed),
      switchMap((): Observable<unknown> =>
        recent.some(this.#watch.mayLive)
          ? this.#watch.change(attempts, isPending ? MAX_BACKOFF_MS : undefined).pipe(tap(() => this.#look()))
          : this.#refresh.run(),
      ),
      catchError(() => EMPTY),
    );
  }

  /** The network is back: all tabs try again within 500 ms. */
  #tryEarlier(): Observable<unknown> {
    const { held } = this.#store;
    if (!held?.failure || !isNetworkFailure(held.failure.error.code)) return EMPTY;
    const { sid, gen } = held.active;
    const failure = bringForward(held.failure, this.#clock.now(), this.#random.number());
    return this.#record
      .update((reading) => bringForwardStep(reading, sid, failure.until))
      .pipe(
        catchError(() => of(null)),
        // The next try may have started or failed since.
        filter(() => this.#store.held?.failure === held.failure && !this.#store.held.refreshing),
        tap(() => this.#store.apply({ type: 'failed', sid, gen, failure, stale: false, reported: null })),
      );
  }

  /** A page without its database refreshes later than pages that have their database. */
  #setDueTime(): void {
    const { active } = this.#store;
    if (active === null) return;
    const driftMs = active.anchor.driftMs;
    const { renewalDueAtMs } = this.#factory.create({ ...active, driftMs, isFresh: false });
    this.#store.apply({ type: 'dueChanged', sid: active.sid, renewalDueAtMs });
  }
}
