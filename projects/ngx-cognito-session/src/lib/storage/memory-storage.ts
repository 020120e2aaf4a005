import type { StorageAdapter } from './storage-adapter';

/**
 * Keeps everything in this page's memory: lost with a reload, not visible to other tabs. The default.
 *
 * ```ts
 * provideSession(config, withStorage(() => new MemoryStorage()));
 * ```
 */
export class MemoryStorage implements StorageAdapter {
  /** Every page has a memory of its own. */
  readonly shared = false;
  readonly #items = new Map<string, string>();

  /** The value, or null if there is none. */
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  /** Never fails: the value is there until the page is left. */
  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }

  /** Removes the value, if there is one. */
  removeItem(key: string): void {
    this.#items.delete(key);
  }
}
