import {
  delay,
  of,
  retry,
  share,
  shareReplay,
  timeout,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

/** Every waiting operator with the injected scheduler, in every form the library has. */
export function watch(source: Observable<number>, scheduler: SchedulerLike): Observable<number> {
  return source.pipe(
    delay(1, scheduler),
    timeout({ each: 1000, scheduler, with: () => of(0) }),
    retry({ count: 1, delay: () => timer(1000, scheduler) }),
    share({ resetOnRefCountZero: () => timer(0, 1000, scheduler) }),
    shareReplay({ bufferSize: 1, refCount: false, windowTime: 1000, scheduler }),
    shareReplay(1),
  );
}
