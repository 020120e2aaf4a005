import type { StorageAdapter } from './storage-adapter';
import { DEFAULT_WEB_STORAGE_PREFIX } from './default-names';

/**
 * Keeps items in `sessionStorage`, each key behind a prefix (default `cognito-session:`): they survive a reload and end with
 * the tab; every script of this origin in this tab reads them. A duplicated tab starts with a copy. Touches no other key.
 * Throws where the browser does, access denied or quota exceeded, and not on construction.
 *
 * ```ts
 * provideSession(config, withStorage(() => new SessionStorageAdapter('my-app:')));
 * ```
 */
export class SessionStorageAdapter implements StorageAdapter {
  /** Every tab has a `sessionStorage` of its own. */
  readonly shared = false;

  constructor(private readonly prefix = DEFAULT_WEB_STORAGE_PREFIX) {}

  /** The value, or null if there is none. */
  getItem(key: string): string | null {
    return sessionStorage.getItem(this.prefix + key);
  }

  /** Writes the value, whole or not at all. */
  setItem(key: string, value: string): void {
    sessionStorage.setItem(this.prefix + key, value);
  }

  /** Removes the value, if there is one, in this tab. */
  removeItem(key: string): void {
    sessionStorage.removeItem(this.prefix + key);
  }
}
