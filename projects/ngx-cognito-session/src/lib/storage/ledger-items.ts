import { map, tap, type Observable, type SchedulerLike } from 'rxjs';
import { readLedger, type LedgerReading } from '../core/session-ledger';
import type { LedgerStep } from '../core/ledger-steps';
import type { IndexedDbItems } from './indexed-db-items';
import { limited, storageCall } from './storage-call';

/** The record in IndexedDB. Everything is cold, emits one value and errors with `storageError`, at the latest after the limit. */
export class LedgerItems {
  private readonly key: string;

  constructor(
    private readonly items: IndexedDbItems,
    namespace: string,
    private readonly limitMs: number,
    private readonly scheduler: SchedulerLike,
  ) {
    this.key = `record:${namespace}`;
  }

  read(): Observable<LedgerReading> {
    return this.limited(this.readWhenever());
  }

  /** As `read`, for as long as the database takes. */
  readWhenever(): Observable<LedgerReading> {
    return storageCall(() => this.items.read(this.key)).pipe(map(readLedger));
  }

  /** One atomic read-modify-write. `step` is pure and runs inside the transaction. */
  change<S extends LedgerStep<unknown>>(step: (reading: LedgerReading) => S): Observable<S> {
    return this.limited(
      storageCall(() =>
        this.items.change(this.key, (current) => {
          const taken = step(readLedger(current));
          return taken.next === null
            ? { type: 'keep', result: taken }
            : { type: 'put', value: taken.next, result: taken };
        }),
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
