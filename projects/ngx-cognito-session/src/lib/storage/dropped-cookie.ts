import { catchError, map, of, type Observable } from 'rxjs';
import type { RecordReading } from '../core/session-record';
import type { RecordCopy } from './record-copy';

/**
 * Cold, one value: whether the browser has dropped the cookies of the session that `read` finds. A browser that does not
 * keep such a cookie when it is written has dropped nothing.
 */
export function isCookieDropped(
  copy: RecordCopy,
  read: () => Observable<RecordReading>,
): Observable<boolean> {
  if (copy.peek() !== 'none') return of(false);
  return read().pipe(
    map(
      (reading) =>
        // While two tabs write, a reader may find no whole cookie for a moment.
        copy.peek() === 'none' &&
        copy.write(reading) &&
        // If the page closes now, the next one has to find the cookie missing.
        copy.write('none'),
    ),
    catchError(() => of(false)),
  );
}
