import { defer, map, of, switchMap, type Observable } from 'rxjs';
import type { RecordStep, Step } from '../core/record-step';
import type { RecordReading } from '../core/session-record';
import type { RecordCopy } from './record-copy';
import type { RecordStore } from './record-store';

/** The copy in the place of the record, for a page without its database. What it writes is marked as ahead of the record. */
export class CopyRecord implements RecordStore {
  constructor(private readonly copy: RecordCopy) {}

  read(): Observable<RecordReading> {
    return this.copy.read();
  }

  update<T>(step: RecordStep<T>): Observable<Step<T>> {
    return defer(() =>
      this.copy.read().pipe(
        switchMap((reading) => {
          const taken = step(reading);
          return taken.next === null ? of(taken) : this.copy.write(taken.next, true).pipe(map(() => taken));
        }),
      ),
    );
  }
}
