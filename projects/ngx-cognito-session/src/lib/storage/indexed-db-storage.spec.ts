import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { IndexedDbStorage } from './indexed-db-storage';

let undo: (() => void) | null = null;

/** The next transactions fail as on a connection that the browser has lost; gives back how many did. */
function loseConnection(times: number): () => number {
  const transaction = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction')?.value as (
    ...args: unknown[]
  ) => IDBTransaction;
  let failed = 0;
  undo = replaceProperty(IDBDatabase.prototype, 'transaction', {
    value(this: IDBDatabase, ...args: unknown[]) {
      if (failed === times) return transaction.apply(this, args);
      failed++;
      throw new DOMException('Connection to Indexed Database server lost.', 'InvalidStateError');
    },
  });
  return () => failed;
}

describe('IndexedDbStorage', () => {
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
  });

  afterEach(() => {
    undo?.();
    undo = null;
  });

  it('opens the database again, once, when the connection was lost', async () => {
    const storage = new IndexedDbStorage();
    await storage.setItem('key', 'value');
    const failed = loseConnection(1);

    expect(await storage.getItem('key')).toBe('value');
    expect(failed()).toBe(1);
  });

  it('fails when it is lost again, and works the next time', async () => {
    const storage = new IndexedDbStorage();
    await storage.setItem('key', 'value');
    const failed = loseConnection(2);

    await expect(storage.setItem('key', 'other')).rejects.toMatchObject({
      message: 'The database is not available.',
      cause: { name: 'InvalidStateError' },
    });
    expect(failed()).toBe(2);
    expect(await storage.getItem('key')).toBe('value');
  });

  it('reads null where other code has put a value that is not a text', async () => {
    const storage = new IndexedDbStorage({ name: 'mine' });
    await storage.setItem('key', 'value');
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('mine');
      opening.onsuccess = () => resolve(opening.result);
    });
    database.transaction('items', 'readwrite').objectStore('items').put({ not: 'a text' }, 'item:key');

    expect(await storage.getItem('key')).toBeNull();
    database.close();
  });
});
