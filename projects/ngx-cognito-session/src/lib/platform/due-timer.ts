import { defer, filter, map, merge, repeat, take, timer, type Observable, type SchedulerLike } from 'rxjs';

/**
 * Fires once when `remainingMs` returns 0 or less, and completes. Cold. Armed in pieces, and the clock is checked
 * at each wake signal, so that neither sleep nor a clock change nor a long wait makes it late.
 */
export function dueTimer(
  remainingMs: () => number,
  pieceMs: number,
  wakeSignals: Observable<unknown>,
  scheduler: SchedulerLike,
): Observable<void> {
  return defer(() =>
    merge(timer(Math.min(Math.max(0, remainingMs()), pieceMs), scheduler), wakeSignals),
  ).pipe(
    take(1),
    repeat(),
    filter(() => remainingMs() <= 0),
    take(1),
    map(() => undefined),
  );
}
