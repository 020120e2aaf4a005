import { inject } from '@angular/core';
import { Observable, of, timer, type SchedulerLike } from 'rxjs';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { WEB_LOCKS } from '../platform/web-locks';
import type { TakeTurn } from './adapter-record';

/** How long a step waits for its turn among the tabs. Afterwards it is taken without one. */
export const TURN_LIMIT_MS = 2000;

/** Steps of this page alone: nothing to wait for. */
export const noTurns: TakeTurn = () => of({ release: () => undefined });

/** Turns among the tabs of this origin, in an injection context. Without Web Locks no tab waits for another one. */
export function tabTurns(name: string): TakeTurn {
  const scheduler = inject(SESSION_SCHEDULER);
  const locks = inject(WEB_LOCKS);
  return locks === null ? noTurns : turnsByLock(locks, name, scheduler);
}

/**
 * Turns by a Web Lock of this name. Best effort: a step whose lock is refused, or not granted in time, is taken without
 * the lock.
 */
export function turnsByLock(locks: LockManager, name: string, scheduler: SchedulerLike): TakeTurn {
  return () =>
    new Observable((subscriber) => {
      const emit = (release: () => void) => {
        subscriber.next({ release });
        subscriber.complete();
      };
      const emitWithoutLock = () => emit(() => undefined);
      const withdrawal = new AbortController();
      subscriber.add(() => withdrawal.abort());
      subscriber.add(timer(TURN_LIMIT_MS, scheduler).subscribe(emitWithoutLock));
      // The lock of a caller that has left, or has gone on without it, is released immediately.
      const granted = () => new Promise<void>((release) => (subscriber.closed ? release() : emit(release)));
      const request = async () => locks.request(name, { signal: withdrawal.signal }, granted);
      // After completion this does nothing.
      request().catch(emitWithoutLock);
    });
}
