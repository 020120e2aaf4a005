import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  distinctUntilChanged,
  filter,
  forkJoin,
  map,
  merge,
  of,
  Subscription,
  take,
  timer,
  type Observable,
} from 'rxjs';
import { ATTEMPT_POLL_MS, ATTEMPT_TAKEOVER_MS, ATTEMPT_WATCH_MS } from '../config/numbers';
import type { AttemptKnowledge } from '../core/attempt-steps';
import type { OpenAttempt } from '../core/session-ledger';
import { afterActiveTime } from '../platform/active-time';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SessionStore } from '../state/session-store';
import { ATTEMPT_LOCKS, type LockState } from '../tabs/attempt-locks';
import { TabHints } from './tab-hints';

interface Watched {
  isOverdue: boolean;
  isWatchedEnough: boolean;
  /** As it was at the last look. */
  lock: LockState;
  readonly timers: Subscription;
}

/** What this page knows about open attempts: its own, and those of others that it has been watching. */
@Injectable()
export class AttemptWatch implements AttemptKnowledge {
  private readonly locks = inject(ATTEMPT_LOCKS);
  private readonly hints = inject(TabHints);
  private readonly clock = inject(SESSION_CLOCK);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly destroyRef = inject(DestroyRef);
  /** Own attempts, and whether they are still at work. */
  private readonly own = new Map<string, boolean>();
  /** Everything open, from the first look on. */
  private readonly watched = new Map<string, Watched>();

  constructor() {
    // With the session or its generation go the attempts at it; those that are still open are looked at anew.
    inject(SessionStore)
      .state$.pipe(
        map(({ active }) => (active === null ? null : `${active.sid}/${String(active.gen)}`)),
        distinctUntilChanged(),
        takeUntilDestroyed(),
      )
      .subscribe(() => {
        this.forget([...this.watched.keys()]);
      });
  }

  readonly mayLive = ({ id }: OpenAttempt): boolean => this.own.get(id) ?? !isGone(this.watched.get(id));

  readonly isOverdue = ({ id }: OpenAttempt): boolean => this.watched.get(id)?.isOverdue === true;

  begin(id: string): void {
    this.own.set(id, true);
  }

  /** Its call is over: nothing good can come of it any more. */
  end(id: string): void {
    this.own.set(id, false);
  }

  /**
   * Cold; one value: whether any of these attempts turned out to be dead. From now on all of them are watched, and
   * attempts that are not open any more no longer are.
   */
  look(open: readonly OpenAttempt[], lockName: (id: string) => string): Observable<boolean> {
    const ids = open.map(({ id }) => id);
    this.forget([...this.watched.keys()].filter((id) => !ids.includes(id)));
    for (const [id, isAtWork] of this.own) if (!isAtWork && !ids.includes(id)) this.own.delete(id);
    // Dead ones and those of this page as well: the newest may be overdue while an older one lives.
    for (const id of ids) this.watch(id);
    const living = open.filter((attempt) => !this.own.has(attempt.id) && this.mayLive(attempt));
    if (living.length === 0) return of(false);
    return forkJoin(
      living.map(({ id }) => this.locks.look(lockName(id)).pipe(map((lock) => this.learn(id, lock)))),
    ).pipe(map((dead) => dead.includes(true)));
  }

  /** Cold; emits once it is worth looking at the record again, and completes. */
  change(open: readonly OpenAttempt[], lockName: (id: string) => string): Observable<void> {
    // The lock of an attempt that is known to be over is free: waiting for it would be a loop.
    const freed = open.filter(this.mayLive).map(({ id }) => this.locks.whenFree(lockName(id)));
    const told$ = this.hints.hints$.pipe(filter(({ type }) => type !== 'started'));
    return merge(...freed, told$, timer(ATTEMPT_POLL_MS, this.scheduler)).pipe(
      take(1),
      map(() => undefined),
    );
  }

  private watch(id: string): Watched {
    const known = this.watched.get(id);
    if (known !== undefined) return known;
    // Not added to one another: a timer that has fired takes along what was added to it.
    const timers = new Subscription();
    timers.add(
      this.after(ATTEMPT_TAKEOVER_MS, () => {
        watched.isOverdue = true;
      }),
    );
    timers.add(
      this.after(ATTEMPT_WATCH_MS, () => {
        watched.isWatchedEnough = true;
      }),
    );
    const watched: Watched = { isOverdue: false, isWatchedEnough: false, lock: 'unknown', timers };
    this.watched.set(id, watched);
    return watched;
  }

  /** Whether that shows that it is dead. */
  private learn(id: string, lock: LockState): boolean {
    const watched = this.watch(id);
    watched.lock = lock;
    return isGone(watched);
  }

  private forget(ids: readonly string[]): void {
    for (const id of ids) {
      this.watched.get(id)?.timers.unsubscribe();
      this.watched.delete(id);
    }
  }

  private after(activeMs: number, work: () => void): Subscription {
    return afterActiveTime(activeMs, this.clock, this.scheduler)
      .pipe(takeUntilDestroyed(this.destroyRef))
      .subscribe(work);
  }
}

/** An owner that holds its lock may be asleep with the good answer, however long; only without locks time decides. */
function isGone(watched: Watched | undefined): boolean {
  if (watched === undefined) return false;
  return watched.lock === 'free' || (watched.lock === 'unknown' && watched.isWatchedEnough);
}
