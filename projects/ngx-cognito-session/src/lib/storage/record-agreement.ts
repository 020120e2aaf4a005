import { defer, EMPTY, expand, ignoreElements, map, of, switchMap, type Observable } from 'rxjs';
import { mergeAhead } from '../core/ahead-copy';
import type { RecordReading } from '../core/session-record';
import type { RecordPlace } from './record-place';

/**
 * Makes the copy say what the record says, then removes the sign-out markers that have nothing left to end. Cold;
 * completes when that is so, and errors as the storage does. `merge`: the copy is ahead, and the record takes it over.
 */
export function agreeOn(
  { copy, markers, canCopyBegin }: RecordPlace,
  look: () => Observable<RecordReading>,
  merge: () => Observable<unknown>,
): Observable<never> {
  /** Emits whether the copy was written: then another page may have changed the record meanwhile. */
  const round = defer(look).pipe(
    switchMap((reading): Observable<boolean> => {
      if (reading === 'future' || reading === 'corrupt') return of(false);
      const shown = copy?.peek() ?? 'none';
      if (shown === 'future') return of(settle(reading));
      if (canCopyBegin && mergeAhead(reading, shown).reading !== reading)
        return merge().pipe(map(() => true));
      if (copy === null) return of(settle(reading));
      return copy.write(reading).pipe(map((isWritten) => isWritten || settle(reading)));
    }),
  );
  const settle = (reading: RecordReading): false => {
    markers.settle(reading);
    return false;
  };
  return round.pipe(
    expand((isWritten) => (isWritten ? round : EMPTY)),
    ignoreElements(),
  );
}
