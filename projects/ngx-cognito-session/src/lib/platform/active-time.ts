import { defer, filter, interval, map, scan, take, type Observable, type SchedulerLike } from 'rxjs';
import type { SessionClock } from './session-clock';

const TICK_MS = 1000;
/** A late tick counts at most this much: the page was asleep for the rest. */
const LONGEST_TICK_MS = 1500;
const GAP_MS = 3000;
/** After waking up, an answer that arrived meanwhile gets this long to be read. */
const GRACE_AFTER_GAP_MS = 2000;

/**
 * Fires once after `limitMs` of active time and completes. Cold. A frozen or sleeping page does not use up its limits:
 * a timer that uses the clock would discard an answer that has already arrived.
 */
export function afterActiveTime(
  limitMs: number,
  clock: SessionClock,
  scheduler: SchedulerLike,
): Observable<void> {
  return defer(() =>
    interval(TICK_MS, scheduler).pipe(
      scan(
        (spent, _) => {
          const at = clock.monotonic();
          const elapsed = Math.max(0, Math.max(at - spent.at, clock.now() - spent.wall));
          const activeMs = spent.activeMs + Math.min(elapsed, LONGEST_TICK_MS);
          const isGap = elapsed > GAP_MS;
          // In a hidden tab every tick comes after a gap: only the first of them is a page that has just woken up.
          const graceMs = isGap && !spent.isGap ? GRACE_AFTER_GAP_MS : Math.max(0, spent.graceMs - elapsed);
          return { at, wall: clock.now(), activeMs, isGap, graceMs };
        },
        { at: clock.monotonic(), wall: clock.now(), activeMs: 0, isGap: false, graceMs: 0 },
      ),
      filter(({ activeMs, graceMs }) => activeMs >= limitMs && graceMs === 0),
      take(1),
      map(() => undefined),
    ),
  );
}

/** Errors with `failure()` after `limitMs` of active time. Cold. */
export function failAfterActiveTime(
  limitMs: number,
  clock: SessionClock,
  scheduler: SchedulerLike,
  failure: () => Error,
): Observable<never> {
  return afterActiveTime(limitMs, clock, scheduler).pipe(
    map(() => {
      throw failure();
    }),
  );
}
