import { map, tap, type Observable, type SchedulerLike } from 'rxjs';
import { endStep, tombstoneOf, type LedgerStep } from '../core/ledger-steps';
import { readLedger, type LedgerReading, type SessionLedger } from '../core/session-ledger';
import type { IndexedDbItems } from './indexed-db-items';
import { limited, storageCall } from './storage-call';

/** The record in IndexedDB. Everything is cold, emits one value and errors with `storageError`, at the latest after the limit. */
export class LedgerItems {
  private readonly key: string;
  /** The session that ended last: word that was left in a hurry, before the record could be changed. */
  private readonly endedKey: string;

  constructor(
    private readonly items: IndexedDbItems,
    namespace: string,
    private readonly limitMs: number,
    private readonly scheduler: SchedulerLike,
  ) {
    this.key = `record:${namespace}`;
    this.endedKey = `ended:${namespace}`;
  }

  read(): Observable<LedgerReading> {
    return this.limited(this.readWhenever());
  }

  /** As `read`, for as long as the database takes. */
  readWhenever(): Observable<LedgerReading> {
    return storageCall(() => this.items.readTogether([this.key, this.endedKey])).pipe(
      map(([value, ended]) => withoutEnded(readLedger(value), ended)),
    );
  }

  /** One atomic read-modify-write. `step` is pure and runs inside the transaction. */
  change<S extends LedgerStep<unknown>>(step: (reading: LedgerReading) => S): Observable<S> {
    return this.write((value, ended) => step(withoutEnded(readLedger(value), ended)));
  }

  /** Leaves word in the task of the call that a session has ended; whoever reads the record from now on heeds it. */
  noteEnd(sid: string): Observable<void> {
    return this.limited(storageCall(() => this.items.put(this.endedKey, sid)));
  }

  /** The end of a session whether or not word of it was left. Gives what was there. */
  end(sidIn: (reading: LedgerReading) => string): Observable<SessionLedger | null> {
    return this.write((value) => {
      const reading = readLedger(value);
      return endStep(reading, sidIn(reading));
    }).pipe(map(({ result }) => result));
  }

  private write<S extends LedgerStep<unknown>>(step: (value: unknown, ended: unknown) => S): Observable<S> {
    return this.limited(
      storageCall(() =>
        this.items.change(
          this.key,
          (value, ended) => {
            const taken = step(value, ended);
            return taken.next === null
              ? { type: 'keep', result: taken }
              : { type: 'put', value: taken.next, result: taken };
          },
          [this.endedKey],
        ),
      ),
    );
  }

  private limited<T>(call: Observable<T>): Observable<T> {
    return limited(call, this.limitMs, this.scheduler).pipe(
      tap({
        error: () => {
          this.items.forget();
        },
      }),
    );
  }
}

/** A session that has ended, as word was left, counts as one although its record could not be changed in time. */
function withoutEnded(reading: LedgerReading, ended: unknown): LedgerReading {
  const isEnded = reading.type === 'ledger' && reading.ledger.sid !== null && reading.ledger.sid === ended;
  return isEnded ? { type: 'ledger', ledger: tombstoneOf(reading.ledger) } : reading;
}
