import type { StorageAdapter } from './storage-adapter';
import { DEFAULT_WEB_STORAGE_PREFIX } from './default-names';

/**
 * Keeps items in `localStorage`, each key behind a prefix (default `cognito-session:`): they survive a reload and the end of
 * the browser, and every tab and every script of this origin reads them. Touches no other key. Throws where the browser
 * does, access denied or quota exceeded, and not on construction.
 *
 * ```ts
 * provideSession(config, withStorage(() => new LocalStorageAdapter('my-app:')));
 * ```
 */
export class LocalStorageAdapter implements StorageAdapter {
  /** Tells the library that the record goes to IndexedDB, and a copy of it here. */
  readonly ɵisLocalStorage = true;

  constructor(private readonly prefix = DEFAULT_WEB_STORAGE_PREFIX) {}

  /** The value, or null if there is none. Another tab's last write may not be seen yet. */
  getItem(key: string): string | null {
    return localStorage.getItem(this.prefix + key);
  }

  /** Writes the value, whole or not at all. */
  setItem(key: string, value: string): void {
    localStorage.setItem(this.prefix + key, value);
  }

  /** Removes the value, if there is one, for every tab. */
  removeItem(key: string): void {
    localStorage.removeItem(this.prefix + key);
  }
}
