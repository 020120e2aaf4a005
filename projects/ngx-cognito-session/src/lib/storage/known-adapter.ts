import type { StorageAdapter } from './storage-adapter';

/** What the library's own adapters say about themselves besides the port. */
export interface KnownAdapter extends StorageAdapter {
  /** `LocalStorageAdapter` */
  readonly ɵisLocalStorage?: true;
  /** `CookieStorageAdapter` */
  readonly refreshTokenIn?: 'indexedDb' | 'cookie';
  /** `IndexedDbStorage` */
  readonly ɵdatabase?: string;
}
