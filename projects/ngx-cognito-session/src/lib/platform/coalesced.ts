import {
  defer,
  EMPTY,
  exhaustMap,
  ignoreElements,
  of,
  repeat,
  tap,
  type Observable,
  type OperatorFunction,
} from 'rxjs';

/**
 * Does the work whenever the source emits, one at a time. However often it emits meanwhile, the work is done once more
 * afterwards. Emits nothing; errors of the work end it.
 */
export function coalesced(work: () => Observable<unknown>): OperatorFunction<unknown, never> {
  return (source) =>
    defer(() => {
      let isWanted = false;
      return source.pipe(
        tap(() => {
          isWanted = true;
        }),
        exhaustMap(() =>
          defer(() => {
            isWanted = false;
            return work();
          }).pipe(ignoreElements(), repeat({ delay: () => (isWanted ? of(null) : EMPTY) })),
        ),
      );
    });
}
