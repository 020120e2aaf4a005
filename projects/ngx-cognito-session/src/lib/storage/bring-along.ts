import { catchError, of, switchMap, type Observable } from 'rxjs';
import type { SessionRecord } from './session-record';
import type { StorageSessionRecord } from './storage-session-record';

/**
 * A tab that has lived alone takes what it holds along into the record that it shares from now on: whoever comes first
 * writes it, and nobody's newer tokens are overwritten. Cold; waits until no renewal of the tab is on its way, and
 * completes with the task in which that is so. `sid`: the session that has been copied. Gives whether the tab still holds
 * one.
 */
export function bringAlong(
  alone: StorageSessionRecord,
  record: SessionRecord,
  sid: string,
): Observable<boolean> {
  return alone.whenIdle().pipe(
    switchMap(() => {
      const { held } = alone;
      return written(record, alone, sid).pipe(
        // A database that fails now does so for each step as well.
        catchError(() => of(null)),
        switchMap(() =>
          // The user or a renewal was faster.
          alone.isAtWork || alone.held !== held ? bringAlong(alone, record, sid) : of(held !== null),
        ),
      );
    }),
  );
}

function written(record: SessionRecord, alone: StorageSessionRecord, sid: string): Observable<unknown> {
  const { held } = alone;
  // Signed out meanwhile: nobody must find what may have been written before.
  if (held === null) return alone.hasEnded(sid) ? record.remove(sid) : of(null);
  // Signed in anew meanwhile, which counts for the copy, too.
  if (held.sid !== sid) return record.begin(held, { isWanted: () => true, replaces: sid, at: 0 });
  return record.current().pipe(
    switchMap((reading) => {
      const isOlder =
        reading.type === 'session' && reading.session.sid === sid && reading.session.gen < held.gen;
      return isOlder ? record.commit(held) : of(null);
    }),
  );
}
