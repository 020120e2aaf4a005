import { MemoryStorage } from '../src/lib/storage/memory-storage';
import type { StorageAdapter } from '../src/lib/storage/storage-adapter';

/** A storage that counts what is written, and answers by promise if asked to. */
export class CountingStorage implements StorageAdapter {
  /** As with memory: the page lives alone, without a record. */
  readonly shared: boolean = false;
  readonly writes: { readonly key: string; readonly value: string }[] = [];
  readonly removals: string[] = [];
  private readonly inner = new MemoryStorage();
  private readonly writeWaiters: (() => void)[] = [];

  /** Resolves with the next write. */
  nextWrite(): Promise<void> {
    return new Promise((resolve) => this.writeWaiters.push(resolve));
  }

  getItem(key: string): string | null {
    return this.inner.getItem(key);
  }

  setItem(key: string, value: string): void {
    this.writes.push({ key, value });
    this.inner.setItem(key, value);
    for (const resolve of this.writeWaiters.splice(0)) resolve();
  }

  removeItem(key: string): void {
    this.removals.push(key);
    this.inner.removeItem(key);
  }

  /** The keys that have a value. */
  keys(): readonly string[] {
    const written = new Set(this.writes.map(({ key }) => key));
    return [...written].filter((key) => this.inner.getItem(key) !== null);
  }

  /** Everything that is in it, as one text. */
  get content(): string {
    return this.keys()
      .map((key) => `${key}=${this.getItem(key) ?? ''}`)
      .join('\n');
  }
}

/** A storage whose answers wait until they are let go. */
export class HeldStorage implements StorageAdapter {
  readonly shared: boolean = false;
  private readonly waiting: (() => void)[] = [];
  private isOpen = true;

  constructor(readonly inner: CountingStorage = new CountingStorage()) {}

  /** From now on nothing is answered until `release`. */
  hold(): void {
    this.isOpen = false;
  }

  release(): void {
    this.isOpen = true;
    for (const go of this.waiting.splice(0)) go();
  }

  get waitingCalls(): number {
    return this.waiting.length;
  }

  getItem(key: string): Promise<string | null> {
    return this.answer(() => this.inner.getItem(key));
  }

  setItem(key: string, value: string): Promise<void> {
    return this.answer(() => {
      this.inner.setItem(key, value);
    });
  }

  removeItem(key: string): Promise<void> {
    return this.answer(() => {
      this.inner.removeItem(key);
    });
  }

  keys(): Promise<readonly string[]> {
    return this.answer(() => this.inner.keys());
  }

  private answer<T>(call: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const go = () => {
        try {
          resolve(call());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      if (this.isOpen) go();
      else this.waiting.push(go);
    });
  }
}
