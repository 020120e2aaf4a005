/** The prefix of every key in `localStorage` and `sessionStorage`, unless the app chooses another one. */
export const DEFAULT_WEB_STORAGE_PREFIX = 'cognito-session:';

/**
 * Items of a web storage, each key behind a prefix. Touches no other key, and throws where the browser does: access
 * denied, quota exceeded. The storage is looked up at each call, so nothing happens on construction.
 */
export abstract class PrefixedWebStorage {
  /** @param prefix What every key begins with. */
  constructor(private readonly prefix: string) {}

  /** The browser's storage; looking it up throws where access is denied. */
  protected abstract storage(): Storage;

  /** The value, or null if there is none. */
  getItem(key: string): string | null {
    return this.storage().getItem(this.prefix + key);
  }

  /** Writes the value, whole or not at all. */
  setItem(key: string, value: string): void {
    this.storage().setItem(this.prefix + key, value);
  }

  /** Removes the value, if there is one. */
  removeItem(key: string): void {
    this.storage().removeItem(this.prefix + key);
  }

  /** The keys present, without the prefix. */
  keys(): readonly string[] {
    const storage = this.storage();
    return Array.from({ length: storage.length }, (_, index) => storage.key(index))
      .filter((key) => key !== null)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => key.slice(this.prefix.length));
  }
}
