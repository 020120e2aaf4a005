import { catchError, defer, map, of, switchMap, type Observable } from 'rxjs';
import { stored, type RecordStep, type Step } from '../core/record-step';
import {
  copyOf,
  liveRecord,
  parseCopy,
  type RecordReading,
  type StoredSession,
} from '../core/session-record';
import type { RecordStore } from './record-store';
import type { StorageAdapter } from './storage-adapter';
import { storageCall } from './storage-call';

/**
 * The copy of the record in the storage that the app chose. It gives the first state, serves servers through cookies, and
 * takes the place of the record in a page that has lost its database.
 */
export class RecordCopy implements RecordStore {
  constructor(
    private readonly adapter: StorageAdapter,
    private readonly key: string,
    /** Whether it may hold the refresh token. Cookies travel with every request, so by default they do not. */
    private readonly isWhole: boolean,
  ) {}

  /** Cold; one value. */
  read(): Observable<RecordReading> {
    return storageCall(() => this.adapter.getItem(this.key)).pipe(map(parseCopy));
  }

  /** A step of a page without its database. What it writes is marked as ahead of the record. */
  update<T>(step: RecordStep<T>): Observable<Step<T>> {
    return defer(() => this.read()).pipe(
      map(step),
      switchMap((taken) =>
        (taken.next === null ? of(false) : this.write(taken.next, true)).pipe(map(() => stored(taken))),
      ),
    );
  }

  /** The copy in the task of the call. A storage that fails, or answers later, holds none. */
  peek(): RecordReading {
    try {
      const text = this.adapter.getItem(this.key);
      return typeof text === 'string' ? parseCopy(text) : 'none';
    } catch {
      return 'none';
    }
  }

  /** Cold; makes the copy say what the record says. Emits whether anything was written. Errors as the storage does. */
  write(reading: RecordReading, ahead = false): Observable<boolean> {
    const session = liveRecord(reading);
    const text = session === null ? null : JSON.stringify(this.#textOf(session, ahead));
    return storageCall(() => this.adapter.getItem(this.key)).pipe(
      catchError(() => of(undefined)),
      switchMap((current) =>
        current === text ? of(false) : storageCall(() => this.#store(text)).pipe(map(() => true)),
      ),
    );
  }

  #store(text: string | null): void | Promise<void> {
    return text === null ? this.adapter.removeItem(this.key) : this.adapter.setItem(this.key, text);
  }

  #textOf(session: StoredSession, ahead: boolean): object {
    const { refreshToken, ...tokens } = session.tokens;
    const isKept = this.isWhole && refreshToken !== undefined;
    return {
      ...copyOf({ ...session, tokens: isKept ? { ...tokens, refreshToken } : tokens }),
      ...(ahead && { ahead }),
    };
  }
}
