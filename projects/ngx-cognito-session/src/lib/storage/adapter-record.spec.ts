import type { Observable, Subscription } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { FakeLockManager } from '../../../testing-support/fake-lock-manager';
import { ManualTime } from '../../../testing-support/manual-time';
import { throwSecurityError } from '../../../testing-support/replaced-global';
import { turns } from '../../../testing-support/turns';
import { keep, type RecordStep, type Step } from '../core/record-step';
import { recordOf, tombstone, type RecordReading, type SessionRecord } from '../core/session-record';
import { AdapterRecord, type TakeTurn } from './adapter-record';
import type { StorageAdapter } from './storage-adapter';
import { noTurns, turnsByLock } from './tab-turns';

const KEY = 'client1';
const LOCK = 'client1/record';

function live(gen = 1): SessionRecord {
  return recordOf({ sid: 'sid-1', gen, since: 1, tokens: { accessToken: 'a', clockDrift: 0, expiresAt: 1 } });
}

function genOf(reading: RecordReading): number {
  return typeof reading === 'object' && reading.sid !== null ? reading.gen : 0;
}

/** The result is the generation that was found. */
const grow: RecordStep<number> = (reading) => ({ next: live(genOf(reading) + 1), result: genOf(reading) });

/** Everything that an observable emits, in order. */
function watch<T>(source: Observable<T>): { readonly seen: unknown[]; readonly subscription: Subscription } {
  const seen: unknown[] = [];
  const subscription = source.subscribe({
    next: (value) => seen.push(value),
    error: (error: unknown) => seen.push(error),
    complete: () => seen.push('complete'),
  });
  return { seen, subscription };
}

const resultsOf = (seen: readonly unknown[]): unknown[] =>
  seen.map((value) =>
    typeof value === 'object' && value !== null && 'result' in value ? value.result : value,
  );

describe('the record in a storage adapter', () => {
  let time: ManualTime;

  beforeEach(() => {
    time = new ManualTime();
  });

  function recordIn(
    adapter: StorageAdapter,
    { takeTurn = noTurns, keepsTombstones = true } = {},
  ): AdapterRecord {
    return new AdapterRecord(adapter, KEY, takeTurn, () => time.monotonic(), keepsTombstones);
  }

  it('is one document under one key, and synchronous if the adapter is', () => {
    const storage = new CountingStorage();
    const record = recordIn(storage);
    expect(watch(record.read()).seen).toEqual(['none', 'complete']);

    const { seen } = watch(record.update(grow));

    expect(seen).toEqual([{ next: live(1), result: 0 }, 'complete']);
    expect(storage.writes).toEqual([{ key: KEY, value: JSON.stringify(live(1)) }]);
    expect(watch(record.read()).seen).toEqual([live(1), 'complete']);
  });

  it('is not touched without a subscription', () => {
    const storage = new CountingStorage();

    recordIn(storage).update(grow);

    expect(storage.writes).toEqual([]);
  });

  it('is not written by a step that keeps it', () => {
    const storage = new CountingStorage();
    const record = recordIn(storage);

    expect(resultsOf(watch(record.update(() => keep('kept'))).seen)).toEqual(['kept', 'complete']);
    expect(storage.writes).toEqual([]);
  });

  it.each([
    [true, 1, 0],
    [false, 0, 1],
  ])('leaves a tombstone only where other pages see it: %s', (keepsTombstones, writes, removals) => {
    const storage = new CountingStorage();
    storage.setItem(KEY, JSON.stringify(live()));
    storage.writes.length = 0;

    watch(
      recordIn(storage, { keepsTombstones }).update(() => ({ next: tombstone('sid-1', 1), result: null })),
    );

    expect([storage.writes.length, storage.removals.length]).toEqual([writes, removals]);
    expect(storage.content).not.toContain('accessToken');
  });

  it.each(['not json', '{"v":1}', '{"v":2}'])(
    'gives a damaged or newer document as what it is: %s',
    (text) => {
      const storage = new CountingStorage();
      storage.setItem(KEY, text);

      expect(watch(recordIn(storage).read()).seen[0]).toBe(text === '{"v":2}' ? 'future' : 'corrupt');
    },
  );

  describe('takes steps one after the other', () => {
    it('in a storage that answers later', async () => {
      const storage = new HeldStorage();
      const record = recordIn(storage);
      storage.hold();
      const [first, second] = [watch(record.update(grow)), watch(record.update(grow))];
      const reading = watch(record.read());
      await turns();
      expect([first.seen, second.seen, reading.seen]).toEqual([[], [], []]);
      expect(storage.waitingCalls).toBe(1);

      storage.release();
      await turns();

      expect([first.seen, second.seen].map(resultsOf)).toEqual([
        [0, 'complete'],
        [1, 'complete'],
      ]);
      expect(reading.seen).toEqual([live(2), 'complete']);
    });

    it('after one that failed', () => {
      const storage = new CountingStorage();
      const record = recordIn(storage);
      const own = storage.setItem.bind(storage);
      storage.setItem = throwSecurityError;
      const failed = watch(record.update(grow));
      storage.setItem = own;

      const next = watch(record.update(grow));

      expect(failed.seen).toMatchObject([{ code: 'storageError', cause: { name: 'SecurityError' } }]);
      expect(resultsOf(next.seen)).toEqual([0, 'complete']);
    });

    it('although the caller of one that waits has left', async () => {
      const storage = new HeldStorage();
      const record = recordIn(storage);
      storage.hold();
      const first = watch(record.update(grow));
      watch(record.update(grow)).subscription.unsubscribe();
      const third = watch(record.update(grow));

      storage.release();
      await turns();

      expect([first.seen, third.seen].map(resultsOf)).toEqual([
        [0, 'complete'],
        [1, 'complete'],
      ]);
    });

    it('and does not take one whose caller has left before it was read', async () => {
      const storage = new HeldStorage();
      const record = recordIn(storage);
      storage.hold();
      watch(record.update(grow)).subscription.unsubscribe();

      storage.release();
      await turns();

      expect(storage.inner.writes).toEqual([]);
    });

    it('and not before a write has landed whose caller has left', async () => {
      const storage = new HeldStorage();
      const record = recordIn(storage);
      const signIn = watch(
        record.update((): Step<null> => {
          storage.hold();
          return { next: live(1), result: null };
        }),
      );
      await turns();
      expect(storage.waitingCalls).toBe(1);
      signIn.subscription.unsubscribe();

      const signOut = watch(record.update(() => ({ next: tombstone('sid-1', 1), result: 'out' })));
      const reading = watch(record.read());
      await turns();
      expect([signOut.seen, reading.seen]).toEqual([[], []]);
      storage.release();
      await turns();

      expect(reading.seen).toEqual([tombstone('sid-1', 1), 'complete']);
      expect(storage.inner.getItem(KEY)).toBe(JSON.stringify(tombstone('sid-1', 1)));
    });
  });

  describe('restarts a step', () => {
    /** A storage whose answers take so long, one after the other. */
    function slowStorage(...readsMs: number[]): CountingStorage {
      const storage = new CountingStorage();
      const own = storage.getItem.bind(storage);
      storage.getItem = (key) => {
        time.advance(readsMs.shift() ?? 0);
        return own(key);
      };
      return storage;
    }

    it.each([
      [[1000], 1],
      [[1001], 2],
      [[1001, 1000], 2],
      [[1001, 1001], 3],
      // At some point it is best effort.
      [[1001, 1001, 1001], 3],
    ])('if more than 1 s has passed since its read began: reads of %j ms', (readsMs, expected) => {
      const storage = slowStorage(...readsMs);
      const reads = jest.spyOn(storage, 'getItem');
      let steps = 0;

      watch(
        recordIn(storage).update((reading) => {
          steps++;
          return grow(reading);
        }),
      );

      expect([reads.mock.calls.length, steps, storage.writes.length]).toEqual([expected, 1, 1]);
    });

    it('with what is stored by then', () => {
      const storage = slowStorage(1001);
      const own = storage.getItem.bind(storage);
      let reads = 0;
      storage.getItem = (key) => {
        const before = own(key);
        if (++reads === 1) storage.setItem(KEY, JSON.stringify(live(7)));
        return before;
      };

      expect(resultsOf(watch(recordIn(storage).update(grow)).seen)).toEqual([7, 'complete']);
    });
  });

  describe('in several tabs', () => {
    let manager: FakeLockManager;

    beforeEach(() => {
      manager = new FakeLockManager();
    });

    function takeTurn(): TakeTurn {
      return turnsByLock(manager, LOCK, time.scheduler);
    }

    async function held(): Promise<readonly (string | undefined)[]> {
      return ((await manager.query()).held ?? []).map(({ name }) => name);
    }

    async function pending(): Promise<number> {
      return (await manager.query()).pending?.length ?? 0;
    }

    /** A tab holds the lock, and does not release it. */
    async function occupy(): Promise<() => void> {
      let release = (): void => undefined;
      void manager.request(LOCK, () => new Promise<void>((resolve) => (release = resolve)));
      await turns();
      return () => release();
    }

    it('takes turns with the others: no update is lost', async () => {
      const storage = new HeldStorage();
      const tabs = Array.from({ length: 3 }, () => recordIn(storage, { takeTurn: takeTurn() }));
      const updates = [...tabs, ...tabs, ...tabs].map((tab) => watch(tab.update(grow)));
      await turns(20);

      expect(
        updates
          .flatMap(({ seen }) => resultsOf(seen))
          .filter((result) => result !== 'complete')
          .sort(),
      ).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
      expect([await held(), await pending(), time.armedTimers]).toEqual([[], 0, 0]);
    });

    it('holds the lock from before the read to after the write', async () => {
      const storage = new HeldStorage();
      storage.hold();
      const { seen } = watch(recordIn(storage, { takeTurn: takeTurn() }).update(grow));
      await turns();
      expect(await held()).toEqual([LOCK]);

      storage.release();
      await turns();

      expect(resultsOf(seen)).toEqual([0, 'complete']);
      expect(await held()).toEqual([]);
    });

    it('reads without a turn', async () => {
      await occupy();

      expect(watch(recordIn(new CountingStorage(), { takeTurn: takeTurn() }).read()).seen).toEqual([
        'none',
        'complete',
      ]);
    });

    it('takes the step without a turn if the lock is not granted within 2 s', async () => {
      const release = await occupy();
      const { seen } = watch(recordIn(new CountingStorage(), { takeTurn: takeTurn() }).update(grow));
      await turns();

      time.advance(1999);
      expect(seen).toEqual([]);
      time.advance(1);
      expect(resultsOf(seen)).toEqual([0, 'complete']);

      // The request is withdrawn: the lock does not pass to a step that is over.
      release();
      await turns();
      expect([await held(), await pending()]).toEqual([[], 0]);
    });

    it('withdraws the request of a caller that leaves', async () => {
      const release = await occupy();
      const storage = new CountingStorage();
      const { subscription } = watch(recordIn(storage, { takeTurn: takeTurn() }).update(grow));
      await turns();
      expect(await pending()).toBe(1);

      subscription.unsubscribe();
      await turns();
      expect([await pending(), time.armedTimers]).toEqual([0, 0]);
      release();
      await turns();

      expect([await held(), storage.writes]).toEqual([[], []]);
    });

    it('does not keep a lock that is granted while the caller leaves', async () => {
      const storage = new CountingStorage();
      const { subscription } = watch(recordIn(storage, { takeTurn: takeTurn() }).update(grow));

      subscription.unsubscribe();
      await turns();

      expect([await held(), storage.writes]).toEqual([[], []]);
    });

    it('keeps its turn until a write has landed whose caller has left', async () => {
      const storage = new HeldStorage();
      const { subscription } = watch(
        recordIn(storage, { takeTurn: takeTurn() }).update((reading) => {
          storage.hold();
          return grow(reading);
        }),
      );
      await turns();

      subscription.unsubscribe();
      await turns();
      expect(await held()).toEqual([LOCK]);
      storage.release();
      await turns();

      expect(await held()).toEqual([]);
    });

    it.each<[string, () => Promise<never>]>([
      ['refuses', () => Promise.reject(new DOMException('opaque origin', 'SecurityError'))],
      ['throws', throwSecurityError],
    ])('takes the step without a turn where the browser %s', async (_, request) => {
      manager.request = request;

      const { seen } = watch(recordIn(new CountingStorage(), { takeTurn: takeTurn() }).update(grow));
      await turns();

      expect(resultsOf(seen)).toEqual([0, 'complete']);
      expect(time.armedTimers).toBe(0);
    });
  });

  it('needs no turn where the page is alone', () => {
    const { seen } = watch(noTurns());

    expect(seen).toEqual([{ release: expect.any(Function) }, 'complete']);
  });
});
