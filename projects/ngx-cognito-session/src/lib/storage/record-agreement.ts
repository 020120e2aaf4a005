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
  { copy, markers, database }: RecordPlace,
  look: () => Observable<RecordReading>,
  step: () => Observable<unknown>,
): Observable<never> {
  /** Emits whether the copy was written: then another page may have changed the record meanwhile. */
  const round = defer(look).pipe(
    switchMap((reading): Observable<boolean> => {
      // Without the database this is what the copy says, and no marker has done its work.
      if (reading === 'future' || reading === 'corrupt' || database?.isDetached === true) return of(false);
      const shown = copy?.peek() ?? 'none';
      const found = markers.list();
      // One that is left later brings an agreement of its own.
      const settle = (): false => {
        if (found.length > 0) markers.settle(reading);
        return false;
      };
      if (
        honourMarkers(reading, found) !== reading ||
        (copy?.canBegin === true && mergeAhead(reading, shown).reading !== reading)
      )
        return step().pipe(map(() => true));
      if (copy === null || shown === 'future') return of(settle());
      return of(copy.write(reading) || settle());
    }),
  );
  return round.pipe(
    expand((isWritten) => (isWritten ? round : EMPTY)),
    ignoreElements(),
  );
}
