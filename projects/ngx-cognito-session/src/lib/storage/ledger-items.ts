import {
  catchError,
  defer,
  forkJoin,
  map,
  of,
  switchMap,
  tap,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { endStep, tombstoneOf, type LedgerStep } from '../core/ledger-steps';
import {
  readLedger,
  type LedgerEndReason,
  type LedgerReading,
  type SessionLedger,
} from '../core/session-ledger';
import { NO_END_WORDS, type EndWords } from './end-words';
import type { IndexedDbItems } from './indexed-db-items';
import { limited, storageCall } from './storage-call';

/** How the record is written down. */
export interface LedgerForm {
  seal(ledger: SessionLedger): SessionLedger;
  unseal(reading: LedgerReading): LedgerReading;
}

const AS_IT_IS: LedgerForm = { seal: (ledger) => ledger, unseal: (reading) => reading };

/** The record in IndexedDB. Everything is cold, emits one value and errors with `storageError`, at the latest after the limit. */
export class LedgerItems {
  private readonly key: string;
  private readonly endedPrefix: string;

  constructor(
    private readonly items: IndexedDbItems,
    namespace: string,
    private readonly limitMs: number,
    private readonly scheduler: SchedulerLike,
    private readonly form: LedgerForm = AS_IT_IS,
    private readonly words: EndWords = NO_END_WORDS,
  ) {
    this.key = `record:${namespace}`;
    this.endedPrefix = `ended:${namespace}/`;
  }

  read(): Observable<LedgerReading> {
    return this.limited(this.readWhenever());
  }

  /** As `read`, for as long as the database takes. */
  readWhenever(): Observable<LedgerReading> {
    return storageCall(() => this.items.readWith(this.key, this.endedKeyOf)).pipe(
      map(({ value, beside }) => this.withoutEnded(this.readingOf(value), beside)),
    );
  }

  /** One atomic read-modify-write. `step` is pure and runs inside the transaction. */
  change<S extends LedgerStep<unknown>>(step: (reading: LedgerReading) => S): Observable<S> {
    return this.write((value, beside) => step(this.withoutEnded(this.readingOf(value), beside)));
  }

  /** Leaves word in the task of the call that sessions have ended; whoever reads the record from now on heeds it. */
  noteEnd(sids: readonly string[]): Observable<unknown> {
    return defer(() => {
      const keys = sids.map((sid) => this.endedPrefix + sid);
      for (const key of keys) this.words.leave(key);
      return forkJoin(keys.map((key) => this.limited(storageCall(() => this.items.put(key, true)))));
    });
  }

  /**
   * The end of whichever of these the record shows, whether or not word of it was left, which is not needed any more then.
   * Gives what was there.
   */
  end(sids: readonly string[], reason?: LedgerEndReason): Observable<SessionLedger | null> {
    return this.write((value) => endStep(this.readingOf(value), sids, reason)).pipe(
      switchMap(({ result }) => forkJoin(sids.map((sid) => this.forgetEnd(sid))).pipe(map(() => result))),
    );
  }

  private readingOf(value: unknown): LedgerReading {
    return this.form.unseal(readLedger(value));
  }

  private forgetEnd(sid: string): Observable<unknown> {
    return defer(() => {
      this.words.forget(this.endedPrefix + sid);
      return this.limited(
        storageCall(() =>
          this.items.change(this.endedPrefix + sid, () => ({ type: 'delete', result: null })),
        ),
      );
    }).pipe(catchError(() => of(null)));
  }

  /** A session that has ended, as word was left, counts as one although its record could not be changed in time. */
  private withoutEnded(reading: LedgerReading, word: unknown): LedgerReading {
    if (reading.type !== 'ledger' || reading.ledger.sid === null) return reading;
    const isOver = word === true || this.words.isLeft(this.endedPrefix + reading.ledger.sid);
    return isOver
      ? { type: 'ledger', ledger: tombstoneOf(reading.ledger), unfinished: reading.ledger }
      : reading;
  }

  private readonly endedKeyOf = (value: unknown): string | null => {
    const reading = readLedger(value);
    return reading.type === 'ledger' && reading.ledger.sid !== null
      ? this.endedPrefix + reading.ledger.sid
      : null;
  };

  private write<S extends LedgerStep<unknown>>(step: (value: unknown, beside: unknown) => S): Observable<S> {
    return this.limited(
      storageCall(() =>
        this.items.change(
          this.key,
          (value, beside) => {
            const taken = step(value, beside);
            return taken.next === null
              ? { type: 'keep', result: taken }
              : { type: 'put', value: this.form.seal(taken.next), result: taken };
          },
          this.endedKeyOf,
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
