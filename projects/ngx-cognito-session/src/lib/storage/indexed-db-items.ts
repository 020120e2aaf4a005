/** What an atomic change makes of an item. */
export type ItemChange<T> =
  | { readonly type: 'keep'; readonly result: T }
  | { readonly type: 'put'; readonly value: unknown; readonly result: T }
  | { readonly type: 'delete'; readonly result: T };

/** Version 1 for ever: raising it would lock out the older bundle that still runs in another tab. */
const VERSION = 1;
const STORE = 'items';

/**
 * Items of one IndexedDB database, each operation a transaction of its own. Nothing is opened before the first one. A
 * connection that was lost is opened again, once per operation. No limits: a database that does not answer is the
 * caller's to give up on.
 *
 * @see https://w3c.github.io/IndexedDB/
 */
export class IndexedDbItems {
  private connection: Promise<IDBDatabase> | null = null;

  constructor(private readonly name: string) {}

  read(key: string): Promise<unknown> {
    return this.readTogether([key]).then(([value]) => value);
  }

  /** Several items as they are at one moment. */
  readTogether(keys: readonly string[]): Promise<readonly unknown[]> {
    return this.withReopen((database) =>
      inTransaction<readonly unknown[]>(database, 'readonly', (store, done) => {
        getAll(store, keys, done);
      }),
    );
  }

  /**
   * Written without reading first. All of it is handed over in the task of the call if the database is open: a page that
   * is left in the same task does not take it along.
   */
  put(key: string, value: unknown): Promise<void> {
    return this.withReopen((database) =>
      inTransaction<void>(database, 'readwrite', (store, done) => {
        store.put(value, key);
        store.transaction.commit();
        done();
      }),
    );
  }

  keys(): Promise<readonly string[]> {
    return this.withReopen((database) =>
      inTransaction<readonly string[]>(database, 'readonly', (store, done) => {
        const request = store.getAllKeys();
        request.onsuccess = () => {
          done(request.result.filter((key) => typeof key === 'string'));
        };
      }),
    );
  }

  /**
   * Atomic read-modify-write; resolves once it is on disk. `change` runs inside the transaction: it must be synchronous
   * and pure, and must not call anybody else's code. If it throws, nothing is written. It is given the items `beside`,
   * too.
   */
  change<T>(
    key: string,
    change: (current: unknown, ...beside: readonly unknown[]) => ItemChange<T>,
    beside: readonly string[] = [],
  ): Promise<T> {
    return this.withReopen((database) =>
      inTransaction<T>(database, 'readwrite', (store, done, fail) => {
        getAll(store, [key, ...beside], ([current, ...others]) => {
          try {
            const changed = change(current, ...others);
            if (changed.type === 'put') store.put(changed.value, key);
            if (changed.type === 'delete') store.delete(key);
            done(changed.result);
          } catch (error) {
            fail(error);
          }
        });
      }),
    );
  }

  /** Gives up on a connection that does not answer: the next operation opens another one. */
  forget(): void {
    this.connection = null;
  }

  private async withReopen<T>(use: (database: IDBDatabase) => Promise<T>): Promise<T> {
    const { connection } = this;
    try {
      return await use(await this.open());
    } catch (error) {
      // Safari loses connections to its storage process; a failed or closed one must not be kept.
      if (this.connection === connection || connection === null) this.connection = null;
      if (connection === null || !isConnectionLost(error)) throw error;
      return use(await this.open());
    }
  }

  private open(): Promise<IDBDatabase> {
    this.connection ??= openDatabase(this.name, () => {
      this.connection = null;
    });
    return this.connection;
  }
}

/** Requests of a transaction are answered in order: the last answer completes the list. */
function getAll(
  store: IDBObjectStore,
  keys: readonly string[],
  use: (values: readonly unknown[]) => void,
): void {
  const requests = keys.map((key): IDBRequest<unknown> => store.get(key));
  const last = requests.at(-1);
  if (last === undefined) use([]);
  else
    last.onsuccess = () => {
      use(requests.map(({ result }) => result));
    };
}

function openDatabase(name: string, onClosed: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE);
    };
    request.onerror = () => {
      reject(failure(request.error));
    };
    request.onsuccess = () => {
      const database = request.result;
      // Somebody deletes the database: whoever keeps it open would block that.
      database.onversionchange = () => {
        database.close();
        onClosed();
      };
      database.onclose = onClosed;
      resolve(database);
    };
  });
}

function inTransaction<T>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore, done: (result: T) => void, fail: (error: unknown) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    // Relaxed durability may lose the last commit with the power: the next start would send a spent refresh token.
    const transaction = database.transaction(STORE, mode, { durability: 'strict' });
    let outcome: { readonly result: T } | null = null;
    transaction.oncomplete = () => {
      if (outcome === null) reject(failure(null));
      else resolve(outcome.result);
    };
    transaction.onabort = () => {
      reject(failure(transaction.error));
    };
    work(
      transaction.objectStore(STORE),
      (result) => {
        outcome = { result };
      },
      // Thrown out of the handler it would reach the page's error handler instead of the caller.
      (error) => {
        transaction.abort();
        reject(error instanceof Error ? error : failure(null));
      },
    );
  });
}

function isConnectionLost(error: unknown): boolean {
  return (
    error instanceof DOMException && ['InvalidStateError', 'UnknownError', 'AbortError'].includes(error.name)
  );
}

function failure(error: DOMException | null): Error {
  return error ?? new Error('The database gave no answer.');
}
