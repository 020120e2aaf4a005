import { defer, from, map, type Observable } from 'rxjs';
import { stored, type RecordStep, type Step } from '../core/record-step';
import { readRecord, type RecordReading } from '../core/session-record';
import { KEEP, type IndexedDbItems } from './indexed-db-items';
import type { DatabaseStore } from './database-record';

/** The record as one item of an IndexedDB database. */
export class IndexedDbRecord implements DatabaseStore {
  constructor(
    readonly items: IndexedDbItems,
    private readonly key: string,
  ) {}

  read(): Observable<RecordReading> {
    return defer(() => from(this.items.read(this.key))).pipe(map(readRecord));
  }

  update<T>(step: RecordStep<T>): Observable<Step<T>> {
    return defer(() => from(this.#change(step)));
  }

  async #change<T>(step: RecordStep<T>): Promise<Step<T>> {
    return stored(
      await this.items.change(this.key, (value): readonly [unknown, Step<T>] => {
        const taken = step(readRecord(value));
        return [taken.next ?? KEEP, taken];
      }),
    );
  }
}
