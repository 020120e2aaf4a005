import { DEFAULT_WEB_STORAGE_PREFIX, PrefixedWebStorage } from './prefixed-web-storage';

/**
 * Keeps items in `sessionStorage`, each key behind a prefix: they survive a reload and end with the tab; every script of
 * this origin in this tab reads them. A duplicated tab starts with a copy. Throws where the browser does: access denied,
 * quota exceeded.
 *
 * ```ts
 * provideSession(config, withStorage(() => new SessionStorageAdapter('my-app:')));
 * ```
 */
export class SessionStorageAdapter extends PrefixedWebStorage {
  /** Every tab has a `sessionStorage` of its own. */
  readonly shared = false;
  /** A duplicated tab starts with a copy of it. */
  readonly isCopiedWithTab = true;

  constructor(prefix = DEFAULT_WEB_STORAGE_PREFIX) {
    super(prefix);
  }

  protected override storage(): Storage {
    return sessionStorage;
  }
}
