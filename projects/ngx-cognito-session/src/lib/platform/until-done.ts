import {
  defer,
  filter,
  repeat,
  retry,
  switchMap,
  take,
  timer,
  type MonoTypeOperatorFunction,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

/** Repeats the attempt until its value is not `null`, after waits of 1 s, 2 s, 4 s … 60 s. Cold; one value. */
export function untilDone<T>(attempt: () => Observable<T | null>, scheduler: SchedulerLike): Observable<T> {
  return timer(FIRST_WAIT_MS, scheduler).pipe(
    switchMap(() => defer(attempt).pipe(repeat({ delay: (n) => timer(waitAfterMs(n), scheduler) }))),
    filter((result): result is Exclude<typeof result, null> => result !== null),
    take(1),
  );
}

/** Subscribes again after each error, after waits of 2 s, 4 s … 60 s. `onFailure` is called with each error. */
export function untilSuccess<T>(
  scheduler: SchedulerLike,
  onFailure: (error: unknown) => void,
): MonoTypeOperatorFunction<T> {
  return retry({
    delay: (error, tries) => {
      onFailure(error);
      return timer(waitAfterMs(tries), scheduler);
    },
  });
}

function waitAfterMs(tries: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
}
