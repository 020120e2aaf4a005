import { DestroyRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  defer,
  map,
  merge,
  of,
  switchMap,
  take,
  timeout,
  timer,
  type Observable,
  type Subscription,
} from 'rxjs';
import {
  ATTEMPT_POLL_MS,
  ATTEMPT_TAKEOVER_MS,
  ATTEMPT_WATCH_MS,
  COPY_TRAVEL_MS,
  LOCK_LIMIT_MS,
} from '../config/numbers';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import type { Liveness } from '../core/refresh-steps';
import type { Attempt } from '../core/session-record';
import { afterActiveTime } from '../platform/active-time';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { ATTEMPT_LOCKS, NO_LOCKS, type ReleaseLock } from '../tabs/attempt-locks';
import { StoredRecord } from '../storage/stored-record';
import { Hints } from './hints';

interface OwnAttempt {
  release: ReleaseLock | null;
  isAtWork: boolean;
  isSettled: boolean;
}

interface Watched {
  /** Whether its lock is held. `null`: unknown. `undefined`: not asked yet. */
  isHeld?: boolean | null;
  isOverdue: boolean;
  readonly timer: Subscription;
}

/** What this page knows about attempts: its own, and those of other tabs that it has been watching. */
export class AttemptWatch implements Liveness {
  readonly #hints = inject(Hints);
  readonly #record = inject(StoredRecord);
  /** No other page sees a record that is not shared. */
  readonly #locks = this.#record.isShared ? inject(ATTEMPT_LOCKS) : NO_LOCKS;
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(SESSION_SCHEDULER);
  readonly #destroyRef = inject(DestroyRef);
  readonly #namespace = inject(RESOLVED_CONFIG).namespace;
  /** Own attempts, and whether they are still at work. */
  readonly #own = new Map<string, OwnAttempt>();
  readonly #watched = new Map<string, Watched>();

  readonly mayLive = ({ id, at, locked }: Attempt): boolean => {
    const own = this.#own.get(id);
    if (own !== undefined) return own.isAtWork;
    // It is of this page before a reload.
    if (!this.#record.isShared) return false;
    const isHeld = this.#watched.get(id)?.isHeld;
    // Without its lock an attempt says nothing about its owner.
    return locked && isHeld !== null ? isHeld !== false : Math.abs(this.#clock.now() - at) < ATTEMPT_WATCH_MS;
  };

  readonly isSettled = ({ id }: Attempt): boolean => this.#own.get(id)?.isSettled === true;

  readonly isOverdue = ({ id }: Attempt): boolean => this.#watched.get(id)?.isOverdue === true;

  /** A refresh by a page without its database or, in such a page, by one that has it. */
  unlisted: Attempt | null = null;
  /** Its id. Each generation has one of its own: how long the last one was watched says nothing about the next. */
  #unlistedId = UNLISTED;
  /** The lock that its owner holds. Empty: there is none. */
  #unlistedLock = '';

  /** Cold, one value: whether this page holds the lock of an attempt to refresh these tokens, which it is about to claim. */
  begin(id: string, { sid, gen }: ActiveSession): Observable<boolean> {
    return defer(() => {
      this.#unlistedId = `${UNLISTED}/${sid}/${gen}`;
      const own: OwnAttempt = { release: null, isAtWork: true, isSettled: false };
      this.#own.set(id, own);
      const [name, limitMs] = this.#isOnCopy
        ? [this.#detachedLock, ATTEMPT_TAKEOVER_MS]
        : [this.#lockName(id), LOCK_LIMIT_MS];
      return this.#inTime(this.#locks.hold(name), limitMs).pipe(
        map((release) => {
          own.release = release;
          if (!own.isAtWork) release?.();
          return release !== null;
        }),
        switchMap((locked) =>
          this.lookAround().pipe(
            // What others wrote to the copy before they let go of their locks may still be on its way to this page.
            switchMap(() => (this.#isOnCopy ? timer(COPY_TRAVEL_MS, this.#scheduler) : of(0))),
            map(() => locked),
          ),
        ),
      );
    });
  }

  /** Cold, one value: asks for refreshes that the record does not list. */
  lookAround(): Observable<void> {
    return this.#canHaveUnlisted ? this.#ask() : of(undefined);
  }

  /** The attempt is over: no good answer can come of it any more. `isSettled`: nothing was sent, or Cognito has answered. */
  end(id: string, isSettled = true): void {
    const own = this.#own.get(id);
    if (own?.isAtWork !== true) return;
    own.isAtWork = false;
    own.isSettled = isSettled;
    // The others need a moment to see what a page without its database has written.
    if (this.#isOnCopy) timer(COPY_TRAVEL_MS, this.#scheduler).subscribe(() => own.release?.());
    else own.release?.();
  }

  /** Forgets own attempts that are over and that the record does not name any more. */
  forget(attempts: readonly Attempt[]): void {
    for (const [id, { isAtWork }] of this.#own)
      if (!isAtWork && !attempts.some((attempt) => attempt.id === id)) this.#own.delete(id);
  }

  /** Stops watching: the record lists no attempt any more. A watch wakes the page up once a second. */
  stop(): void {
    this.#unwatch((id) => !isUnlistedId(id));
  }

  /** Cold, one value: asks which of these attempts are alive, and begins to watch them. Emits whether one is not. */
  look(attempts: readonly Attempt[]): Observable<boolean> {
    const ids = attempts.map(({ id }) => id);
    this.#unwatch((id) => !ids.includes(id));
    for (const id of ids) this.#watch(id);
    const others = attempts.filter((attempt) => !this.#own.has(attempt.id) && this.mayLive(attempt));
    return others.length === 0 ? of(false) : this.#ask().pipe(map(() => !others.every(this.mayLive)));
  }

  /** Cold; emits once it is worth looking at the record again, and completes. `pollMs`: after this time in any case. */
  change(attempts: readonly Attempt[], pollMs = ATTEMPT_POLL_MS): Observable<void> {
    // The lock of an attempt that is over is free: to wait for it would be a loop.
    const freed = attempts.filter(this.mayLive).map(({ id }) => this.#locks.whenFree(this.#lockName(id)));
    return merge(...freed, this.#hints.received$, timer(pollMs, this.#scheduler)).pipe(
      take(1),
      takeUntilDestroyed(this.#destroyRef),
      map(() => undefined),
    );
  }

  /** Which locks are held now says which owners are alive. */
  #ask(): Observable<void> {
    return this.#inTime(this.#locks.held(), LOCK_LIMIT_MS).pipe(
      map((names) => {
        const lockOfOthers = this.#isOnCopy ? this.#lockName('') : this.#detachedLock;
        const held = this.#canHaveUnlisted ? [...(names ?? [])] : [];
        this.#unlistedLock = held.find((name) => name.startsWith(lockOfOthers)) ?? '';
        const isUnlisted = this.#unlistedLock !== '';
        if (!isUnlisted) this.unlisted = null;
        else if (this.unlisted?.id !== this.#unlistedId)
          this.unlisted = { id: this.#unlistedId, gen: 0, at: this.#clock.now(), locked: true };
        for (const [id, watched] of this.#watched) {
          const isHeld = isUnlistedId(id) ? isUnlisted : names?.has(this.#lockName(id));
          watched.isHeld = isHeld ?? null;
        }
      }),
    );
  }

  #unwatch(isOver: (id: string) => boolean): void {
    for (const [id, { timer }] of this.#watched)
      if (isOver(id)) {
        timer.unsubscribe();
        this.#watched.delete(id);
      }
  }

  #watch(id: string): Watched {
    const known = this.#watched.get(id);
    if (known !== undefined) return known;
    const watched: Watched = {
      isOverdue: false,
      timer: afterActiveTime(ATTEMPT_TAKEOVER_MS, this.#clock, this.#scheduler)
        .pipe(takeUntilDestroyed(this.#destroyRef))
        .subscribe(() => (watched.isOverdue = true)),
    };
    this.#watched.set(id, watched);
    return watched;
  }

  #inTime<T>(source: Observable<T>, limitMs: number): Observable<T | null> {
    return source.pipe(timeout({ first: limitMs, scheduler: this.#scheduler, with: () => of(null) }));
  }

  #lockName(id: string): string {
    return isUnlistedId(id) ? this.#unlistedLock : attemptLockName(this.#namespace, id);
  }

  /** Whether this page follows the copy, without its database. */
  get #isOnCopy(): boolean {
    return this.#record.mode === 'detached' && this.#record.canBeDetached;
  }

  /** Whether pages may be without the database that other pages have. */
  get #canHaveUnlisted(): boolean {
    return this.#record.canBeDetached && this.#record.mode !== 'alone';
  }

  get #detachedLock(): string {
    return `${this.#namespace}/detached`;
  }
}

/** The ids of refreshes that no record lists begin with this. */
const UNLISTED = 'unlisted';

const isUnlistedId = (id: string): boolean => id.startsWith(UNLISTED);

/** One name per attempt. Locks are shared by all pages of the origin. */
export function attemptLockName(namespace: string, id: string): string {
  return `${namespace}/attempt/${id}`;
}
