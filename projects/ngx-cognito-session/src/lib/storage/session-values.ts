import { concatMap, forkJoin, from, map, of, reduce, switchMap, type Observable } from 'rxjs';
import { isTime } from '../core/claims';
import { readJwt } from '../core/jwt-parts';
import { keyIndex, type KeyIndex } from './key-index';
import type { RecordReading } from './session-record';
import type { StorageAdapter } from './storage-adapter';
import { storageCall } from './storage-call';
import { parseSession, serializeSession, type StoredSession } from './stored-session';

export interface StoredValue {
  readonly key: string;
  readonly reading: RecordReading;
}

/**
 * The values of one namespace in any storage adapter: one per session, under a key that contains its `sid`. Everything
 * is cold, synchronous with a synchronous adapter, and errors with `storageError`; no limits.
 */
export class SessionValues {
  private readonly prefix: string;
  private readonly index: KeyIndex;

  constructor(
    private readonly adapter: StorageAdapter,
    namespace: string,
  ) {
    this.prefix = `${namespace}/`;
    this.index = keyIndex(adapter, this.prefix, namespace);
  }

  readAll(): Observable<readonly StoredValue[]> {
    return this.index
      .list()
      .pipe(
        switchMap((keys) =>
          keys.length === 0
            ? of([])
            : forkJoin(keys.map((key) => this.readKey(key).pipe(map((reading) => ({ key, reading }))))),
        ),
      );
  }

  /** The one session that a synchronous storage holds, at once. */
  peek(): StoredSession | null {
    let found: StoredSession | null = null;
    this.readAll()
      .subscribe({
        next: (values) => {
          const reading = values.length === 1 ? pickSession(values) : null;
          if (reading?.type === 'session') found = reading.session;
        },
        // A storage that cannot be read tells so when it is restored from.
        error: () => undefined,
      })
      .unsubscribe();
    return found;
  }

  read(sid: string): Observable<RecordReading> {
    return this.readKey(this.prefix + sid);
  }

  write(session: StoredSession): Observable<void> {
    const key = this.prefix + session.sid;
    return this.index
      .add(key)
      .pipe(switchMap(() => storageCall(() => this.adapter.setItem(key, serializeSession(session)))));
  }

  remove(sid: string): Observable<void> {
    return this.removeKey(this.prefix + sid);
  }

  /** Removes every value this version can read, and corrupt ones, but those of `sids`; gives back what it removed. */
  keepOnly(...sids: readonly (string | null)[]): Observable<readonly StoredSession[]> {
    return this.readAll().pipe(
      switchMap((values) => from(values.filter(({ reading }) => isRemovable(reading, sids)))),
      concatMap(({ key, reading }) => this.removeKey(key).pipe(map(() => reading))),
      reduce<RecordReading, StoredSession[]>(
        (removed, reading) => (reading.type === 'session' ? [...removed, reading.session] : removed),
        [],
      ),
    );
  }

  private readKey(key: string): Observable<RecordReading> {
    return storageCall(() => this.adapter.getItem(key)).pipe(
      map((text) => {
        if (text === null) return { type: 'none' };
        const reading = parseSession(text);
        const isElsewhere = reading.type === 'session' && this.prefix + reading.session.sid !== key;
        return isElsewhere ? { type: 'corrupt' } : reading;
      }),
    );
  }

  private removeKey(key: string): Observable<void> {
    return storageCall(() => this.adapter.removeItem(key)).pipe(switchMap(() => this.index.remove(key)));
  }
}

/** The one session present. Two are left by a sign-in that was cut off: the later one counts. Pure. */
export function pickSession(values: readonly StoredValue[]): RecordReading {
  const readings = values.map(({ reading }) => reading);
  const [first, ...rest] = readings.filter((reading) => reading.type === 'session');
  if (first !== undefined)
    return rest.reduce(
      (best, next) => (issuedAt(next.session) > issuedAt(best.session) ? next : best),
      first,
    );
  return readings.find(({ type }) => type !== 'none') ?? { type: 'none' };
}

function issuedAt(session: StoredSession): number {
  try {
    const { iat } = readJwt(session.tokens.accessToken).payload;
    return isTime(iat) ? iat * 1000 : 0;
  } catch {
    return 0;
  }
}

function isRemovable(reading: RecordReading, sids: readonly (string | null)[]): boolean {
  return reading.type === 'corrupt' || (reading.type === 'session' && !sids.includes(reading.session.sid));
}
