import { DEFAULT_DATABASE } from './default-names';
import { DELETE, IndexedDbItems } from './indexed-db-items';
import type { StorageAdapter } from './storage-adapter';

/** Sets the items apart from everything else that lies in the same database. */
const ITEM_PREFIX = 'item:';

/**
 * Keeps items in IndexedDB: they survive a reload and the end of the browser, and every tab and every script of this
 * origin reads them. The only storage in which a read after another tab's completed write always sees it. Nothing is
 * opened before the first call; a database that was deleted or closed meanwhile is opened again.
 *
 * ```ts
 * provideSession(config, withStorage(() => new IndexedDbStorage({ name: 'my-app-session' })));
 * ```
 */
export class IndexedDbStorage implements StorageAdapter {
  /** A read after another tab's completed write always sees it. */
  readonly coherent = true;
  /** Name of the database. Default `cognito-session`. */
  readonly name: string;
  /** Tells the library, which keeps its record in a database, that the tokens may lie in there as well. */
  readonly ɵdatabase: string;
  readonly #items: IndexedDbItems;

  constructor(options: { name?: string } = {}) {
    this.name = this.ɵdatabase = options.name ?? DEFAULT_DATABASE;
    this.#items = new IndexedDbItems(this.name);
  }

  /** The value, or null if there is none. */
  async getItem(key: string): Promise<string | null> {
    const value = await this.#items.read(ITEM_PREFIX + key);
    return typeof value === 'string' ? value : null;
  }

  /** Resolves once the value is on disk; whole or not at all. */
  setItem(key: string, value: string): Promise<void> {
    return this.#items.change(ITEM_PREFIX + key, () => [value, undefined]);
  }

  /** Resolves once the value is gone. */
  removeItem(key: string): Promise<void> {
    return this.#items.change(ITEM_PREFIX + key, () => [DELETE, undefined]);
  }
}
