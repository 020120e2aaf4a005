import type { KnownAdapter } from '../../src/lib/storage/known-adapter';
import { IndexedDbStorage } from '../../src/public-api';
import {
  asynchronousAdapter,
  FaultyItems,
  synchronousAdapter,
  type StorageFault,
  type StorageWatcher,
} from './faulty-storage';
import { HeldDatabase, inDatabase } from './held-database';
import type { StorageKind } from './scenario';
import type { WorldClock } from './world-clock';

/** All that one origin stores, of the kind a scenario names. Outlives pages. */
export class OriginStorage {
  fails = false;
  private readonly items: FaultyItems;
  private readonly database: HeldDatabase | null;

  constructor(
    private readonly kind: StorageKind,
    clock: WorldClock,
    private readonly watcher: StorageWatcher,
  ) {
    this.items = new FaultyItems(clock, watcher);
    this.database = kind.startsWith('own') ? null : new HeldDatabase(clock, watcher);
  }

  /** As a new page opens it. */
  open(): KnownAdapter {
    switch (this.kind) {
      case 'own':
        return synchronousAdapter(this.items, false);
      case 'ownLater':
        return asynchronousAdapter(this.items, false);
      case 'record':
        return new IndexedDbStorage();
      case 'recordAndValues':
        return { ...synchronousAdapter(this.items, true), ɵisLocalStorage: true };
      case 'recordAndLaterValues':
        return asynchronousAdapter(this.items, true);
    }
  }

  setFault(fault: StorageFault): void {
    this.fails = fault !== 'none';
    this.items.setFault(fault);
    this.database?.setFault(fault);
  }

  /** Lets everything happen that can happen now. */
  async settle(): Promise<void> {
    await allMicrotasks();
    while (this.database?.step() === true) await allMicrotasks();
  }

  get isWaiting(): boolean {
    return this.items.isWaiting || this.database?.isBusy === true;
  }

  get reads(): number {
    return this.items.reads + (this.database?.reads ?? 0);
  }

  async damage(how: 'corrupt' | 'clear'): Promise<void> {
    if (how === 'clear') this.items.clear();
    else this.items.corrupt();
    if (this.database === null) return;
    const done = inDatabase((store) => (how === 'clear' ? store.clear() : store.put('odd', RECORD_KEY)));
    await this.settle();
    await done;
  }

  /** All that is stored, as one text. */
  async content(): Promise<string> {
    if (this.database === null) return this.items.content;
    const all = inDatabase((store) => store.getAll());
    await this.settle();
    return this.items.content + JSON.stringify(await all);
  }

  close(): void {
    this.database?.close();
  }
}

const RECORD_KEY = 'record:client123';

/** Until every microtask that is queued, and those that it queues, is through. */
function allMicrotasks(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
