import { catchError, map, of, switchMap, type Observable } from 'rxjs';
import { rebuildStep } from '../core/ledger-steps';
import type { SessionLedger } from '../core/session-ledger';
import type { LedgerItems } from './ledger-items';
import type { LedgerLeftovers } from './ledger-leftovers';
import { leftOf } from './ledger-sessions';
import type { LedgerTokens, Patience } from './ledger-tokens';
import type { RecordReading } from './session-record';
import { pickSession } from './session-values';

/** What a page finds that has yet to learn whose session there is. */
export class LedgerRestore {
  constructor(
    private readonly ledger: LedgerItems,
    private readonly tokens: LedgerTokens,
    private readonly leftovers: LedgerLeftovers,
  ) {}

  /** Cold; one value. Makes good what others left half done. */
  read(patience: Patience): Observable<RecordReading> {
    const read$ = patience === 'patient' ? this.ledger.readWhenever() : this.ledger.read();
    return read$.pipe(
      switchMap((reading) => {
        switch (reading.type) {
          case 'none':
            return this.rebuild(patience);
          case 'ledger':
            return reading.unfinished === undefined
              ? this.tokens.find(reading.ledger, patience).pipe(switchMap((found) => this.cleanUp(found)))
              : this.finish(reading.unfinished);
          default:
            return of(reading);
        }
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
          .change((current) => rebuildStep(current, reading.session, this.tokens.areCarried))
          .pipe(switchMap(({ result }) => (result ? of(reading) : this.read(patience))));
      }),
    );
  }

  /** Somebody signed out and left the page in the same moment: the rest of the sign-out. */
  private finish(unfinished: SessionLedger): Observable<RecordReading> {
    return this.ledger.end([unfinished.sid ?? '']).pipe(
      switchMap((ended) =>
        this.leftovers.keepValues(null).pipe(
          map((values): RecordReading => ({
            type: 'none',
            why: 'signedOut',
            left: leftOf(ended, values),
          })),
        ),
      ),
    );
  }

  /** Values that belong to no session any more are tokens left behind. */
  private cleanUp(found: RecordReading): Observable<RecordReading> {
    return this.leftovers.keepValues(null).pipe(
      map(() => found),
      catchError(() => of(found)),
    );
  }
}
