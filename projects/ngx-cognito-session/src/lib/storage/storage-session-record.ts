import { inject, Injectable } from '@angular/core';
import { catchError, map, of, shareReplay, switchMap, throwError, type Observable } from 'rxjs';
import { ConfigHolder } from '../config/config-holder';
import { STORAGE_LIMIT_MS } from '../config/numbers';
import type { SessionError } from '../errors/session-error';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import type { CommitOutcome, RecordReading, RemoveOutcome, SessionRecord } from './session-record';
import { pickSession, SessionValues } from './session-values';
import { SESSION_STORAGE } from './storage-adapter';
import { limited } from './storage-call';
import type { StoredSession } from './stored-session';

/** No record but the storage itself: the one value present is the session. For pages that live alone. */
@Injectable()
export class StorageSessionRecord implements SessionRecord {
  private readonly adapter = inject(SESSION_STORAGE);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly values$: Observable<SessionValues> = inject(ConfigHolder).config$.pipe(
    map(({ namespace }) => new SessionValues(this.adapter, namespace)),
    // One instance: its index keeps its own changes in order.
    shareReplay({ bufferSize: 1, refCount: false }),
  );
  /** What the storage refused to take: this tab goes on with it. */
  private unsaved: StoredSession | null = null;

  /** There is no other record: `restore` itself is as quick as the storage. */
  peek(): null {
    return null;
  }

  restore(): Observable<RecordReading> {
    return this.values$.pipe(
      switchMap((values) => values.readAll()),
      map(pickSession),
    );
  }

  current(): Observable<RecordReading> {
    return this.limited((values) => values.readAll()).pipe(map(pickSession));
  }

  read(sid: string): Observable<RecordReading> {
    const unsaved = this.unsaved?.sid === sid ? this.unsaved : null;
    return this.limited((values) => values.read(sid)).pipe(
      map((stored) => newerOf(stored, unsaved)),
      catchError((error: unknown) =>
        unsaved === null ? throwError(() => error) : of<RecordReading>({ type: 'session', session: unsaved }),
      ),
    );
  }

  begin(session: StoredSession): Observable<SessionError | null> {
    return this.write(session);
  }

  commit(session: StoredSession): Observable<CommitOutcome> {
    return this.read(session.sid).pipe(
      switchMap((reading): Observable<CommitOutcome> => {
        if (reading.type !== 'session') return of({ type: 'gone' });
        if (reading.session.gen >= session.gen) return of({ type: 'superseded', by: reading.session });
        return this.write(session).pipe(map(committed));
      }),
      // A storage that cannot even be read must not cost the tokens just received.
      catchError((error: SessionError) => of(committed(this.keepInMemory(session, error)))),
    );
  }

  keepOnly(sid: string | null): Observable<readonly StoredSession[]> {
    if (this.unsaved?.sid !== sid) this.unsaved = null;
    return this.limited((values) => values.keepOnly(sid));
  }

  remove(sid: string, gen = Infinity): Observable<RemoveOutcome> {
    return this.read(sid).pipe(
      catchError(() => of<RecordReading>({ type: 'none' })),
      switchMap((reading): Observable<RemoveOutcome> => {
        const session = reading.type === 'session' ? reading.session : null;
        if (session !== null && session.gen > gen) return of({ type: 'newer' });
        if (this.unsaved?.sid === sid) this.unsaved = null;
        return this.limited((values) => values.remove(sid)).pipe(map(() => ({ type: 'removed', session })));
      }),
    );
  }

  private write(session: StoredSession): Observable<SessionError | null> {
    return this.limited((values) => values.write(session)).pipe(
      map(() => {
        this.unsaved = null;
        return null;
      }),
      catchError((error: SessionError) => of(this.keepInMemory(session, error))),
    );
  }

  private keepInMemory(session: StoredSession, error: SessionError): SessionError {
    this.unsaved = session;
    return error;
  }

  private limited<T>(call: (values: SessionValues) => Observable<T>): Observable<T> {
    return limited(this.values$.pipe(switchMap(call)), STORAGE_LIMIT_MS, this.scheduler);
  }
}

function committed(unsaved: SessionError | null): CommitOutcome {
  return { type: 'committed', unsaved };
}

function newerOf(stored: RecordReading, unsaved: StoredSession | null): RecordReading {
  if (unsaved === null || (stored.type === 'session' && stored.session.gen >= unsaved.gen)) return stored;
  return { type: 'session', session: unsaved };
}
