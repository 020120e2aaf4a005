import { inject } from '@angular/core';
import { timer } from 'rxjs';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { WEB_LOCKS } from '../platform/web-locks';
import type { TakeTurn } from './adapter-record';
import { noTurns, turnsByLock } from './step-turns';

/** Turns among the tabs of this origin, in an injection context. Without Web Locks no tab waits for another one. */
export function tabTurns(name: string): TakeTurn {
  const scheduler = inject(SESSION_SCHEDULER);
  const locks = inject(WEB_LOCKS);
  const after = (ms: number, work: () => void) => {
    const running = timer(ms, scheduler).subscribe(work);
    return () => running.unsubscribe();
  };
  return locks === null ? noTurns : turnsByLock(locks, name, after);
}
