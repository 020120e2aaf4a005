import { DEFAULT_DATABASE } from './default-database';
import type { IndexedDbItems } from './indexed-db-items';
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
  private opened: Promise<IndexedDbItems> | null = null;

  constructor(options: { name?: string } = {}) {
    this.name = options.name ?? DEFAULT_DATABASE;
    this.ɵdatabase = this.name;
  }

  /** The value, or null if there is none. */
  async getItem(key: string): Promise<string | null> {
    const value = await (await this.items()).read(ITEM_PREFIX + key);
    return typeof value === 'string' ? value : null;
  }

  /** Resolves once the value is on disk; whole or not at all. */
  async setItem(key: string, value: string): Promise<void> {
    await (await this.items()).change(ITEM_PREFIX + key, () => ({ type: 'put', value, result: undefined }));
  }

  /** Resolves once the value is gone. */
  async removeItem(key: string): Promise<void> {
    await (await this.items()).change(ITEM_PREFIX + key, () => ({ type: 'delete', result: undefined }));
  }

  /** The keys present. */
  async keys(): Promise<readonly string[]> {
    const keys = await (await this.items()).keys();
    return keys.filter((key) => key.startsWith(ITEM_PREFIX)).map((key) => key.slice(ITEM_PREFIX.length));
  }

  /** Loaded when it is needed: with this storage the session itself never is, it talks to the database on its own. */
  private async items(): Promise<IndexedDbItems> {
    this.opened ??= import('./indexed-db-items').then((room) => new room.IndexedDbItems(this.name));
    try {
      return await this.opened;
    } catch (error) {
      this.opened = null;
      throw error;
    }
  }
}
