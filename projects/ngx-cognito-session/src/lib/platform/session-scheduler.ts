import { inject, InjectionToken, NgZone } from '@angular/core';
import { asyncScheduler, type SchedulerAction, type SchedulerLike, type Subscription } from 'rxjs';

/**
 * Where every timer of the library runs: outside the Angular zone, so that no timer keeps the app unstable or causes
 * change detection.
 */
export const SESSION_SCHEDULER = new InjectionToken<SchedulerLike>('SESSION_SCHEDULER', {
  providedIn: 'root',
  factory: () => outsideZone(asyncScheduler, inject(NgZone)),
});

/** The same scheduler, every timer of which is set up outside the Angular zone. */
export function outsideZone(scheduler: SchedulerLike, zone: NgZone): SchedulerLike {
  return {
    now: () => scheduler.now(),
    schedule: <T>(
      work: (this: SchedulerAction<T>, state?: T) => void,
      delay?: number,
      state?: T,
    ): Subscription =>
      zone.runOutsideAngular(() =>
        state === undefined ? scheduler.schedule(work, delay) : scheduler.schedule(work, delay, state),
      ),
  };
}
