import { defer, EMPTY, expand, ignoreElements, map, of, switchMap, type Observable } from 'rxjs';
import { mergeAhead } from '../core/ahead-copy';
import type { RecordReading } from '../core/session-record';
import { honourMarkers } from '../core/sign-out-marker';
import type { RecordPlace } from './record-place';

/**
 * Makes the copy say what the record says, then removes the sign-out markers that have nothing left to end. Cold;
 * completes when that is so, and errors as the storage does. `step`: a marker has ended the record, or the copy is ahead of it,
 * and the record takes that over.
 */
export function agreeOn(
  { copy, markers, canCopyBegin, database }: RecordPlace,
  look: () => Observable<RecordReading>,
  step: () => Observable<unknown>,
): Observable<never> {
  /** Emits whether the copy was written: then another page may have changed the record meanwhile. */
  const round = defer(look).pipe(
    switchMap((reading): Observable<boolean> => {
      // Without the database this is what the copy says, and no marker has done its work.
      if (reading === 'future' || reading === 'corrupt' || database?.isDetached === true) return of(false);
      const shown = copy?.peek() ?? 'none';
      const isMarked = honourMarkers(reading, markers.list()) !== reading;
      if (isMarked || (canCopyBegin && mergeAhead(reading, shown).reading !== reading))
        return step().pipe(map(() => true));
      if (copy === null || shown === 'future') return of(settle(reading));
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
