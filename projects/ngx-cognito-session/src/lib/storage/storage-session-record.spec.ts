import { TestBed } from '@angular/core/testing';
import { firstValueFrom, type Observable } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { authTokens, CLIENT_ID } from '../../../testing-support/test-tokens';
import { START_SECONDS } from '../../../testing-support/held-sessions';
import { CheckedConfig, SESSION_CONFIG_SOURCE } from '../config/checked-config';
import { ConfigHolder } from '../config/config-holder';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { LocalStorageAdapter } from './local-storage-adapter';
import { MemoryStorage } from './memory-storage';
import type { RecordReading } from './session-record';
import { SESSION_STORAGE } from './session-storage-token';
import type { StorageAdapter } from './storage-adapter';
import { StorageSessionRecord } from './storage-session-record';
import { serializeSession, type StoredSession } from './stored-session';

const NAMESPACE = `eu-west-1/${CLIENT_ID}`;
const NONE: RecordReading = { type: 'none' };

/** What a write gives that went well. */
const SAVED = { type: 'committed', unsaved: null, isShown: true };

function session(sid: string, gen = 1, iat = START_SECONDS): StoredSession {
  return { sid, gen, tokens: authTokens({ iat }) };
}

function reading(stored: StoredSession): RecordReading {
  return { type: 'session', session: stored };
}

function keyOf(sid: string): string {
  return `${NAMESPACE}/${sid}`;
}

/** The smallest adapter an app can write: no list of keys. */
class KeylessStorage implements StorageAdapter {
  readonly items = new Map<string, string>();

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }
}

/** The same over promises. */
class PromiseStorage implements StorageAdapter {
  readonly items = new Map<string, string>();

  async getItem(key: string): Promise<string | null> {
    return Promise.resolve(this.items.get(key) ?? null);
  }

  async setItem(key: string, value: string): Promise<void> {
    await Promise.resolve();
    this.items.set(key, value);
  }

  async removeItem(key: string): Promise<void> {
    await Promise.resolve();
    this.items.delete(key);
  }
}

class PromiseStorageWithKeys extends PromiseStorage {
  async keys(): Promise<readonly string[]> {
    return Promise.resolve([...this.items.keys()]);
  }
}

/** Answers when `time` has passed the delay. */
class SlowStorage extends MemoryStorage {
  constructor(
    private readonly time: ManualTime,
    private readonly delays: { get?: number; set?: number; remove?: number },
  ) {
    super();
  }

  private after<T>(delay: number, value: () => T): T {
    return new Promise<T>((resolve) => {
      this.time.scheduler.schedule(() => resolve(value()), delay);
    }) as T;
  }

  override getItem(key: string): string | null {
    const { get } = this.delays;
    return get === undefined ? super.getItem(key) : this.after(get, () => super.getItem(key));
  }

  override setItem(key: string, value: string): void {
    const { set } = this.delays;
    if (set === undefined) super.setItem(key, value);
    else return this.after(set, () => super.setItem(key, value));
  }

  override removeItem(key: string): void {
    const { remove } = this.delays;
    if (remove === undefined) super.removeItem(key);
    else return this.after(remove, () => super.removeItem(key));
  }
}

function recordOver(adapter: StorageAdapter, time = new ManualTime()): StorageSessionRecord {
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({
    providers: [
      StorageSessionRecord,
      CheckedConfig,
      ConfigHolder,
      { provide: SESSION_CONFIG_SOURCE, useValue: { region: 'eu-west-1', clientId: CLIENT_ID } },
      { provide: SESSION_STORAGE, useValue: adapter },
      { provide: SESSION_SCHEDULER, useValue: time.scheduler },
    ],
  });
  return TestBed.inject(StorageSessionRecord);
}

/** What came so far: values, an error's code. */
function watch(source: Observable<unknown>): unknown[] {
  const seen: unknown[] = [];
  source.subscribe({
    next: (value) => seen.push(value),
    error: (error: { code: unknown }) => seen.push(`error ${String(error.code)}`),
  });
  return seen;
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

const ADAPTERS: readonly (readonly [string, () => StorageAdapter])[] = [
  ['MemoryStorage', () => new MemoryStorage()],
  ['LocalStorageAdapter', () => new LocalStorageAdapter()],
  ['an adapter with three methods', () => new KeylessStorage()],
  ['an adapter of promises', () => new PromiseStorage()],
  ['an adapter of promises with keys', () => new PromiseStorageWithKeys()],
];

describe.each(ADAPTERS)('the record over %s', (_, adapterOf) => {
  let adapter: StorageAdapter;
  let record: StorageSessionRecord;

  beforeEach(() => {
    localStorage.clear();
    adapter = adapterOf();
    record = recordOver(adapter);
  });

  it('holds nothing at first', async () => {
    expect(await firstValueFrom(record.restore())).toEqual(NONE);
    expect(await firstValueFrom(record.read('sid-1'))).toEqual(NONE);
  });

  it.each([
    ['a session', session('a')],
    [
      'tokens of 10 kB and text beyond ASCII',
      { ...session('a'), tokens: { ...session('a').tokens, idToken: `Zoë 😀 ${'x'.repeat(10_240)}` } },
    ],
  ])('gives back %s after a reload', async (_name, stored) => {
    expect(await firstValueFrom(record.begin(stored))).toEqual(SAVED);

    const reloaded = recordOver(adapter);

    expect(await firstValueFrom(reloaded.restore())).toEqual(reading(stored));
    expect(await firstValueFrom(reloaded.read('a'))).toEqual(reading(stored));
    expect(await adapter.getItem(keyOf('a'))).toBe(serializeSession(stored));
  });

  it('keeps renewed tokens', async () => {
    await firstValueFrom(record.begin(session('a')));

    const outcome = await firstValueFrom(record.commit(session('a', 2)));

    expect(outcome).toEqual({ type: 'committed', unsaved: null, isShown: true });
    expect(await firstValueFrom(recordOver(adapter).restore())).toEqual(reading(session('a', 2)));
  });

  it.each([2, 3])('keeps what was committed first: generation %i', async (gen) => {
    await firstValueFrom(record.begin(session('a', gen)));

    const outcome = await firstValueFrom(record.commit(session('a', 2, START_SECONDS + 1)));

    expect(outcome).toEqual({ type: 'superseded', by: session('a', gen), dropped: null });
    expect(await firstValueFrom(record.read('a'))).toEqual(reading(session('a', gen)));
  });

  it('drops renewed tokens of a session that has been removed', async () => {
    await firstValueFrom(record.begin(session('a')));
    await firstValueFrom(record.remove('a'));

    expect(await firstValueFrom(record.commit(session('a', 2)))).toEqual({ type: 'gone' });
    expect(await firstValueFrom(record.restore())).toEqual(NONE);
  });

  it('restores the later sign-in if two are stored', async () => {
    await firstValueFrom(record.begin(session('a', 7, START_SECONDS + 10)));
    await firstValueFrom(record.begin(session('b', 1, START_SECONDS + 20)));
    await firstValueFrom(record.begin(session('c', 9, START_SECONDS)));

    expect(await firstValueFrom(record.restore())).toEqual(reading(session('b', 1, START_SECONDS + 20)));
  });

  it('keeps one session and gives back the others', async () => {
    for (const sid of ['a', 'b', 'c']) await firstValueFrom(record.begin(session(sid)));

    const removed = await firstValueFrom(record.keepOnly('b'));

    expect(removed).toEqual([session('a'), session('c')]);
    expect(await firstValueFrom(record.restore())).toEqual(reading(session('b')));
    expect(await firstValueFrom(record.read('a'))).toEqual(NONE);
  });

  it('keeps none', async () => {
    for (const sid of ['a', 'b']) await firstValueFrom(record.begin(session(sid)));

    expect(await firstValueFrom(record.keepOnly(null))).toHaveLength(2);
    expect(await firstValueFrom(record.restore())).toEqual(NONE);
  });

  it('removes one session and no other', async () => {
    for (const sid of ['a', 'b']) await firstValueFrom(record.begin(session(sid)));

    await firstValueFrom(record.remove('a'));

    expect(await firstValueFrom(record.restore())).toEqual(reading(session('b')));
  });

  it('removes what is not there without complaint', async () => {
    expect(await firstValueFrom(record.remove('a'))).toEqual([]);
    expect(await firstValueFrom(record.keepOnly(null))).toEqual([]);
  });

  it('leaves a value of the future alone', async () => {
    await firstValueFrom(record.begin(session('a')));
    await adapter.setItem(keyOf('a'), '{"v":2}');

    expect(await firstValueFrom(record.restore())).toEqual({ type: 'future' });
    expect(await firstValueFrom(record.keepOnly('b'))).toEqual([]);

    expect(await adapter.getItem(keyOf('a'))).toBe('{"v":2}');
  });

  it('reports a corrupt value, and removes it with the next session', async () => {
    await firstValueFrom(record.begin(session('a')));
    await adapter.setItem(keyOf('a'), '{"v":1');

    expect(await firstValueFrom(record.restore())).toEqual({ type: 'corrupt' });
    expect(await firstValueFrom(record.keepOnly('b'))).toEqual([]);

    expect(await adapter.getItem(keyOf('a'))).toBeNull();
  });

  it('calls a value corrupt that lies under the key of another session', async () => {
    await firstValueFrom(record.begin(session('a')));
    await adapter.setItem(keyOf('a'), serializeSession(session('b')));

    expect(await firstValueFrom(record.restore())).toEqual({ type: 'corrupt' });
  });

  it('prefers a session to a corrupt value', async () => {
    for (const sid of ['a', 'b']) await firstValueFrom(record.begin(session(sid)));
    await adapter.setItem(keyOf('a'), 'x');

    expect(await firstValueFrom(record.restore())).toEqual(reading(session('b')));
  });

  it('touches only keys of its own', async () => {
    const foreign = [
      'amplify',
      NAMESPACE.slice(0, -1),
      `${NAMESPACE}4/sid`,
      'eu-west-1/other/sid',
      `x${NAMESPACE}/sid`,
    ];
    for (const key of foreign) await adapter.setItem(key, 'foreign');
    localStorage.setItem('other:thing', 'foreign');

    await firstValueFrom(record.begin(session('a')));
    await firstValueFrom(record.keepOnly(null));
    await firstValueFrom(record.remove('a'));

    for (const key of foreign) expect(await adapter.getItem(key)).toBe('foreign');
    expect(localStorage.getItem('other:thing')).toBe('foreign');
  });
});

describe('the record over a synchronous storage', () => {
  it('answers at once and leaves no timer', () => {
    const time = new ManualTime();
    const record = recordOver(new MemoryStorage(), time);

    expect(watch(record.begin(session('a')))).toEqual([SAVED]);
    expect(watch(record.read('a'))).toEqual([reading(session('a'))]);
    expect(watch(record.restore())).toEqual([reading(session('a'))]);
    expect(watch(record.commit(session('a', 2)))).toEqual([
      { type: 'committed', unsaved: null, isShown: true },
    ]);
    expect(watch(record.remove('a'))).toEqual([[session('a', 2)]]);
    time.advance(0);
    expect(time.armedTimers).toBe(0);
  });
});

describe('the record over a storage without a list of keys', () => {
  it('leaves nothing behind when the last session is removed', () => {
    const storage = new KeylessStorage();
    const record = recordOver(storage);
    watch(record.begin(session('a')));
    watch(record.begin(session('b')));
    expect(storage.items.size).toBe(3);

    watch(record.remove('a'));
    watch(record.remove('b'));

    expect([...storage.items.keys()]).toEqual([]);
  });

  it.each(['', 'x', '{}', 'null', '[1,null]'])('survives a broken list: %j', (list) => {
    const storage = new KeylessStorage();
    storage.setItem(NAMESPACE, list);
    const record = recordOver(storage);

    expect(watch(record.restore())).toEqual([NONE]);
    watch(record.begin(session('a')));
    expect(watch(record.restore())).toEqual([reading(session('a'))]);
  });

  it('removes no foreign key that its list names', () => {
    const storage = new KeylessStorage();
    storage.setItem('amplify', 'foreign');
    storage.setItem('eu-west-1/other/sid', 'foreign');
    storage.setItem(NAMESPACE, JSON.stringify(['amplify', 'eu-west-1/other/sid', keyOf('a')]));
    const record = recordOver(storage);
    watch(record.begin(session('a')));

    expect(watch(record.keepOnly(null))).toEqual([[session('a')]]);

    expect([storage.getItem('amplify'), storage.getItem('eu-west-1/other/sid')]).toEqual([
      'foreign',
      'foreign',
    ]);
  });

  it('finds a session that was stored while another one was being removed', async () => {
    const storage = new PromiseStorage();
    const record = recordOver(storage);
    await firstValueFrom(record.begin(session('a')));

    await Promise.all([firstValueFrom(record.remove('a')), firstValueFrom(record.begin(session('b')))]);

    expect(await firstValueFrom(recordOver(storage).restore())).toEqual(reading(session('b')));
  });

  it('is not held up for ever by a call that hangs', async () => {
    const time = new ManualTime();
    const storage = new PromiseStorage();
    const record = recordOver(storage, time);
    const getItem = storage.getItem.bind(storage);
    storage.getItem = () => new Promise(() => undefined);
    watch(record.begin(session('a')));
    storage.getItem = getItem;
    const waiting = watch(record.begin(session('b')));

    time.advance(1000);
    await settle();
    expect(waiting).toEqual([]);
    time.advance(1000);
    await settle();

    const later = watch(record.begin(session('c')));
    await settle();
    expect(later).toEqual([SAVED]);
  });
});

describe('the record over a storage that refuses', () => {
  class RefusingStorage extends MemoryStorage {
    refuses: 'nothing' | 'writing' | 'everything' = 'nothing';

    override getItem(key: string): string | null {
      if (this.refuses === 'everything') throw new DOMException('Denied.', 'SecurityError');
      return super.getItem(key);
    }

    override setItem(key: string, value: string): void {
      if (this.refuses !== 'nothing') throw new DOMException(`Quota: ${value}`, 'QuotaExceededError');
      super.setItem(key, value);
    }

    override removeItem(key: string): void {
      if (this.refuses === 'everything') throw new DOMException('Denied.', 'SecurityError');
      super.removeItem(key);
    }
  }

  const REFUSED = expect.objectContaining({ code: 'storageError' });

  it.each(['writing', 'everything'] as const)('lives on in memory when it refuses %s', (refuses) => {
    const storage = new RefusingStorage();
    const record = recordOver(storage);
    watch(record.begin(session('a')));
    storage.refuses = refuses;

    expect(watch(record.commit(session('a', 2)))).toEqual([
      { type: 'committed', unsaved: REFUSED, isShown: false },
    ]);

    // Whether it still counts is for the storage to say; going on with it is not.
    const held = reading(session('a', 2));
    expect(watch(record.read('a'))).toEqual([refuses === 'writing' ? held : 'error storageError']);
    expect(watch(record.commit(session('a', 3)))).toEqual([
      { type: 'committed', unsaved: REFUSED, isShown: false },
    ]);
    expect(watch(record.commit(session('a', 3)))[0]).not.toMatchObject({ type: 'gone' });
  });

  it('removes with the next session what the storage refused to give up before', () => {
    const storage = new RefusingStorage();
    const record = recordOver(storage);
    watch(record.begin(session('a')));
    watch(record.begin(session('b')));
    storage.refuses = 'everything';
    watch(record.keepOnly('b'));
    storage.refuses = 'nothing';

    expect(watch(record.remove('b'))).toEqual([[session('b'), session('a')]]);

    expect(watch(record.restore())).toEqual([{ type: 'none' }]);
  });

  it('lives on in memory if not even the first tokens can be written', () => {
    const storage = new RefusingStorage();
    storage.refuses = 'writing';
    const record = recordOver(storage);

    expect(watch(record.begin(session('a')))).toEqual([
      { type: 'committed', unsaved: REFUSED, isShown: false },
    ]);

    expect(watch(record.read('a'))).toEqual([reading(session('a'))]);
    expect(watch(record.commit(session('a', 1)))).toEqual([
      { type: 'committed', unsaved: REFUSED, isShown: false },
    ]);
  });

  it('shows no token in its error', () => {
    const storage = new RefusingStorage();
    storage.refuses = 'writing';
    const [error] = watch(recordOver(storage).begin(session('a')));

    expect(JSON.stringify(error)).not.toContain(session('a').tokens.accessToken);
    expect(String((error as Error).cause)).not.toContain('refresh-1');
  });

  it('goes on with what it could not write only until it can write again', () => {
    const storage = new RefusingStorage();
    const record = recordOver(storage);
    watch(record.begin(session('a')));
    storage.refuses = 'writing';
    watch(record.commit(session('a', 2)));
    storage.refuses = 'nothing';

    expect(watch(record.commit(session('a', 3)))).toEqual([
      { type: 'committed', unsaved: null, isShown: true },
    ]);

    storage.removeItem(keyOf('a'));
    expect(watch(record.read('a'))).toEqual([NONE]);
  });

  it('prefers what another tab has stored meanwhile', () => {
    const storage = new RefusingStorage();
    const record = recordOver(storage);
    watch(record.begin(session('a')));
    storage.refuses = 'writing';
    watch(record.commit(session('a', 2)));
    storage.refuses = 'nothing';
    storage.setItem(keyOf('a'), serializeSession(session('a', 2, START_SECONDS + 5)));

    expect(watch(record.read('a'))).toEqual([reading(session('a', 2, START_SECONDS + 5))]);
  });

  it.each<readonly [string, (record: StorageSessionRecord) => Observable<unknown>]>([
    ['remove', (record) => record.remove('a')],
    ['keepOnly', (record) => record.keepOnly('b')],
    ['keepOnly none', (record) => record.keepOnly(null)],
  ])('forgets what it holds in memory on %s', (_, end) => {
    const storage = new RefusingStorage();
    const record = recordOver(storage);
    storage.refuses = 'writing';
    watch(record.begin(session('a')));
    storage.refuses = 'nothing';

    watch(end(record));

    expect(watch(record.read('a'))).toEqual([NONE]);
  });

  it('holds on to what it has in memory of the session that is kept', () => {
    const storage = new RefusingStorage();
    const record = recordOver(storage);
    storage.refuses = 'writing';
    watch(record.begin(session('a')));

    watch(record.keepOnly('a'));
    watch(record.remove('b'));

    expect(watch(record.read('a'))).toEqual([reading(session('a'))]);
  });

  it('gives what is in memory for its own session alone', () => {
    const storage = new RefusingStorage();
    const record = recordOver(storage);
    storage.refuses = 'everything';
    watch(record.begin(session('a')));

    expect(watch(record.read('b'))).toEqual(['error storageError']);
  });

  it.each<readonly [string, (record: StorageSessionRecord) => Observable<unknown>]>([
    ['restore', (record) => record.restore()],
    ['read', (record) => record.read('a')],
    ['keepOnly', (record) => record.keepOnly(null)],
    ['remove', (record) => record.remove('a')],
  ])('fails to %s if nothing can be read or removed', (_, use) => {
    const storage = new RefusingStorage();
    storage.setItem(keyOf('a'), serializeSession(session('a')));
    storage.refuses = 'everything';

    expect(watch(use(recordOver(storage)))).toEqual(['error storageError']);
  });

  it('fails alike if an adapter of promises rejects', async () => {
    const rejecting = {
      getItem: () => Promise.reject(new Error('x')),
      setItem: () => Promise.reject(new Error('x')),
      removeItem: () => Promise.reject(new Error('x')),
    };
    const record = recordOver(rejecting);

    const seen = [watch(record.restore()), watch(record.read('a')), watch(record.remove('a'))];
    const begun = watch(record.begin(session('a')));
    await settle();

    expect(seen).toEqual([['error storageError'], ['error storageError'], ['error storageError']]);
    expect(begun).toEqual([{ type: 'committed', unsaved: REFUSED, isShown: false }]);
  });
});

describe('the record over a slow storage', () => {
  /** Piece by piece, so that promises resolve in between. */
  async function after(ms: number, time: ManualTime): Promise<void> {
    await settle();
    for (let left = ms; left > 0; left -= 1900) {
      time.advance(Math.min(left, 1900));
      await settle();
    }
  }

  it.each([
    [1900, [NONE]],
    [2001, ['error storageError']],
    [60_000, ['error storageError']],
  ])('takes an answer to a read after %i ms: %j', async (delay, expected) => {
    const time = new ManualTime();
    const seen = watch(recordOver(new SlowStorage(time, { get: delay }), time).read('a'));

    await after(1999, time);
    await after(1, time);
    await after(60_000, time);

    expect(seen).toEqual(expected);
    expect(time.armedTimers).toBe(0);
  });

  it('waits for a restore as long as it takes', async () => {
    const time = new ManualTime();
    const storage = new SlowStorage(time, { get: 60_000 });
    storage.setItem(keyOf('a'), serializeSession(session('a')));
    const seen = watch(recordOver(storage, time).restore());

    await after(59_999, time);
    expect(seen).toEqual([]);
    await after(1, time);

    expect(seen).toEqual([reading(session('a'))]);
  });

  it.each([
    [1900, null],
    [2001, expect.objectContaining({ code: 'storageError' })],
  ])('lives on in memory if writing takes too long: %i ms', async (delay, unsaved) => {
    const time = new ManualTime();
    const record = recordOver(new SlowStorage(time, { set: delay }), time);
    const seen = watch(record.begin(session('a')));

    await after(2000, time);

    expect(seen).toEqual([{ type: 'committed', unsaved, isShown: unsaved === null }]);
    expect(watch(record.read('a'))).toEqual([reading(session('a'))]);
  });

  it.each([
    [1900, [[]]],
    [2001, ['error storageError']],
  ])('gives a removal up that takes too long: %i ms', async (delay, expected) => {
    const time = new ManualTime();
    const seen = watch(recordOver(new SlowStorage(time, { remove: delay }), time).remove('a'));

    await after(2000, time);

    expect(seen).toEqual(expected);
  });

  it('does not lose tokens for a read that takes too long', async () => {
    const time = new ManualTime();
    const storage = new SlowStorage(time, { get: 5000 });
    const record = recordOver(storage, time);
    const seen = watch(record.commit(session('a', 2)));

    await after(2000, time);

    expect(seen).toEqual([
      { type: 'committed', unsaved: expect.objectContaining({ code: 'storageError' }), isShown: false },
    ]);
  });
});
