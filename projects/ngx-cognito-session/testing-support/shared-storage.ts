import type { StorageAdapter } from '../src/lib/storage/storage-adapter';

/** A storage of the app that all tabs share. It answers by promise. */
export class SharedStorage implements StorageAdapter {
  readonly shared = true;
  readonly coherent = true;
  /** Whether a read fails from now on. */
  failsReads = false;
  /** How often it was read, failures included. */
  reads = 0;
  /** Called before a write is visible. */
  beforeWrite: () => Promise<void> = () => Promise.resolve();
  /** Called when a write is visible, before it is reported. */
  afterWrite: () => Promise<void> = () => Promise.resolve();

  constructor(private readonly items = new Map<string, string>()) {}

  async getItem(key: string): Promise<string | null> {
    this.reads++;
    await Promise.resolve();
    if (this.failsReads) throw new Error('The storage cannot be read.');
    return this.items.get(key) ?? null;
  }

  async setItem(key: string, value: string): Promise<void> {
    await this.beforeWrite();
    this.items.set(key, value);
    await this.afterWrite();
  }

  removeItem(key: string): Promise<void> {
    this.items.delete(key);
    return Promise.resolve();
  }

  clear(): void {
    this.items.clear();
  }

  /** The same items, as another tab has them. */
  ofAnotherTab(): SharedStorage {
    return new SharedStorage(this.items);
  }

  /** The next write waits until the returned function is called. */
  holdNextWrite(): () => void {
    let open = () => {};
    const held = new Promise<void>((resolve) => (open = resolve));
    this.beforeWrite = () => {
      this.beforeWrite = () => Promise.resolve();
      return held;
    };
    return () => open();
  }
}
