import { catchError, defer, type Observable } from 'rxjs';
import type { RecordStep, Step } from '../core/record-step';
import type { RecordReading } from '../core/session-record';
import type { RecordStore } from './record-store';
import { KeyNotShared } from './shared-key';

/** The record that tabs share. Once it turns out that they cannot, a record of this page alone, for as long as it lives. */
export class SharedOrOwnRecord implements RecordStore {
  #isAlone = false;

  constructor(
    private readonly shared: RecordStore,
    private readonly own: RecordStore,
    private readonly onAlone: () => void,
  ) {}

  read(): Observable<RecordReading> {
    return this.#use((store) => store.read());
  }

  update<T>(step: RecordStep<T>): Observable<Step<T>> {
    return this.#use((store) => store.update(step));
  }

  #use<T>(work: (store: RecordStore) => Observable<T>): Observable<T> {
    return defer(() =>
      this.#isAlone
        ? work(this.own)
        : work(this.shared).pipe(
            catchError((error: unknown) => {
              if (!(error instanceof KeyNotShared)) throw error;
              if (!this.#isAlone) this.onAlone();
              this.#isAlone = true;
              return work(this.own);
            }),
          ),
    );
  }
}
