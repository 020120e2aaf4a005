import { concatMap, defer, finalize, map, of, ReplaySubject, switchMap, type Observable } from 'rxjs';
import { stored, type RecordStep, type Step } from '../core/record-step';
import { parseRecord, type RecordReading, type SessionRecord } from '../core/session-record';
import { InTurn } from '../platform/in-turn';
import type { RecordStore } from './record-store';
import type { StorageAdapter } from './storage-adapter';
import { storageCall } from './storage-call';

/** Runs one step at a time among all tabs. Emits when it is this tab's turn; `release` ends the turn. */
export type TakeTurn = () => Observable<{ readonly release: () => void }>;

/** After that long between read and write another tab may have had its turn. */
const LONGEST_STEP_MS = 1000;
const MOST_RESTARTS = 2;

/** The record as one item of a storage adapter: one key, one document. Synchronous with a synchronous adapter. */
export class AdapterRecord implements RecordStore {
  #last: Observable<void> = of(undefined);
  /** A write goes on when its caller has left. It must not land after a later step. */
  readonly #writes = new InTurn();

  constructor(
    private readonly adapter: StorageAdapter,
    private readonly key: string,
    private readonly takeTurn: TakeTurn,
    private readonly monotonicMs: () => number,
    /** Whether other pages must see that a session has ended. Otherwise nothing remains of it. */
    private readonly keepsTombstones: boolean,
  ) {}

  /** After the steps that this page has begun. */
  read(): Observable<RecordReading> {
    return defer(() =>
      this.#last.pipe(
        concatMap(() => this.#written()),
        concatMap(() => this.#look()),
      ),
    );
  }

  update<T>(step: RecordStep<T>): Observable<Step<T>> {
    return defer(() => {
      const before = this.#last;
      const done = new ReplaySubject<void>(1);
      this.#last = done;
      return before.pipe(
        concatMap(() => this.#written()),
        concatMap(() => this.takeTurn()),
        switchMap(({ release }) =>
          this.#takeStep(step).pipe(finalize(() => this.#written().subscribe(release))),
        ),
        // Also if the caller has left: the next step follows those before this one.
        finalize(() => before.subscribe(done)),
      );
    });
  }

  #takeStep<T>(step: RecordStep<T>, restarts = 0): Observable<Step<T>> {
    const startedAt = this.monotonicMs();
    return this.#look().pipe(
      switchMap((reading) => {
        if (this.monotonicMs() - startedAt > LONGEST_STEP_MS && restarts < MOST_RESTARTS)
          return this.#takeStep(step, restarts + 1);
        const taken = step(reading);
        return this.#writes.run(() => this.#write(taken.next).pipe(map(() => stored(taken))));
      }),
    );
  }

  #look(): Observable<RecordReading> {
    return storageCall(() => this.adapter.getItem(this.key)).pipe(map(parseRecord));
  }

  #write(record: SessionRecord | null): Observable<void> {
    return record === null
      ? of(undefined)
      : storageCall(() =>
          record.sid === null && !this.keepsTombstones
            ? this.adapter.removeItem(this.key)
            : this.adapter.setItem(this.key, JSON.stringify(record)),
        );
  }

  /** One value, once no write is under way. */
  #written(): Observable<void> {
    return this.#writes.run(() => of(undefined));
  }
}
