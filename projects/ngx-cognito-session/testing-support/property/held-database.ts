import { IDBDatabase as FakeDatabase, IDBFactory, IDBObjectStore as FakeStore } from 'fake-indexeddb';
import { replaceProperty } from '../replaced-global';
import { STORAGE_PATIENCE_MS, type StorageFault, type StorageWatcher } from './faulty-storage';
import type { WorldClock } from './world-clock';

type Task = () => void;

const DATABASE = 'cognito-session';
const STORE = 'items';

/**
 * IndexedDB whose steps are taken when the sequence says so: fake-indexeddb asks the page for a task after each step, and
 * that task waits here. No real time, and faults on command.
 */
export class HeldDatabase {
  private tasks: Task[] = [];
  private fault: StorageFault = 'none';
  private hangsSinceMs: number | null = null;
  private readonly undo: (() => void)[];
  /** How many transactions have been begun that could read. */
  reads = 0;

  constructor(
    private readonly clock: WorldClock,
    private readonly watcher: StorageWatcher,
  ) {
    const queue = (task: Task) => {
      this.tasks.push(task);
      if (this.fault === 'hangs') this.hangsSinceMs ??= this.clock.device.monotonic();
    };
    this.undo = [
      replaceProperty(globalThis, 'setImmediate', { value: queue }),
      replaceProperty(globalThis, 'indexedDB', { value: new IDBFactory() }),
      this.refuse(FakeDatabase.prototype, 'transaction', ['refusesReads', 'refusesAll'], 'UnknownError'),
      this.refuse(FakeStore.prototype, 'put', ['refusesWrites'], 'QuotaExceededError'),
    ];
  }

  setFault(fault: StorageFault): void {
    this.tellOfHanging();
    this.fault = fault;
    if (fault !== 'hangs') this.hangsSinceMs = null;
  }

  get isBusy(): boolean {
    return this.tasks.length > 0;
  }

  get hangs(): boolean {
    return this.fault === 'hangs';
  }

  /** Takes the next step, if the database is not stopped. */
  step(): boolean {
    this.tellOfHanging();
    if (this.fault === 'hangs') return false;
    const task = this.tasks.shift();
    task?.();
    return task !== undefined;
  }

  close(): void {
    for (const undo of this.undo) undo();
  }

  private tellOfHanging(): void {
    const { hangsSinceMs } = this;
    if (hangsSinceMs !== null && this.clock.device.monotonic() - hangsSinceMs >= STORAGE_PATIENCE_MS)
      this.watcher.storageFailed();
  }

  private refuse(
    prototype: object,
    name: string,
    faults: readonly StorageFault[],
    error: string,
  ): () => void {
    const original = (prototype as Readonly<Record<string, (...args: unknown[]) => unknown>>)[name];
    const isRefused = () => faults.includes(this.fault);
    const tell = () => {
      this.watcher.storageFailed();
    };
    const count = () => {
      if (name === 'transaction') this.reads++;
    };
    return replaceProperty(prototype, name, {
      writable: true,
      value(this: unknown, ...args: unknown[]): unknown {
        if (isRefused()) {
          tell();
          throw new DOMException('Not now.', error);
        }
        count();
        return original?.apply(this, args);
      },
    });
  }
}

/** One look at, or change of, what lies in the database; past all faults, when the sequence next takes its steps. */
export function inDatabase(work: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    const fail = () => {
      reject(new Error('The database does not answer.'));
    };
    opening.onerror = fail;
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => {
      const database = opening.result;
      const request = work(database.transaction(STORE, 'readwrite').objectStore(STORE));
      request.onerror = fail;
      request.onsuccess = () => {
        database.close();
        resolve(request.result);
      };
    };
  });
}
