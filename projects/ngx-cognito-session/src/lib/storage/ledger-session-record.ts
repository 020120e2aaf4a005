import { catchError, map, of, switchMap, throwError, type Observable } from 'rxjs';
import { beginStep, commitStep, endStep, rebuildStep } from '../core/ledger-steps';
import type { LedgerReading, SessionLedger } from '../core/session-ledger';
import { SessionError } from '../errors/session-error';
import type { LedgerItems } from './ledger-items';
import { storedIn, withRefreshToken, type LedgerTokens, type Patience } from './ledger-tokens';
import type { CommitOutcome, RecordReading, RemoveOutcome, SessionRecord } from './session-record';
import { pickSession } from './session-values';
import type { StoredSession } from './stored-session';

/** What the database refused to take; this tab goes on with it and tries again. */
interface Unsaved {
  readonly session: StoredSession;
  readonly step: 'begin' | 'commit';
}

/**
 * The record all tabs share: one in IndexedDB is the truth, tokens lie in it or, for any other storage, in a value beside
 * it. Steps are the pure functions of `core/ledger-steps.ts`, each applied in one transaction.
 */
export class LedgerSessionRecord implements SessionRecord {
  private unsaved: Unsaved | null = null;
  /** What the last `begin` replaced in the record. */
  private replaced: SessionLedger | null = null;

  constructor(
    private readonly ledger: LedgerItems,
    private readonly tokens: LedgerTokens,
  ) {}

  peek(): StoredSession | null {
    return this.tokens.values?.peek() ?? null;
  }

  restore(): Observable<RecordReading> {
    return this.whatIsThere('patient');
  }

  current(): Observable<RecordReading> {
    return this.whatIsThere('impatient');
  }

  read(sid: string): Observable<RecordReading> {
    const unsaved = this.unsaved?.session.sid === sid ? this.unsaved : null;
    return this.ledger.read().pipe(
      switchMap((reading): Observable<RecordReading> => {
        if (reading.type === 'ledger' && reading.ledger.sid === sid) {
          // It had arrived after all, though nobody said so in time.
          if (unsaved !== null && reading.ledger.gen >= unsaved.session.gen) this.unsaved = null;
          const isOlder = unsaved !== null && reading.ledger.gen < unsaved.session.gen;
          return isOlder ? of(sessionReading(unsaved.session)) : this.tokens.find(reading.ledger);
        }
        if (unsaved?.step === 'begin') return of(sessionReading(unsaved.session));
        return of<RecordReading>({ type: 'none', why: whyGone(reading) });
      }),
      catchError((error: unknown) =>
        unsaved === null ? throwError(() => error) : of(sessionReading(unsaved.session)),
      ),
    );
  }

  begin(session: StoredSession): Observable<SessionError | null> {
    return this.ledger
      .change((reading) => beginStep(reading, session))
      .pipe(
        switchMap(({ result, replaced }) => {
          if (result === 'future') throw futureError();
          this.unsaved = null;
          this.replaced = replaced;
          return this.tokens.write(session);
        }),
        catchError((error: SessionError) => of(this.keepInMemory({ session, step: 'begin' }, error))),
      );
  }

  commit(session: StoredSession): Observable<CommitOutcome> {
    if (this.unsaved?.session.sid === session.sid && this.unsaved.step === 'begin')
      return this.begin(session).pipe(map(committed));
    return this.ledger
      .change((reading) => commitStep(reading, session))
      .pipe(
        switchMap(({ result }): Observable<CommitOutcome> => {
          switch (result) {
            case 'committed':
              this.unsaved = null;
              return this.tokens.write(session).pipe(map(committed));
            case 'superseded':
              return this.read(session.sid).pipe(map(supersededOrGone));
            case 'gone':
              return of({ type: 'gone' });
          }
        }),
        catchError((error: SessionError) =>
          of(committed(this.keepInMemory({ session, step: 'commit' }, error))),
        ),
      );
  }

  keepOnly(sid: string | null): Observable<readonly StoredSession[]> {
    const { replaced } = this;
    this.replaced = null;
    return (sid === null ? this.endCurrent() : of(null)).pipe(
      switchMap((ended) =>
        this.keepValues(sid).pipe(
          map((removed) => {
            const inRecord = replaced === null ? null : storedIn(replaced);
            const found = [inRecord, ended, ...removed].filter((session) => session !== null);
            return found.map((session) => completed(session, replaced));
          }),
        ),
      ),
    );
  }

  remove(sid: string, gen?: number): Observable<RemoveOutcome> {
    return this.ledger
      .change((reading) => endStep(reading, sid, gen))
      .pipe(
        // The value goes even if the database does not answer: a record without it leads nowhere.
        catchError((error: unknown) =>
          this.tokens.remove(sid).pipe(switchMap(() => throwError(() => error))),
        ),
        switchMap(({ result }): Observable<RemoveOutcome> => {
          if (result.type === 'newer') return of(result);
          if (this.unsaved?.session.sid === sid) this.unsaved = null;
          return this.tokens
            .leftOf(sid, result.ledger)
            .pipe(
              switchMap((session) =>
                this.tokens.remove(sid).pipe(map(() => ({ type: 'removed' as const, session }))),
              ),
            );
        }),
      );
  }

  private whatIsThere(patience: Patience): Observable<RecordReading> {
    const read$ = patience === 'patient' ? this.ledger.readWhenever() : this.ledger.read();
    return read$.pipe(
      switchMap((reading) => {
        switch (reading.type) {
          case 'none':
            return this.rebuild(patience);
          case 'ledger':
            return this.tokens.find(reading.ledger, patience).pipe(switchMap((found) => this.cleanUp(found)));
          default:
            return of(reading);
        }
      }),
    );
  }

  /** Nobody knew whose session it was: it ends, whoever's. */
  private endCurrent(): Observable<StoredSession | null> {
    return this.ledger.read().pipe(
      switchMap((reading) => {
        if (reading.type !== 'ledger' || reading.ledger.sid === null) return of(null);
        const { sid } = reading.ledger;
        return this.tokens.find(reading.ledger).pipe(
          catchError(() => of<RecordReading>({ type: 'corrupt' })),
          switchMap((found) =>
            this.ledger
              .change((current) => endStep(current, sid))
              .pipe(map(() => (found.type === 'session' ? found.session : null))),
          ),
        );
      }),
    );
  }

  /** No record: the first start with this storage, or somebody deleted the database and left the value. */
  private rebuild(patience: Patience): Observable<RecordReading> {
    return this.tokens.all(patience).pipe(
      switchMap((values): Observable<RecordReading> => {
        const reading = pickSession(values);
        // Of several nobody can say which one was not signed out.
        const isOne = values.filter((value) => value.reading.type === 'session').length === 1;
        if (reading.type !== 'session') return of(reading);
        if (!isOne) return of({ type: 'none', why: 'nothing' });
        return this.ledger
          .change((current) => rebuildStep(current, reading.session))
          .pipe(switchMap(({ result }) => (result ? of(reading) : this.whatIsThere(patience))));
      }),
    );
  }

  /** Values that belong to no session any more are tokens left behind. */
  private cleanUp(found: RecordReading): Observable<RecordReading> {
    return this.keepValues(null).pipe(
      map(() => found),
      catchError(() => of(found)),
    );
  }

  /** The record's session of this very moment is never among the leftovers: another tab may just have begun it. */
  private keepValues(sid: string | null): Observable<readonly StoredSession[]> {
    return this.ledger
      .read()
      .pipe(
        switchMap((now) =>
          now.type === 'ledger' || now.type === 'none'
            ? this.tokens.keepOnly([sid, now.type === 'ledger' ? now.ledger.sid : null])
            : of([]),
        ),
      );
  }

  private keepInMemory(unsaved: Unsaved, error: SessionError): SessionError {
    this.unsaved = unsaved;
    return error;
  }
}

/** The refresh token may have stayed in the record while the rest lay elsewhere. */
function completed(session: StoredSession, ledger: SessionLedger | null): StoredSession {
  return ledger?.sid === session.sid ? withRefreshToken(session, ledger.refreshToken) : session;
}

function sessionReading(session: StoredSession): RecordReading {
  return { type: 'session', session };
}

function committed(unsaved: SessionError | null): CommitOutcome {
  return { type: 'committed', unsaved };
}

function supersededOrGone(reading: RecordReading): CommitOutcome {
  return reading.type === 'session' ? { type: 'superseded', by: reading.session } : { type: 'gone' };
}

function whyGone(reading: LedgerReading): 'cleared' | 'signedOut' | 'replaced' {
  const ledger: SessionLedger | null = reading.type === 'ledger' ? reading.ledger : null;
  if (ledger === null) return 'cleared';
  return ledger.sid === null ? 'signedOut' : 'replaced';
}

function futureError(): SessionError {
  return new SessionError('storageError', 'The record was written by a newer version of the library.');
}
