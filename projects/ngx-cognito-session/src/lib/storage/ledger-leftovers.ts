import { catchError, map, of, switchMap, tap, type Observable } from 'rxjs';
import { endStep } from '../core/ledger-steps';
import type { SessionLedger } from '../core/session-ledger';
import type { LedgerItems } from './ledger-items';
import { foundOf, leftOf } from './ledger-sessions';
import type { LedgerTokens } from './ledger-tokens';
import type { RecordReading } from './session-record';
import type { StoredSession } from './stored-session';

/** What sessions leave behind that are over: values beside the record, and a session that another one took the place of. */
export class LedgerLeftovers {
  /** Values of sessions other than `keep` are still there: the storage refused to remove them. */
  private owed: { readonly keep: string | null } | null = null;
  /** What the last sign-in replaced in the record. */
  private replaced: SessionLedger | null = null;

  constructor(
    private readonly ledger: LedgerItems,
    private readonly tokens: LedgerTokens,
  ) {}

  noteReplaced(replaced: SessionLedger | null): void {
    this.replaced = replaced;
    if (replaced !== null && replaced.sid !== null) this.tokens.forget(replaced.sid);
  }

  /** Cold; removes every session but this one and gives back what was there. `null`: the one on record as well. */
  keepOnly(sid: string | null): Observable<readonly StoredSession[]> {
    this.owed = { keep: sid };
    return (sid === null ? this.endCurrent() : of([])).pipe(
      switchMap((ended) =>
        this.keepValues(sid).pipe(
          map((removed) => {
            const { replaced } = this;
            this.replaced = null;
            this.owed = null;
            return leftOf(replaced, [...ended, ...removed]);
          }),
        ),
      ),
    );
  }

  /** Cold; values that the storage refused to give up earlier, that of a session just removed among them. */
  removeOwed(removed: string): Observable<readonly StoredSession[]> {
    const { owed } = this;
    if (owed === null) return of([]);
    return this.keepValues(owed.keep === removed ? null : owed.keep).pipe(
      tap(() => {
        this.owed = null;
      }),
    );
  }

  /** Cold. The record's session of this very moment is never among the leftovers: another tab may just have begun it. */
  keepValues(sid: string | null): Observable<readonly StoredSession[]> {
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

  /** Nobody knew whose session it was: it ends, whoever's. */
  private endCurrent(): Observable<readonly StoredSession[]> {
    return this.ledger.read().pipe(
      switchMap((reading) => {
        if (reading.type !== 'ledger' || reading.ledger.sid === null) return of([]);
        const { sid } = reading.ledger;
        return this.tokens.find(reading.ledger).pipe(
          catchError(() => of<RecordReading>({ type: 'corrupt' })),
          switchMap((found) =>
            this.ledger
              .change((current) => endStep(current, [sid]))
              .pipe(
                map(({ result }) => {
                  this.tokens.forget(sid);
                  return foundOf(found.type === 'session' ? found.session : null, result);
                }),
              ),
          ),
        );
      }),
    );
  }
}
