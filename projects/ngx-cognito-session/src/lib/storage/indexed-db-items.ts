import { Subject } from 'rxjs';

const STORE = 'items';

/** The database cannot be opened, or its connection was lost and cannot be opened again. */
export class DatabaseUnavailable extends Error {
  constructor(override readonly cause: unknown) {
    super('The database is not available.');
  }
}

/** What a change makes of an item: a value to store, or one of these. */
export const KEEP = Symbol('keep');
export const DELETE = Symbol('delete');

/**
 * Items of one IndexedDB database, each operation a transaction of its own. The database is opened by the first one. A
 * connection that was lost is opened again, once per operation. An object store that is missing is created; the database
 * is never deleted. There are no time limits here.
 *
 * @see https://w3c.github.io/IndexedDB/
 */
export class IndexedDbItems {
  #connection: Promise<IDBDatabase> | null = null;

  /** Hot: the connection was closed by the browser, or by another page that deletes the database. */
  readonly lost$ = new Subject<void>();

  constructor(private readonly name: string) {}

  read(key: string): Promise<unknown> {
    return this.run<unknown>('readonly', (store, done) => {
      const request: IDBRequest<unknown> = store.get(key);
      request.onsuccess = () => done(request.result);
    });
  }

  /**
   * Atomic read-modify-write; resolves once it is on disk. `change` runs inside the transaction, so it must be synchronous
   * and must not call code of the app. If it throws, nothing is written.
   */
  change<T>(key: string, change: (current: unknown) => readonly [value: unknown, result: T]): Promise<T> {
    return this.run<T>('readwrite', (store, done, fail) => {
      const request: IDBRequest<unknown> = store.get(key);
      request.onsuccess = () => {
        try {
          const [value, result] = change(request.result);
          if (value === DELETE) store.delete(key);
          else if (value !== KEEP) store.put(value, key);
          done(result);
        } catch (error) {
          fail(error);
        }
      };
    });
  }

  /** Gives up a connection that does not answer. The next operation opens another one. */
  forget(): void {
    this.#connection = null;
  }

  /** Runs one transaction; resolves once it is complete. */
  async run<T>(mode: IDBTransactionMode, work: Work<T>, isRetry = false): Promise<T> {
    try {
      return await inTransaction(await this.#open(), mode, work);
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      // Safari loses connections to its storage process.
      this.#connection = null;
      if (isRetry) throw new DatabaseUnavailable(error);
      return this.run(mode, work, true);
    }
  }

  async #open(): Promise<IDBDatabase> {
    this.#connection ??= openDatabase(this.name, () => {
      this.#connection = null;
      this.lost$.next();
    });
    try {
      return await this.#connection;
    } catch (error) {
      this.#connection = null;
      throw new DatabaseUnavailable(error);
    }
  }
}

/** Makes the requests of a transaction. Calls `done` with the result, or `fail`. */
type Work<T> = (store: IDBObjectStore, done: (result: T) => void, fail: (error: unknown) => void) => void;

/** Opens the newest version. Another tool, or a first start that was cut off, may have left it without the store. */
function openDatabase(name: string, onClosed: () => void, version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      if (!request.result.objectStoreNames.contains(STORE)) request.result.createObjectStore(STORE);
    };
    request.onerror = () => reject(request.error ?? noAnswer());
    request.onsuccess = () => {
      const database = request.result;
      if (!database.objectStoreNames.contains(STORE)) {
        database.close();
        resolve(openDatabase(name, onClosed, database.version + 1));
        return;
      }
      // Another page deletes or upgrades the database. An open connection would block it.
      database.onversionchange = () => {
        database.close();
        onClosed();
      };
      database.onclose = onClosed;
      resolve(database);
    };
  });
}

function inTransaction<T>(database: IDBDatabase, mode: IDBTransactionMode, work: Work<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    // Relaxed durability may lose the last commit in a power failure. The next start would send a spent refresh token.
    const transaction = database.transaction(STORE, mode, { durability: 'strict' });
    let outcome: { readonly result: T } | null = null;
    transaction.oncomplete = () => {
      if (outcome === null) reject(noAnswer());
      else resolve(outcome.result);
    };
    transaction.onabort = () => reject(transaction.error ?? noAnswer());
    work(
      transaction.objectStore(STORE),
      (result) => (outcome = { result }),
      // Thrown out of the handler it would reach the page's error handler instead of the caller.
      (error) => {
        transaction.abort();
        reject(error instanceof Error ? error : noAnswer());
      },
    );
  });
}

function isConnectionLost(error: unknown): boolean {
  return error instanceof DOMException && /^(InvalidState|Unknown|Abort)Error$/.test(error.name);
}

function noAnswer(): Error {
  return new Error('The database gave no answer.');
}
