import { DestroyRef, inject, Injectable } from '@angular/core';
import { forkJoin, map, merge, of, take, timer, type Observable, type Subscription } from 'rxjs';
import { ATTEMPT_POLL_MS, ATTEMPT_TAKEOVER_MS, ATTEMPT_WATCH_MS } from '../config/numbers';
import type { AttemptKnowledge } from '../core/attempt-steps';
import type { OpenAttempt } from '../core/session-ledger';
import { afterActiveTime } from '../platform/active-time';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { ATTEMPT_LOCKS } from '../tabs/attempt-locks';

interface Watched {
  isOverdue: boolean;
  isGone: boolean;
  readonly timers: Subscription;
}

/** What this page knows about open attempts: its own, and those of others that it has been watching. */
@Injectable()
export class AttemptWatch implements AttemptKnowledge {
  private readonly locks = inject(ATTEMPT_LOCKS);
  private readonly clock = inject(SESSION_CLOCK);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  /** Own attempts, and whether they are still at work. */
  private readonly own = new Map<string, boolean>();
  private readonly others = new Map<string, Watched>();

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.forget([...this.others.keys()]);
    });
  }

  readonly mayLive = ({ id }: OpenAttempt): boolean =>
    this.own.get(id) ?? this.others.get(id)?.isGone !== true;

  readonly isOverdue = ({ id }: OpenAttempt): boolean => this.others.get(id)?.isOverdue === true;

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
    this.forget([...this.others.keys()].filter((id) => !ids.includes(id)));
    for (const [id, isAtWork] of this.own) if (!isAtWork && !ids.includes(id)) this.own.delete(id);
    const living = ids.filter((id) => !this.own.has(id) && !this.watch(id).isGone);
    if (living.length === 0) return of(false);
    return forkJoin(
      living.map((id) => this.locks.isFree(lockName(id)).pipe(map((isFree) => isFree && this.bury(id)))),
    ).pipe(map((buried) => buried.includes(true)));
  }

  /** Cold; emits once it is worth looking at the record again, and completes. */
  change(open: readonly OpenAttempt[], lockName: (id: string) => string): Observable<void> {
    // The lock of an attempt that is known to be over is free: waiting for it would be a loop.
    const freed = open.filter(this.mayLive).map(({ id }) => this.locks.whenFree(lockName(id)));
    return merge(...freed, timer(ATTEMPT_POLL_MS, this.scheduler)).pipe(
      take(1),
      map(() => undefined),
    );
  }

  private watch(id: string): Watched {
    const known = this.others.get(id);
    if (known !== undefined) return known;
    const timers = this.after(ATTEMPT_TAKEOVER_MS, () => {
      watched.isOverdue = true;
    });
    timers.add(
      this.after(ATTEMPT_WATCH_MS, () => {
        watched.isGone = true;
      }),
    );
    const watched: Watched = { isOverdue: false, isGone: false, timers };
    this.others.set(id, watched);
    return watched;
  }

  private bury(id: string): boolean {
    const watched = this.watch(id);
    watched.isGone = true;
    watched.timers.unsubscribe();
    return true;
  }

  private forget(ids: readonly string[]): void {
    for (const id of ids) {
      this.others.get(id)?.timers.unsubscribe();
      this.others.delete(id);
    }
  }

  private after(activeMs: number, work: () => void): Subscription {
    return afterActiveTime(activeMs, this.clock, this.scheduler).subscribe(work);
  }
}
