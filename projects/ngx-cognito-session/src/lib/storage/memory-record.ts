import { defer, of, type Observable } from 'rxjs';
import { stored, type RecordStep, type Step } from '../core/record-step';
import type { RecordReading } from '../core/session-record';
import type { RecordStore } from './record-store';

/** The record in the memory of this page. */
export class MemoryRecord implements RecordStore {
  #record: RecordReading = 'none';

  read(): Observable<RecordReading> {
    return defer(() => of(this.#record));
  }

  update<T>(step: RecordStep<T>): Observable<Step<T>> {
    return defer(() => {
      const taken = step(this.#record);
      this.#record = taken.next ?? this.#record;
      return of(stored(taken));
    });
  }
}
