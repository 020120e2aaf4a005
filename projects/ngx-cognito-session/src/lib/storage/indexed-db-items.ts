/** What an atomic change makes of an item. */
export type ItemChange<T> =
  | { readonly type: 'keep'; readonly result: T }
  | { readonly type: 'put'; readonly value: unknown; readonly result: T }
  | { readonly type: 'delete'; readonly result: T };

export interface ItemsTogether {
  readonly value: unknown;
  readonly beside: unknown;
}

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

  /** `onLost`: the connection was taken away; deleting the database does that. */
  constructor(
    private readonly name: string,
    private readonly onLost: () => void = () => undefined,
  ) {}

  read(key: string): Promise<unknown> {
    return this.readWith(key, () => null).then(({ value }) => value);
  }

  /** An item and the one beside it that it names, as they are at one moment. */
  readWith(key: string, besideOf: (value: unknown) => string | null): Promise<ItemsTogether> {
    return this.withReopen((database) =>
      inTransaction<ItemsTogether>(database, 'readonly', (store, done) => {
        getWith(store, key, besideOf, done);
      }),
    );
  }

  /**
   * Written without reading first. All of it is handed over in the task of the call if the database is open: a page that
   * is left in the same task does not take it along.
   */
  async put(key: string, value: unknown): Promise<void> {
    await this.withReopen((database) =>
      inTransaction<null>(database, 'readwrite', (store, done) => {
        store.put(value, key);
        store.transaction.commit();
        done(null);
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
   * and pure, and must not call anybody else's code. If it throws, nothing is written. It is given the item beside, too.
   */
  change<T>(
    key: string,
    change: (current: unknown, beside: unknown) => ItemChange<T>,
    besideOf: (value: unknown) => string | null = () => null,
  ): Promise<T> {
    return this.withReopen((database) =>
      inTransaction<T>(database, 'readwrite', (store, done, fail) => {
        getWith(store, key, besideOf, ({ value, beside }) => {
          try {
            const changed = change(value, beside);
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
      this.onLost();
    });
    return this.connection;
  }
}

function getWith(
  store: IDBObjectStore,
  key: string,
  besideOf: (value: unknown) => string | null,
  use: (items: ItemsTogether) => void,
): void {
  const request: IDBRequest<unknown> = store.get(key);
  request.onsuccess = () => {
    const value = request.result;
    const besideKey = besideOf(value);
    if (besideKey === null) {
      use({ value, beside: undefined });
      return;
    }
    const besideRequest: IDBRequest<unknown> = store.get(besideKey);
    besideRequest.onsuccess = () => {
      use({ value, beside: besideRequest.result });
    };
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
