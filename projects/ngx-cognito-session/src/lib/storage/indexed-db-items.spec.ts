import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { readDatabase, writeDatabase } from '../../../testing-support/raw-database';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { turns } from '../../../testing-support/turns';
import { DatabaseUnavailable, DELETE, IndexedDbItems, KEEP } from './indexed-db-items';
import { itemsWithPrefix } from './items-with-prefix';

const NAME = 'cognito-session';

describe('items of a database', () => {
  const undo: (() => void)[] = [];

  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
  });

  afterEach(() => {
    for (const restore of undo.splice(0)) restore();
  });

  /** Stores a value, whatever was there. */
  function put(items: IndexedDbItems, key: string, value: unknown): Promise<void> {
    return items.change(key, () => [value, undefined]);
  }

  /** Opens a database as another tool does, and closes it again. */
  function openRaw(name: string, version: number | undefined, store: string | null): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(name, version);
      request.onupgradeneeded = () => {
        if (store !== null) request.result.createObjectStore(store);
      };
      request.onsuccess = () => {
        request.result.close();
        resolve(request.result.version);
      };
      request.onerror = () => reject(request.error ?? new Error('No answer.'));
    });
  }

  function deleteRaw(name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = () => resolve();
      request.onerror = () => reject(request.error ?? new Error('No answer.'));
      request.onblocked = () => reject(new Error('It is blocked.'));
    });
  }

  /** How often the library opens a database, and that it never deletes one. */
  function watchFactory(): { readonly opened: () => number; readonly deleted: () => number } {
    const open = jest.spyOn(indexedDB, 'open');
    const remove = jest.spyOn(indexedDB, 'deleteDatabase');
    return { opened: () => open.mock.calls.length, deleted: () => remove.mock.calls.length };
  }

  /** The next transactions fail with an error of this name. Returns how many did. */
  function failTransactions(times: number, errorName: string): () => number {
    const own = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction')?.value as (
      ...args: unknown[]
    ) => IDBTransaction;
    let failed = 0;
    undo.push(
      replaceProperty(IDBDatabase.prototype, 'transaction', {
        value(this: IDBDatabase, ...args: unknown[]) {
          if (failed === times) return own.apply(this, args);
          failed++;
          throw new DOMException('Connection to Indexed Database server lost.', errorName);
        },
      }),
    );
    return () => failed;
  }

  /** The next calls of `indexedDB.open` fail. */
  function failOpening(times: number): () => number {
    const own = indexedDB.open.bind(indexedDB);
    let failed = 0;
    undo.push(
      replaceProperty(indexedDB, 'open', {
        value: (...args: [string, number?]) => {
          if (failed === times) return own(...args);
          failed++;
          throw new DOMException('The profile is damaged.', 'UnknownError');
        },
      }),
    );
    return () => failed;
  }

  it('are stored, read, kept and deleted', async () => {
    const items = new IndexedDbItems(NAME);
    expect(await items.read('a')).toBeUndefined();

    expect(await items.change('a', (current) => [{ n: 1 }, current])).toBeUndefined();
    expect(await items.change('a', (current) => [KEEP, current])).toEqual({ n: 1 });
    expect(await items.read('a')).toEqual({ n: 1 });
    expect(await items.change('a', (current) => [DELETE, current])).toEqual({ n: 1 });

    expect(await items.read('a')).toBeUndefined();
    expect(await readDatabase(NAME)).toEqual([]);
  });

  it('are read by the beginning of their key', async () => {
    const items = new IndexedDbItems(NAME);
    for (const key of ['record:a', 'record:b', 'recorc', 'recore', 'other']) await put(items, key, key);

    expect(await itemsWithPrefix(items, 'record:')).toEqual([
      ['record:a', 'record:a'],
      ['record:b', 'record:b'],
    ]);
    expect(await itemsWithPrefix(items, 'none')).toEqual([]);
  });

  it('are changed one after the other, also over several connections', async () => {
    const [one, other] = [new IndexedDbItems(NAME), new IndexedDbItems(NAME)];
    const add = (current: unknown) => [Number(current ?? 0) + 1, undefined] as const;

    const changes = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? one : other).change('count', add));
    await Promise.all(changes);

    expect(await one.read('count')).toBe(20);
  });

  it('stay as they are if a change throws, and the caller receives its error', async () => {
    const items = new IndexedDbItems(NAME);
    await put(items, 'a', 1);
    const error = new TypeError('Of the step.');

    await expect(
      items.change('a', () => {
        throw error;
      }),
    ).rejects.toBe(error);

    expect(await items.read('a')).toBe(1);
  });

  it('open nothing before the first operation, and one connection for all', async () => {
    const { opened } = watchFactory();
    const items = new IndexedDbItems(NAME);
    expect(opened()).toBe(0);

    await Promise.all([items.read('a'), items.read('b'), put(items, 'a', 1)]);

    expect(opened()).toBe(1);
  });

  describe('without their object store', () => {
    it.each([1, 7])(
      'get one by a higher version than %i, and the database is not deleted',
      async (version) => {
        await openRaw(NAME, version, 'of-another-tool');
        const { deleted } = watchFactory();

        const items = new IndexedDbItems(NAME);
        await put(items, 'a', 1);

        expect(await new IndexedDbItems(NAME).read('a')).toBe(1);
        expect(deleted()).toBe(0);
        expect(await openRaw(NAME, undefined, null)).toBe(version + 1);
      },
    );

    it('get one although two pages try it at the same time', async () => {
      await openRaw(NAME, 1, null);
      const pages = [new IndexedDbItems(NAME), new IndexedDbItems(NAME)];

      await Promise.all(pages.map((items, at) => put(items, String(at), at)));

      expect(await itemsWithPrefix(new IndexedDbItems(NAME), '')).toEqual([
        ['0', 0],
        ['1', 1],
      ]);
    });
  });

  it('are found in a database of a later version', async () => {
    await put(new IndexedDbItems(NAME), 'a', 1);
    await openRaw(NAME, 9, 'of-a-later-version');

    expect(await new IndexedDbItems(NAME).read('a')).toBe(1);
  });

  describe('whose connection is lost', () => {
    it.each(['InvalidStateError', 'UnknownError', 'AbortError'])(
      'are read over another one, opened once per operation: %s',
      async (name) => {
        const items = new IndexedDbItems(NAME);
        await put(items, 'a', 1);
        const { opened } = watchFactory();
        const failed = failTransactions(1, name);

        expect(await items.read('a')).toBe(1);
        expect([failed(), opened()]).toEqual([1, 1]);
      },
    );

    it('are unavailable if the other connection is lost, too, and work the next time', async () => {
      const items = new IndexedDbItems(NAME);
      await put(items, 'a', 1);
      const { opened } = watchFactory();
      const failed = failTransactions(2, 'InvalidStateError');

      const error: unknown = await items.read('a').catch((thrown: unknown) => thrown);

      expect(error).toBeInstanceOf(DatabaseUnavailable);
      expect(error).toMatchObject({ cause: { name: 'InvalidStateError' } });
      expect([failed(), opened()]).toEqual([2, 1]);
      expect(await items.read('a')).toBe(1);
    });

    it('are unavailable if none can be opened', async () => {
      const items = new IndexedDbItems(NAME);
      await put(items, 'a', 1);
      failTransactions(1, 'InvalidStateError');
      const failed = failOpening(1);

      await expect(items.read('a')).rejects.toBeInstanceOf(DatabaseUnavailable);
      expect(failed()).toBe(1);
      expect(await items.read('a')).toBe(1);
    });
  });

  it('are unavailable, after one try, if the database cannot be opened', async () => {
    const failed = failOpening(1);
    const items = new IndexedDbItems(NAME);

    await expect(items.read('a')).rejects.toBeInstanceOf(DatabaseUnavailable);

    expect(failed()).toBe(1);
    await expect(items.read('a')).resolves.toBeUndefined();
  });

  it.each(['QuotaExceededError', 'DataError'])(
    'pass other failures on, without another try: %s',
    async (name) => {
      const items = new IndexedDbItems(NAME);
      await put(items, 'a', 1);
      const failed = failTransactions(1, name);

      await expect(put(items, 'a', 2)).rejects.toMatchObject({ name });
      expect(failed()).toBe(1);
      expect(await items.read('a')).toBe(1);
    },
  );

  it('do not block a page that deletes the database, report the loss, and start anew', async () => {
    let lost = 0;
    const items = new IndexedDbItems(NAME);
    items.lost$.subscribe(() => lost++);
    await put(items, 'a', 1);
    expect(lost).toBe(0);

    await deleteRaw(NAME);

    expect(lost).toBe(1);
    expect(await items.read('a')).toBeUndefined();
    await put(items, 'a', 2);
    expect(await items.read('a')).toBe(2);
  });

  it('are opened again after a connection that does not answer was given up', async () => {
    const items = new IndexedDbItems(NAME);
    // It never answers.
    const restore = replaceProperty(indexedDB, 'open', { value: () => ({}) });
    const answered: unknown[] = [];
    void items.read('a').then((value) => answered.push(value));
    await turns();
    expect(answered).toEqual([]);
    restore();

    items.forget();

    expect(await items.read('a')).toBeUndefined();
  });

  it('leave items of other code alone', async () => {
    const items = new IndexedDbItems(NAME);
    await put(items, 'a', 1);
    await writeDatabase(NAME, 'foreign', 'theirs');

    await items.change('a', () => [DELETE, undefined]);

    expect(await readDatabase(NAME)).toEqual([['"foreign"', 'theirs']]);
  });
});
