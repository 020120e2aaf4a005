import type { Observable } from 'rxjs';
import type { RecordStep, Step } from '../core/record-step';
import type { RecordReading } from '../core/session-record';

/** Where the record is stored. Both verbs are cold and emit one value. They error with whatever the storage throws. */
export interface RecordStore {
  read(): Observable<RecordReading>;
  /** One atomic read-modify-write. Calls `onStored` of the step and emits once it is on disk. */
  update<T>(step: RecordStep<T>): Observable<Step<T>>;
}
