import { asyncScheduler, timer, type Observable, type SchedulerLike } from 'rxjs';

/** The only room with the real clock: everything that is an error elsewhere is right here. */
export const systemScheduler: SchedulerLike = asyncScheduler;

export function now(): number {
  return Date.now() + performance.now() - performance.timeOrigin;
}

export function later(run: () => void): Observable<0> {
  setTimeout(run, new Date().getTime());
  return timer(1);
}
