import { defer, map, of, type Observable } from 'rxjs';
import { stored, type RecordStep, type Step } from '../core/record-step';
import {
  copyOf,
  liveRecord,
  parseCopy,
  type RecordReading,
  type StoredSession,
} from '../core/session-record';
import type { RecordStore } from './record-store';

/** A storage that answers in the task of the call, as `localStorage` and the cookies of a page do. */
export interface SynchronousStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * The copy of the record in the storage that the app chose. It gives the first state, serves servers through cookies, and
 * takes the place of the record in a page that has lost its database.
 */
export class RecordCopy implements RecordStore {
  constructor(
    private readonly adapter: SynchronousStorage,
    private readonly key: string,
    /** Whether it may hold the refresh token. Cookies travel with every request, so by default they do not. */
    private readonly isWhole: boolean,
    /** Whether it can begin a session, or stand in for the database. A copy in `localStorage` can, cookies cannot. */
    readonly canBegin: boolean,
  ) {}

  /** Cold; one value. */
  read(): Observable<RecordReading> {
    return defer(() => of(parseCopy(this.adapter.getItem(this.key))));
  }

  /** A step of a page without its database. What it writes is marked as ahead of the record. */
  update<T>(step: RecordStep<T>): Observable<Step<T>> {
    return this.read().pipe(
      map((reading) => {
        const taken = step(reading);
        if (taken.next !== null) this.write(taken.next, true);
        return stored(taken);
      }),
    );
  }

  /** A storage that cannot be read holds no copy. */
  peek(): RecordReading {
    return parseCopy(this.#text ?? null);
  }

  /** Makes the copy say what the record says. Returns whether anything was written. Throws what the storage throws. */
  write(reading: RecordReading, ahead = false): boolean {
    const session = liveRecord(reading);
    const text = session === null ? null : JSON.stringify(this.#contentOf(session, ahead));
    if (this.#text === text) return false;
    if (text === null) this.adapter.removeItem(this.key);
    else this.adapter.setItem(this.key, text);
    return true;
  }

  /** `undefined`: the storage cannot be read. */
  get #text(): string | null | undefined {
    try {
      return this.adapter.getItem(this.key);
    } catch {
      return undefined;
    }
  }

  #contentOf(session: StoredSession, ahead: boolean): object {
    const { refreshToken: _refreshToken, ...tokens } = session.tokens;
    return {
      ...copyOf(this.isWhole ? session : { ...session, tokens }),
      ...(ahead && { ahead }),
    };
  }
}
