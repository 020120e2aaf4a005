import { DEFAULT_WEB_STORAGE_PREFIX, PrefixedWebStorage } from './prefixed-web-storage';

/**
 * Keeps items in `localStorage`, each key behind a prefix: they survive a reload and the end of the browser, and every tab
 * and every script of this origin reads them. Throws where the browser does: access denied, quota exceeded.
 *
 * ```ts
 * provideSession(config, withStorage(() => new LocalStorageAdapter('my-app:')));
 * ```
 */
export class LocalStorageAdapter extends PrefixedWebStorage {
  constructor(prefix = DEFAULT_WEB_STORAGE_PREFIX) {
    super(prefix);
  }

  protected override storage(): Storage {
    return localStorage;
  }
}
