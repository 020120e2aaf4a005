import { inject, InjectionToken, NgZone } from '@angular/core';
import { asyncScheduler, type SchedulerLike } from 'rxjs';

declare const ngDevMode: unknown;

/**
 * Where every timer of the library runs: outside the Angular zone, so that no timer keeps the app unstable or causes
 * change detection.
 */
export const SESSION_SCHEDULER = new InjectionToken<SchedulerLike>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'SESSION_SCHEDULER' : '',
  {
    providedIn: 'root',
    factory: () => outsideZone(asyncScheduler, inject(NgZone)),
  },
);

/** The same scheduler, every timer of which is set up outside the Angular zone. */
export function outsideZone(scheduler: SchedulerLike, zone: NgZone): SchedulerLike {
  return {
    now: () => scheduler.now(),
    schedule: (...args: Parameters<SchedulerLike['schedule']>) =>
      zone.runOutsideAngular(() => scheduler.schedule(...args)),
  };
}
