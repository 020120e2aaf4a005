import { inject } from '@angular/core';
import { CookieStorageAdapter } from '../storage/cookie-storage-adapter';
import { IndexedDbStorage } from '../storage/indexed-db-storage';
import { LocalStorageAdapter } from '../storage/local-storage-adapter';
import { MemoryStorage } from '../storage/memory-storage';
import { SessionStorageAdapter } from '../storage/session-storage-adapter';
import { SESSION_STORAGE } from '../storage/session-storage-token';

/** The name of the app's storage for a panel, in an injection context. */
export function storageName(isShared: boolean): string {
  const adapter = inject(SESSION_STORAGE);
  if (adapter instanceof MemoryStorage) return isShared ? 'memory shared by tabs' : 'memory of this page';
  if (adapter instanceof LocalStorageAdapter) return 'IndexedDB, with a copy in localStorage';
  if (adapter instanceof CookieStorageAdapter) return 'IndexedDB, with a copy in cookies';
  if (adapter instanceof IndexedDbStorage) return 'IndexedDB';
  if (adapter instanceof SessionStorageAdapter) return 'sessionStorage';
  return isShared ? 'the app’s own, shared by tabs' : 'the app’s own, for this tab';
}
