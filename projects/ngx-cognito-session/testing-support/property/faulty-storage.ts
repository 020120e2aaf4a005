import type { StorageAdapter } from '../../src/lib/storage/storage-adapter';
import type { WorldClock } from './world-clock';

export type StorageFault = 'none' | 'refusesWrites' | 'refusesReads' | 'refusesAll' | 'hangs';

/** From here on the library has given a storage up. */
export const STORAGE_PATIENCE_MS = 2000;

/** What all storages of the sequences tell the judge. */
export interface StorageWatcher {
  /** An operation failed, or took longer than the library waits. */
  storageFailed(): void;
}

interface WaitingCall {
  readonly sinceMs: number;
  readonly run: () => void;
}

/** The data of one origin in a storage that fails on command. Outlives pages. */
export class FaultyItems {
  readonly items = new Map<string, string>();
  readonly waiting: WaitingCall[] = [];
  /** How many reads have been answered. */
  reads = 0;
  private fault: StorageFault = 'none';

  constructor(
    private readonly clock: WorldClock,
    private readonly watcher: StorageWatcher,
  ) {}

  setFault(fault: StorageFault): void {
    this.fault = fault;
    if (fault !== 'hangs') this.release();
  }

  /** Lets the calls that wait go on, in their order. */
  release(): void {
    for (const { run, sinceMs } of this.waiting.splice(0)) {
      if (this.clock.device.monotonic() - sinceMs >= STORAGE_PATIENCE_MS) this.watcher.storageFailed();
      run();
    }
  }

  corrupt(): void {
    for (const key of this.items.keys()) this.items.set(key, '{"v":1,"sid":');
    this.watcher.storageFailed();
  }

  clear(): void {
    this.items.clear();
    this.watcher.storageFailed();
  }

  get isWaiting(): boolean {
    return this.waiting.length > 0;
  }

  get content(): string {
    return [...this.items.values()].join('\n');
  }

  call<T>(kind: 'read' | 'write', work: () => T): T {
    const isRefused =
      this.fault === 'refusesAll' || this.fault === (kind === 'read' ? 'refusesReads' : 'refusesWrites');
    if (isRefused) {
      this.watcher.storageFailed();
      throw new DOMException('There is no room.', 'QuotaExceededError');
    }
    if (kind === 'read') this.reads++;
    return work();
  }

  callLater<T>(kind: 'read' | 'write', work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () => {
        try {
          resolve(this.call(kind, work));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      if (this.fault === 'hangs') this.waiting.push({ sinceMs: this.clock.device.monotonic(), run });
      else run();
    });
  }
}

export function synchronousAdapter(data: FaultyItems, shared: boolean): StorageAdapter {
  return {
    shared,
    getItem: (key) => data.call('read', () => data.items.get(key) ?? null),
    setItem: (key, value) => {
      data.call('write', () => data.items.set(key, value));
    },
    removeItem: (key) => {
      data.call('write', () => data.items.delete(key));
    },
  };
}

export function asynchronousAdapter(data: FaultyItems, shared: boolean): StorageAdapter {
  return {
    shared,
    getItem: (key) => data.callLater('read', () => data.items.get(key) ?? null),
    setItem: (key, value) => data.callLater('write', () => void data.items.set(key, value)),
    removeItem: (key) => data.callLater('write', () => void data.items.delete(key)),
  };
}
