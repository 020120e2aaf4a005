import { TestBed } from '@angular/core/testing';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { firstValueFrom, NEVER, of, Subject, type Observable } from 'rxjs';
import { START_MS } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { readDatabase, writeDatabase } from '../../../testing-support/raw-database';
import { TabStorage } from '../../../testing-support/tab-storage';
import { authTokens } from '../../../testing-support/test-tokens';
import { turns, until } from '../../../testing-support/turns';
import { keep, type RecordStep } from '../core/record-step';
import { liveRecord, recordOf, tombstone, type LiveRecord, type RecordReading } from '../core/session-record';
import { PageStop } from '../platform/page-stop';
import { SLEEP_SIGNALS, type SleepSignal } from '../platform/sleep-signals';
import { WAKE_SIGNALS, type WakeSignal } from '../platform/wake-signals';
import { DELETE, IndexedDbItems } from './indexed-db-items';
import type { RecordKeys } from './record-keys';
import { createKey } from './record-seal';
import { SealedRecord } from './sealed-record';
import { TabKey } from './tab-key';

const DATABASE = 'cognito-session';
const PREFIX = 'record:client1/';
const DAY_MS = 24 * 3600 * 1000;

function session(sid: string, gen = 1): LiveRecord {
  return recordOf({ sid, gen, since: 5, tokens: authTokens({ iat: 1_767_614_400 }) });
}

const write =
  (record: LiveRecord): RecordStep<null> =>
  () => ({ next: record, result: null });

const nextGen: RecordStep<number> = (reading) => {
  const record = liveRecord(reading);
  return record === null ? keep(0) : { next: { ...record, gen: record.gen + 1 }, result: record.gen + 1 };
};

/** One item, and one key that every page of the test has. */
class OneKey implements RecordKeys {
  constructor(private readonly key: CryptoKey) {}
  current(): string {
    return 'one';
  }
  nameFor(): string {
    return 'one';
  }
  find(): Observable<CryptoKey | null> {
    return of(this.key);
  }
  keyFor(): Promise<CryptoKey> {
    return Promise.resolve(this.key);
  }
  settle(): boolean {
    return true;
  }
}

describe('a sealed record', () => {
  let items: IndexedDbItems;
  let clock: ManualTime;
  let keys: RecordKeys;
  const sleep = new Subject<SleepSignal>();
  const wake = new Subject<WakeSignal>();

  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory();
    globalThis.IDBKeyRange = IDBKeyRange;
    TestBed.configureTestingModule({
      providers: [
        PageStop,
        { provide: SLEEP_SIGNALS, useValue: sleep },
        { provide: WAKE_SIGNALS, useValue: wake },
      ],
    });
    items = new IndexedDbItems(DATABASE);
    clock = new ManualTime();
    keys = new OneKey(await createKey(false));
  });

  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'indexedDB');
    Reflect.deleteProperty(globalThis, 'IDBKeyRange');
  });

  function recordWith(own: RecordKeys = keys): SealedRecord {
    return new SealedRecord({ items, prefix: PREFIX, keys: own, clock, pageStop: TestBed.inject(PageStop) });
  }

  const read = (record: SealedRecord): Promise<RecordReading> => firstValueFrom(record.read());
  const update = <T>(record: SealedRecord, step: RecordStep<T>) => firstValueFrom(record.update(step));

  async function stored(name = 'one'): Promise<Record<string, unknown>> {
    const found = (await readDatabase(DATABASE)).find(([key]) => key === JSON.stringify(PREFIX + name));
    return found?.[1] as Record<string, unknown>;
  }

  it('reads what was written, once it is on disk', async () => {
    const record = recordWith();
    expect(await read(record)).toBe('none');

    await update(record, write(session('a')));

    expect(await read(recordWith())).toEqual(session('a'));
  });

  it('shows in the database whose it is and when it was written, and nothing else', async () => {
    await update(recordWith(), write(session('a')));

    const { iv, bytes, ...rest } = await stored();
    expect(rest).toEqual({ v: 1, sid: 'a', at: clock.now() });
    expect([(iv as Uint8Array).byteLength, (bytes as ArrayBuffer).byteLength > 100]).toEqual([12, true]);
  });

  it('keeps a tombstone as it is', async () => {
    const record = recordWith();
    await update(record, write(session('a')));

    const ended = tombstone('a', clock.now(), 'rotationLost');
    await update(record, () => ({ next: ended, result: null }));

    expect(await stored()).toEqual(ended);
    expect(await read(record)).toEqual(ended);
  });

  it('takes every step once, however many pages take steps at the same time', async () => {
    await update(recordWith(), write(session('a', 0)));
    const pages = [recordWith(), recordWith(), recordWith()];

    const results = await Promise.all(
      pages.flatMap((page) => [1, 2, 3, 4].map(async () => (await update(page, nextGen)).result)),
    );

    expect(await read(recordWith())).toMatchObject({ gen: 12 });
    expect([...results].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('takes a step again if another page came first, with what that one has written', async () => {
    let others: Promise<unknown> = Promise.resolve();
    const mine = recordWith(sealingAfter(() => others, keys));
    const other = recordWith();
    await update(mine, write(session('a')));
    const seen: RecordReading[] = [];

    const taken = await update(mine, (reading) => {
      if (seen.length === 0) others = update(other, write(session('a', 7)));
      seen.push(reading);
      return seen.length === 1 ? { next: session('a', 2), result: null } : nextGen(reading);
    });
    await others;

    expect(seen.map((reading) => liveRecord(reading)?.gen)).toEqual([1, 7]);
    expect(taken.result).toBe(8);
    expect(await read(mine)).toMatchObject({ gen: 8 });
  });

  it.each([
    ['ended', tombstone('a', START_MS), tombstone('a', START_MS)],
    ['removed', DELETE, 'none'],
  ])('takes a step again if the record was %s meanwhile', async (_, change, reading) => {
    const record = recordWith();
    await update(record, write(session('a')));
    const seen: RecordReading[] = [];

    await update(record, (before) => {
      if (seen.length === 0) void items.change(`${PREFIX}one`, () => [change, undefined]);
      seen.push(before);
      return nextGen(before);
    });

    expect(seen).toEqual([session('a'), reading]);
    expect(await read(record)).toEqual(reading);
  });

  it('writes nothing for a step that keeps the record', async () => {
    const record = recordWith();
    await update(record, write(session('a')));
    const before = await stored();

    expect(await update(record, () => keep('kept'))).toEqual(keep('kept'));

    expect(await stored()).toEqual(before);
  });

  it('never seals twice with the same iv', async () => {
    const record = recordWith();
    const ivs = new Set<string>();
    for (let round = 0; round < 20; round++) {
      await update(record, write(session('a')));
      ivs.add(String((await stored())['iv']));
    }

    expect(ivs.size).toBe(20);
  });

  it.each([
    ['a byte was changed', (item: Record<string, unknown>) => ({ ...item, bytes: changed(item['bytes']) })],
    ['the session was exchanged', (item: Record<string, unknown>) => ({ ...item, sid: 'b' })],
    ['the bytes are missing', ({ bytes: _, ...item }: Record<string, unknown>) => item],
    ['the iv is missing', ({ iv: _, ...item }: Record<string, unknown>) => item],
    ['it has no time', ({ at: _, ...item }: Record<string, unknown>) => item],
    ['it is text', () => 'text'],
    ['it is not sealed', () => ({ ...session('a'), since: Date.UTC(2026, 0, 5) })],
  ])('is corrupt if %s', async (_, damage) => {
    await update(recordWith(), write(session('a')));
    await writeDatabase(DATABASE, `${PREFIX}one`, damage(await stored()));

    expect(await read(recordWith())).toBe('corrupt');
  });

  it('of a newer version is left alone, also after 30 days', async () => {
    await update(recordWith(), write(session('a')));
    const item = { ...(await stored()), v: 2 };
    await writeDatabase(DATABASE, `${PREFIX}one`, item);
    clock.advance(400 * 24 * 3600 * 1000);

    expect(await read(recordWith())).toBe('future');
    await turns(20);
    expect(await stored()).toEqual(item);
  });

  it('is removed at the start of a page after 30 days, and not before; a page that runs keeps its own', async () => {
    const record = recordWith();
    await read(record);
    await update(record, write(session('a')));
    clock.sleep(30 * DAY_MS);
    expect(await read(recordWith())).toEqual(session('a'));
    clock.sleep(1);
    expect(await read(record)).toEqual(session('a'));

    expect(await read(recordWith())).toBe('none');
    expect(await stored()).toBeUndefined();
  });

  it('is read although old ones cannot be removed', async () => {
    await update(recordWith(), write(session('a')));
    // The first transaction of a page lists the records.
    jest.spyOn(items, 'run').mockRejectedValueOnce(new Error('No answer.'));

    expect(await read(recordWith())).toEqual(session('a'));
  });

  it('whose key this page does not get has ended', async () => {
    await update(recordWith(), write(session('a')));
    const at = clock.now();
    const without = Object.assign(Object.create(keys) as RecordKeys, { find: () => of(null) });

    expect(await read(recordWith(without))).toEqual(tombstone('a', at));
  });

  it('is not written by a page that was frozen while it waited for the key', async () => {
    await update(recordWith(), write(session('a')));
    const answer = new Subject<CryptoKey>();
    const key = await keys.keyFor('a');
    const waiting = Object.assign(Object.create(keys) as RecordKeys, {
      find: () => answer,
      keyFor: () => Promise.resolve(key),
    });
    let isDone = false;
    recordWith(waiting)
      .update(nextGen)
      .subscribe(() => (isDone = true));
    await until(() => answer.observed);

    sleep.next('freeze');
    answer.next(key);
    await turns(300);
    expect(await read(recordWith())).toMatchObject({ gen: 1 });
    wake.next('resume');

    await until(() => isDone);
    expect(await read(recordWith())).toMatchObject({ gen: 2 });
  });

  it('asks for nothing once its caller has left', async () => {
    await update(recordWith(), write(session('a')));
    let steps = 0;
    const waiting = Object.assign(Object.create(keys) as RecordKeys, { find: () => NEVER });
    const running = recordWith(waiting)
      .update((reading) => {
        steps++;
        return keep(reading);
      })
      .subscribe();
    await turns(10);
    running.unsubscribe();

    expect(steps).toBe(0);
  });

  describe('of one tab', () => {
    const tabKey = (storage: TabStorage) => new TabKey(() => storage, 'key');

    it('moves to an item of its own with each sign-in, and the one before ends', async () => {
      const storage = new TabStorage();
      const record = recordWith(tabKey(storage));
      await update(record, write(session('a')));
      const duplicate = recordWith(tabKey(storage.copy()));

      await update(record, write(session('b')));

      expect(await read(record)).toEqual(session('b'));
      expect(await read(duplicate)).toEqual(tombstone('a', clock.now()));
    });

    it('takes a sign-in again if its duplicate has refreshed meanwhile, so that nothing is lost unseen', async () => {
      const storage = new TabStorage();
      let others: Promise<unknown> = Promise.resolve();
      const record = recordWith(sealingAfter(() => others, tabKey(storage)));
      await update(record, write(session('a')));
      const duplicate = recordWith(tabKey(storage.copy()));
      const seen: RecordReading[] = [];

      await update(record, (reading) => {
        if (seen.length === 0) others = update(duplicate, nextGen);
        seen.push(reading);
        return { next: session('b'), result: null };
      });
      await others;

      expect(seen).toEqual([session('a'), session('a', 2)]);
      expect(await read(record)).toEqual(session('b'));
      expect(await read(duplicate)).toEqual(tombstone('a', clock.now()));
    });

    it('loses nothing if the new record cannot be written', async () => {
      const storage = new TabStorage();
      const record = recordWith(tabKey(storage));
      await update(record, write(session('a')));
      const change = items.change.bind(items);
      items.change = (key, work) =>
        key === `${PREFIX}b` ? Promise.reject(new Error('No room.')) : change(key, work);

      await expect(update(record, write(session('b')))).rejects.toThrow('No room.');

      expect(await read(record)).toEqual(session('a'));
    });

    it('forgets no session if two begin at the same moment', async () => {
      const storage = new TabStorage();
      const [one, two] = [recordWith(tabKey(storage)), recordWith(tabKey(storage))];
      const seen: RecordReading[] = [];
      const begin = (sid: string): RecordStep<null> => {
        return (reading) => {
          seen.push(reading);
          return { next: session(sid), result: null };
        };
      };

      await Promise.all([update(one, begin('a')), update(two, begin('b'))]);

      // The later one has seen the session that it replaces.
      expect(seen.slice(0, 2)).toEqual(['none', 'none']);
      expect(seen).toHaveLength(3);
      const last = liveRecord(await read(recordWith(tabKey(storage))));
      const other = last?.sid === 'a' ? 'b' : 'a';
      expect(seen[2]).toEqual(session(other));
      expect(await stored(other)).toEqual(tombstone(other, clock.now()));
    });
  });
});

/** Keys of a page that begins to seal a record only after this: others write meanwhile. */
function sealingAfter(others: () => Promise<unknown>, keys: RecordKeys): RecordKeys {
  return {
    current: () => keys.current(),
    nameFor: (sid) => keys.nameFor(sid),
    find: (item, isStep) => keys.find(item, isStep),
    keyFor: async (sid) => {
      await others();
      return keys.keyFor(sid);
    },
    settle: (sid, before) => keys.settle(sid, before),
  };
}

function changed(bytes: unknown): ArrayBuffer {
  const copy = new Uint8Array((bytes as ArrayBuffer).slice(0));
  copy[20] = (copy[20] ?? 0) ^ 1;
  return copy.buffer;
}
