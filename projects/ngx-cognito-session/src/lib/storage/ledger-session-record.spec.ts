import { TestBed } from '@angular/core/testing';
import { IDBFactory } from 'fake-indexeddb';
import { firstValueFrom, type Observable } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import { denyGlobal } from '../../../testing-support/replaced-global';
import { errorOf } from '../../../testing-support/session-app';
import { authTokens } from '../../../testing-support/test-tokens';
import { END_WORDS, type EndWords } from './end-words';
import { IndexedDbItems } from './indexed-db-items';
import { LedgerItems } from './ledger-items';
import { LedgerSessionRecord } from './ledger-session-record';
import { LedgerTokens } from './ledger-tokens';
import { SessionValues } from './session-values';
import type { StorageAdapter } from './storage-adapter';
import type { StoredSession } from './stored-session';

const NAMESPACE = 'eu-west-1/client123';
const KEY = `record:${NAMESPACE}`;

function session(sid: string, gen: number, iat = 1_767_614_400 + gen): StoredSession {
  return { sid, gen, tokens: { ...authTokens({ iat }), refreshToken: `refresh-${sid}-${String(gen)}` } };
}

const REFUSED = { type: 'committed', unsaved: { code: 'storageError' }, isShown: false };

describe('LedgerSessionRecord', () => {
  let time: ManualTime;
  let items: IndexedDbItems;

  beforeEach(() => {
    time = new ManualTime();
    globalThis.indexedDB = new IDBFactory();
    items = new IndexedDbItems('cognito-session');
  });

  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'indexedDB');
  });

  /** A tab of its own over the same database. */
  function tab(
    adapter: StorageAdapter | null,
    keepsRefreshToken = false,
    words?: EndWords,
  ): LedgerSessionRecord {
    const ledger = new LedgerItems(items, NAMESPACE, 2000, time.scheduler, undefined, words);
    const values = adapter === null ? null : new SessionValues(adapter, NAMESPACE);
    return new LedgerSessionRecord(
      ledger,
      new LedgerTokens(ledger, { values, keepsRefreshToken, valueWaitMs: 2000, scheduler: time.scheduler }),
    );
  }

  /** Lets virtual time pass in small steps until the observable has answered. */
  async function answered<T>(source: Observable<T>): Promise<T> {
    const progress = { isDone: false };
    const value = firstValueFrom(source).finally(() => (progress.isDone = true));
    value.catch(() => undefined);
    while (!progress.isDone) {
      await elsewhere();
      time.advance(25);
    }
    return value;
  }

  /** A round trip to another database: what is ready to run has run afterwards. */
  async function elsewhere(): Promise<void> {
    await new IndexedDbItems('elsewhere').read('nothing');
  }

  function stored(): Promise<unknown> {
    return items.read(KEY);
  }

  describe.each<[string, () => CountingStorage | null]>([
    ['with IndexedDB as the storage', () => null],
    ['with another storage', () => new CountingStorage()],
  ])('%s', (_, makeAdapter) => {
    it('restores what was begun and committed', async () => {
      const adapter = makeAdapter();
      const first = tab(adapter);
      expect(await firstValueFrom(first.begin(session('a', 1)))).toEqual({
        type: 'committed',
        unsaved: null,
        isShown: true,
      });
      expect(await firstValueFrom(first.commit(session('a', 2)))).toEqual({
        type: 'committed',
        unsaved: null,
        isShown: true,
      });

      expect(await firstValueFrom(tab(adapter).restore())).toEqual({
        type: 'session',
        session: session('a', 2),
      });
    });

    it('lets the first commit win', async () => {
      const adapter = makeAdapter();
      const [one, two] = [tab(adapter), tab(adapter)];
      await firstValueFrom(one.begin(session('a', 1)));
      await firstValueFrom(one.commit(session('a', 2)));

      const late = await firstValueFrom(two.commit({ ...session('a', 2), tokens: session('a', 9).tokens }));

      expect(late).toEqual({ type: 'superseded', by: session('a', 2), dropped: null });
    });

    it('drops a commit after a sign-out, and a sign-out leaves a tombstone and no token', async () => {
      const adapter = makeAdapter();
      const [one, two] = [tab(adapter), tab(adapter)];
      await firstValueFrom(one.begin(session('a', 1)));
      await firstValueFrom(two.remove('a'));

      expect(await firstValueFrom(one.commit(session('a', 2)))).toEqual({ type: 'gone' });

      expect(await stored()).toEqual({ v: 1, sid: null, gen: 1, open: [], ended: 'a' });
      expect(adapter?.content ?? '').toBe('');
      expect(await firstValueFrom(one.read('a'))).toEqual({ type: 'none', why: 'signedOut' });
      expect(await firstValueFrom(one.restore())).toEqual({ type: 'none', why: 'signedOut' });
    });

    it('begins no session that nobody wants any more when the database comes to it', async () => {
      const record = tab(makeAdapter());
      await firstValueFrom(record.begin(session('a', 1)));

      const begun = record.begin(session('b', 1), { isWanted: () => false, replaces: 'a', at: 0 });

      expect(await firstValueFrom(begun)).toEqual({ type: 'gone' });
      expect(await stored()).toMatchObject({ sid: 'a' });
    });

    it('does not begin again what has been signed out while it was on its way', async () => {
      const record = tab(makeAdapter());
      await firstValueFrom(record.begin(session('a', 1)));
      await firstValueFrom(tab(null).remove('a'));

      expect(await firstValueFrom(record.begin(session('a', 1)))).toEqual({ type: 'gone' });
      expect(await stored()).toMatchObject({ sid: null });
    });

    it('does not end the session that another tab began', async () => {
      const adapter = makeAdapter();
      const [one, two] = [tab(adapter), tab(adapter)];
      await firstValueFrom(one.begin(session('a', 1)));
      await firstValueFrom(two.begin(session('b', 1)));

      await firstValueFrom(one.remove('a'));

      expect(await firstValueFrom(two.restore())).toEqual({ type: 'session', session: session('b', 1) });
      expect(await firstValueFrom(one.read('a'))).toEqual({ type: 'none', why: 'replaced' });
    });

    it('ends whatever is there for a sign-out that came before the restore, and gives it back', async () => {
      const adapter = makeAdapter();
      await firstValueFrom(tab(adapter).begin(session('a', 1)));

      const ended = await firstValueFrom(tab(adapter).keepOnly(null));

      expect(ended.map(({ tokens }) => tokens.refreshToken)).toContain('refresh-a-1');
      expect(await stored()).toMatchObject({ sid: null });
      expect(adapter?.content ?? '').toBe('');
    });

    it('notices that the record was deleted', async () => {
      const adapter = makeAdapter();
      const record = tab(adapter);
      await firstValueFrom(record.begin(session('a', 1)));
      await items.change(KEY, () => ({ type: 'delete', result: null }));

      expect(await firstValueFrom(record.read('a'))).toEqual({ type: 'none', why: 'cleared' });
      expect(await firstValueFrom(record.commit(session('a', 2)))).toEqual({ type: 'gone' });
    });

    it('race 40: leaves the record of a newer version alone and goes on in memory', async () => {
      const future = { v: 2, secret: 'of the future' };
      await items.change(KEY, () => ({ type: 'put', value: future, result: null }));
      const record = tab(makeAdapter());

      expect(await firstValueFrom(record.restore())).toEqual({ type: 'future' });
      expect(await firstValueFrom(record.begin(session('a', 1)))).toMatchObject(REFUSED);

      expect(await stored()).toEqual(future);
      expect(await firstValueFrom(record.read('a'))).toEqual({ type: 'session', session: session('a', 1) });
    });
  });

  describe('with the tokens in a value beside it', () => {
    it('keeps no token in the record once the value is written', async () => {
      const adapter = new CountingStorage();
      await firstValueFrom(tab(adapter).begin(session('a', 1)));

      expect(await stored()).toEqual({ v: 1, sid: 'a', gen: 1, open: [], begun: 0 });
      expect(adapter.keys()).toEqual([`${NAMESPACE}/a`]);
    });

    it('keeps only the refresh token in the record if others read the storage', async () => {
      const adapter = new CountingStorage();
      const record = tab(adapter, true);
      await firstValueFrom(record.begin(session('a', 1)));

      expect(await stored()).toEqual({
        v: 1,
        sid: 'a',
        gen: 1,
        open: [],
        begun: 0,
        refreshToken: 'refresh-a-1',
      });
      expect(adapter.content).not.toContain('refresh-a-1');
      expect(await firstValueFrom(record.restore())).toEqual({ type: 'session', session: session('a', 1) });
    });

    it('keeps the tokens in the record when the value cannot be written, and reports it', async () => {
      const adapter = new CountingStorage();
      adapter.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      const record = tab(adapter);

      expect(await firstValueFrom(record.begin(session('a', 1)))).toMatchObject({
        ...REFUSED,
        isShown: true,
      });

      expect(await stored()).toMatchObject({ sid: 'a', tokens: session('a', 1).tokens });
      expect(await firstValueFrom(tab(adapter).restore())).toEqual({
        type: 'session',
        session: session('a', 1),
      });
    });

    it('keeps the tokens in the record when the storage never answers', async () => {
      const adapter = new HeldStorage();
      adapter.hold();

      expect(await answered(tab(adapter).begin(session('a', 1)))).toMatchObject({
        ...REFUSED,
        isShown: true,
      });

      expect(await stored()).toMatchObject({ tokens: session('a', 1).tokens });
    });

    it('race 5: waits for a value that lags behind the record', async () => {
      const adapter = new CountingStorage();
      const record = tab(adapter);
      await firstValueFrom(record.begin(session('a', 1)));
      const [key = ''] = adapter.keys();
      const old = adapter.getItem(key) ?? '';
      await firstValueFrom(record.commit(session('a', 2)));
      const fresh = adapter.getItem(key) ?? '';
      adapter.setItem(key, old);
      let reads = 0;
      const lagging: StorageAdapter = {
        getItem: (asked) => (asked === key && ++reads > 5 ? fresh : adapter.getItem(asked)),
        setItem: () => undefined,
        removeItem: () => undefined,
        keys: () => adapter.keys(),
      };

      expect(await answered(tab(lagging).read('a'))).toEqual({ type: 'session', session: session('a', 2) });
      expect(reads).toBe(6);
    });

    it('race 6: calls the storage cleared when the announced value does not show within 2 s', async () => {
      const adapter = new CountingStorage();
      const record = tab(adapter);
      await firstValueFrom(record.begin(session('a', 1)));
      adapter.removeItem(`${NAMESPACE}/a`);

      expect(await answered(record.read('a'))).toEqual({ type: 'none', why: 'cleared', sid: 'a' });
    });

    it('does not call a storage cleared that does not answer', async () => {
      const adapter = new HeldStorage();
      const record = tab(adapter);
      await firstValueFrom(record.begin(session('a', 1)));
      adapter.hold();

      await expect(answered(record.read('a'))).rejects.toMatchObject({ code: 'storageError' });
    });

    it('removes a value again whose session ended while it was being written', async () => {
      const adapter = new HeldStorage();
      const record = tab(adapter);
      await firstValueFrom(record.begin(session('a', 1)));
      adapter.hold();
      const commit = firstValueFrom(record.commit(session('a', 2)));
      while (adapter.waitingCalls === 0) await elsewhere();
      const ended = firstValueFrom(tab(adapter).remove('a'));
      while (adapter.waitingCalls < 2) await elsewhere();

      adapter.release();
      await Promise.all([commit, ended]);

      expect(adapter.inner.content).toBe('');
    });

    it('adopts only the value of the record’s session, and removes the others at the start', async () => {
      const adapter = new CountingStorage();
      await firstValueFrom(tab(adapter).begin(session('a', 1)));
      await firstValueFrom(new SessionValues(adapter, NAMESPACE).write(session('zombie', 9)));

      expect(await firstValueFrom(tab(adapter).restore())).toEqual({
        type: 'session',
        session: session('a', 1),
      });
      expect(adapter.keys()).toEqual([`${NAMESPACE}/a`]);
    });

    it('removes values that a tombstone has outlived', async () => {
      const adapter = new CountingStorage();
      const record = tab(adapter);
      await firstValueFrom(record.begin(session('a', 1)));
      await firstValueFrom(record.remove('a'));
      await firstValueFrom(new SessionValues(adapter, NAMESPACE).write(session('a', 1)));

      expect(await firstValueFrom(tab(adapter).restore())).toEqual({ type: 'none', why: 'signedOut' });
      expect(adapter.content).toBe('');
    });

    it('mends a value that a tab stopped in the middle has written too late', async () => {
      const inner = new CountingStorage();
      const slow = new HeldStorage(inner);
      const [one, two] = [tab(slow), tab(inner)];
      await firstValueFrom(two.begin(session('a', 1)));
      slow.hold();
      const late = firstValueFrom(one.commit(session('a', 2)));
      while (slow.waitingCalls === 0) await elsewhere();
      await firstValueFrom(two.commit(session('a', 3)));
      slow.release();
      await late;

      expect(await answered(two.read('a'))).toEqual({ type: 'session', session: session('a', 3) });
      expect(await answered(tab(inner).restore())).toEqual({ type: 'session', session: session('a', 3) });
    });

    it('removes nothing of a session that is begun while it restores', async () => {
      const adapter = new CountingStorage();
      await firstValueFrom(tab(adapter).begin(session('a', 1)));
      for (const key of adapter.keys()) adapter.removeItem(key);
      const loading = answered(tab(adapter).restore());
      await elsewhere();
      await firstValueFrom(tab(adapter).begin(session('b', 1)));
      await loading;

      expect(await answered(tab(adapter).restore())).toEqual({ type: 'session', session: session('b', 1) });
    });

    it('rebuilds the record from the one value when the database was deleted', async () => {
      const adapter = new CountingStorage();
      await firstValueFrom(tab(adapter).begin(session('a', 3)));
      globalThis.indexedDB = new IDBFactory();
      items = new IndexedDbItems('cognito-session');

      expect(await firstValueFrom(tab(adapter).restore())).toEqual({
        type: 'session',
        session: session('a', 3),
      });
      expect(await stored()).toEqual({ v: 1, sid: 'a', gen: 3, open: [] });
    });

    it('gives back the refresh token that only the record had of what a sign-in replaced', async () => {
      const adapter = new CountingStorage();
      const record = tab(adapter, true);
      await firstValueFrom(record.begin(session('a', 1)));
      await firstValueFrom(record.begin(session('b', 1)));

      const replaced = await firstValueFrom(record.keepOnly('b'));

      expect(replaced.map(({ tokens }) => tokens.refreshToken)).toEqual(['refresh-a-1']);
    });

    it('does not guess which of two values was not signed out when the database was deleted', async () => {
      const adapter = new CountingStorage();
      const values = new SessionValues(adapter, NAMESPACE);
      await firstValueFrom(values.write(session('a', 1)));
      await firstValueFrom(values.write(session('b', 1)));

      expect(await firstValueFrom(tab(adapter).restore())).toEqual({ type: 'none', why: 'nothing' });
    });

    it('gives back what a sign-in replaced', async () => {
      const adapter = new CountingStorage();
      const record = tab(adapter);
      await firstValueFrom(record.begin(session('a', 1)));
      await firstValueFrom(record.begin(session('b', 1)));

      const replaced = await firstValueFrom(record.keepOnly('b'));

      expect(replaced.map(({ sid }) => sid)).toEqual(['a']);
    });
  });

  describe('when the database fails', () => {
    beforeEach(() => {
      items.change = () => Promise.reject(new DOMException('lost', 'UnknownError'));
    });

    it('keeps a sign-in in memory, reports it, and stores it with the next renewal', async () => {
      const working = new IndexedDbItems('cognito-session');
      const record = tab(null);

      expect(await firstValueFrom(record.begin(session('a', 1)))).toMatchObject(REFUSED);
      expect(await firstValueFrom(record.read('a'))).toEqual({ type: 'session', session: session('a', 1) });
      items.change = working.change.bind(working);
      expect(await firstValueFrom(record.commit(session('a', 2)))).toEqual({
        type: 'committed',
        unsaved: null,
        isShown: true,
      });

      expect(await stored()).toMatchObject({ sid: 'a', gen: 2 });
    });

    it('ends the session in whose place it came when it was never stored itself', async () => {
      const working = new IndexedDbItems('cognito-session');
      const record = tab(null);
      items.change = working.change.bind(working);
      await firstValueFrom(tab(null).begin(session('a', 1)));
      items.change = () => Promise.reject(new DOMException('lost', 'UnknownError'));
      await firstValueFrom(record.begin(session('b', 1), { isWanted: () => true, replaces: 'a', at: 0 }));
      items.change = working.change.bind(working);

      expect(await firstValueFrom(record.remove('b'))).toEqual([session('a', 1)]);

      expect(await stored()).toMatchObject({ sid: null, ended: 'a' });
    });

    it('keeps what it could not store when a late answer of the session before comes through', async () => {
      const working = new IndexedDbItems('cognito-session');
      const record = tab(null);
      await firstValueFrom(record.begin(session('b', 1)));
      items.change = working.change.bind(working);
      await firstValueFrom(record.commit(session('a', 2)));

      expect(await firstValueFrom(record.read('b'))).toEqual({ type: 'session', session: session('b', 1) });
    });

    it('keeps a renewal in memory and finds it again', async () => {
      const working = new IndexedDbItems('cognito-session');
      await firstValueFrom(
        new LedgerSessionRecord(
          new LedgerItems(working, NAMESPACE, 2000, time.scheduler),
          new LedgerTokens(new LedgerItems(working, NAMESPACE, 2000, time.scheduler), {
            values: null,
            keepsRefreshToken: false,
            valueWaitMs: 2000,
            scheduler: time.scheduler,
          }),
        ).begin(session('a', 1)),
      );
      const record = tab(null);

      expect(await firstValueFrom(record.commit(session('a', 2)))).toMatchObject({
        type: 'committed',
        unsaved: { code: 'storageError' },
        isShown: false,
      });

      expect(await firstValueFrom(record.read('a'))).toEqual({ type: 'session', session: session('a', 2) });
    });

    it('removes the value although the tombstone cannot be set, and says so', async () => {
      const adapter = new CountingStorage();
      await firstValueFrom(new SessionValues(adapter, NAMESPACE).write(session('a', 1)));

      expect(await errorOf(tab(adapter).remove('a'))).toMatchObject({ code: 'storageError' });
      expect(adapter.content).toBe('');
    });
  });

  it('heeds word of an end that was left before the record could be changed', async () => {
    const adapter = new CountingStorage();
    await firstValueFrom(tab(adapter).begin(session('a', 1)));
    items.change = () => new Promise(() => undefined);
    tab(adapter)
      .remove('a')
      .subscribe({ error: () => undefined });
    // The page is gone; another one starts.
    items = new IndexedDbItems('cognito-session');
    const next = tab(adapter);

    expect(next.peek()).toBeNull();
    await firstValueFrom(tab(adapter).remove('another'));
    expect(await firstValueFrom(next.restore())).toEqual({
      type: 'none',
      why: 'signedOut',
      left: [],
    });
    expect(await stored()).toEqual({ v: 1, sid: null, gen: 1, open: [], ended: 'a' });
    expect(await items.keys()).toEqual([KEY]);
    expect(await firstValueFrom(next.commit(session('a', 2)))).toEqual({ type: 'gone' });
    await firstValueFrom(next.begin(session('b', 1)));
    expect(await firstValueFrom(next.restore())).toMatchObject({ session: { sid: 'b' } });
  });

  describe('with word of an end in localStorage', () => {
    const LEFT = `cognito-session:ended:${NAMESPACE}/a`;

    beforeEach(() => {
      localStorage.clear();
    });

    const words = () => TestBed.inject(END_WORDS);
    const tabWithWords = () => tab(null, false, words());

    /** What the page hands to its database from now on goes with the page. */
    function closeDatabase(): void {
      items.put = () => new Promise(() => undefined);
      items.change = () => new Promise(() => undefined);
    }

    it('leaves it in the task of the call, though the database takes nothing any more', async () => {
      await firstValueFrom(tabWithWords().begin(session('a', 1)));
      closeDatabase();

      tabWithWords().remove('a').subscribe();

      expect(Object.keys(localStorage)).toEqual([LEFT]);
    });

    it('leaves none of a session that nobody has signed out of: others are to learn the reason', async () => {
      await firstValueFrom(tabWithWords().begin(session('a', 1)));
      closeDatabase();

      tabWithWords().remove('a', 'storageCleared').subscribe();

      expect(localStorage).toHaveLength(0);
    });

    it('ends what is in the record when the next page looks, and removes the word', async () => {
      await firstValueFrom(tabWithWords().begin(session('a', 1)));
      closeDatabase();
      tabWithWords().remove('a').subscribe();
      items = new IndexedDbItems('cognito-session');
      const next = tabWithWords();

      expect(await firstValueFrom(next.commit(session('a', 2)))).toEqual({ type: 'gone' });
      expect(await firstValueFrom(next.restore())).toMatchObject({ type: 'none', why: 'signedOut' });

      expect(await stored()).toEqual({ v: 1, sid: null, gen: 1, open: [], ended: 'a' });
      expect(localStorage).toHaveLength(0);
    });

    it('ends no other session than the one it is about', async () => {
      words().leave(`ended:${NAMESPACE}/a`);
      await firstValueFrom(tabWithWords().begin(session('b', 1)));

      expect(await firstValueFrom(tabWithWords().restore())).toMatchObject({ session: { sid: 'b' } });
    });

    it('does without it where localStorage is denied', async () => {
      const undo = denyGlobal('localStorage');
      const record = tabWithWords();
      await firstValueFrom(record.begin(session('a', 1)));
      await firstValueFrom(record.remove('a'));

      expect(await firstValueFrom(record.restore())).toMatchObject({ type: 'none', why: 'signedOut' });
      undo();
    });
  });

  it('race 45: gives a database that never answers up after 2 s, but for the restore', async () => {
    items.readWith = () => new Promise(() => undefined);
    let isRestored = false;
    tab(null)
      .restore()
      .subscribe(() => (isRestored = true));

    await expect(answered(tab(null).current())).rejects.toMatchObject({ code: 'storageError' });
    expect(isRestored).toBe(false);
  });
});
