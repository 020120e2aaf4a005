import { IDBDatabase as FakeDatabase, IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { FakeLockManager } from '../../ngx-cognito-session/testing-support/fake-lock-manager';
import { FakeTabChannels } from '../../ngx-cognito-session/testing-support/fake-tab-channels';
import { replaceProperty } from '../../ngx-cognito-session/testing-support/replaced-global';

/** What the pages of an origin have asked of their browser. */
export interface BrowserCounts {
  /** Read-only transactions of IndexedDB. */
  databaseReads: number;
  /** Read-write transactions of IndexedDB. */
  databaseWrites: number;
  /** Calls of `localStorage` that read items or keys. */
  storageReads: number;
  /** Calls of `localStorage` that write or remove items. */
  storageWrites: number;
  /** Messages that pages have sent to the others. */
  messages: number;
  /** Requests for Web Locks, and looks at those that are held. */
  locks: number;
}

const READS = ['getItem', 'key'] as const;
const WRITES = ['setItem', 'removeItem', 'clear'] as const;

/** The storages, locks and channels that the pages of one origin share, counted. They take the place of the globals until `close`. */
export class CountedBrowser {
  readonly counts: BrowserCounts = {
    databaseReads: 0,
    databaseWrites: 0,
    storageReads: 0,
    storageWrites: 0,
    messages: 0,
    locks: 0,
  };
  readonly channels = new FakeTabChannels();
  readonly locks: LockManager = new CountedLocks(() => this.counts.locks++);
  #openTransactions = 0;
  readonly #undo: (() => void)[];

  constructor() {
    localStorage.clear();
    this.#undo = [
      replaceProperty(globalThis, 'indexedDB', { value: new IDBFactory() }),
      replaceProperty(globalThis, 'IDBKeyRange', { value: IDBKeyRange }),
      this.#countTransactions(),
      ...READS.map((name) => countCalls(Storage.prototype, name, () => this.counts.storageReads++)),
      ...WRITES.map((name) => countCalls(Storage.prototype, name, () => this.counts.storageWrites++)),
    ];
  }

  /** Whether no transaction is open. */
  get isQuiet(): boolean {
    return this.#openTransactions === 0;
  }

  close(): void {
    for (const undo of this.#undo.reverse()) undo();
    localStorage.clear();
  }

  #countTransactions(): () => void {
    const { counts } = this;
    const opened = () => this.#openTransactions++;
    const ended = () => this.#openTransactions--;
    const original: unknown = Reflect.get(FakeDatabase.prototype, 'transaction');
    return replaceProperty(FakeDatabase.prototype, 'transaction', {
      value: function (this: unknown, ...args: Parameters<IDBDatabase['transaction']>): IDBTransaction {
        const transaction = apply(original, this, args) as IDBTransaction;
        // An upgrade is not counted: no page has its database yet.
        if (transaction.mode === 'versionchange') return transaction;
        if (transaction.mode === 'readonly') counts.databaseReads++;
        else counts.databaseWrites++;
        opened();
        for (const end of ['complete', 'abort']) transaction.addEventListener(end, ended);
        return transaction;
      },
    });
  }
}

class CountedLocks extends FakeLockManager {
  constructor(private readonly counted: () => void) {
    super();
  }

  override request<T>(...args: unknown[]): Promise<T> {
    this.counted();
    return apply(super.request.bind(this), this, args) as Promise<T>;
  }

  override query(): Promise<LockManagerSnapshot> {
    this.counted();
    return super.query();
  }
}

/** Calls `counted` whenever a method is called; gives back what ends that. */
function countCalls(target: object, name: string, counted: () => void): () => void {
  const original: unknown = Reflect.get(target, name);
  return replaceProperty(target, name, {
    value: function (this: unknown, ...args: unknown[]): unknown {
      counted();
      return apply(original, this, args);
    },
  });
}

function apply(method: unknown, target: unknown, args: readonly unknown[]): unknown {
  if (typeof method !== 'function') throw new Error('It is not a method.');
  return Reflect.apply(method, target, args) as unknown;
}
