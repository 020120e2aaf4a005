import { InjectionToken } from '@angular/core';
import { MemoryStorage } from './memory-storage';
import type { StorageAdapter } from './storage-adapter';

declare const ngDevMode: unknown;

/** The storage of the session, set by `withStorage` and the other storage features. Default: MemoryStorage. */
export const SESSION_STORAGE = new InjectionToken<StorageAdapter>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'SESSION_STORAGE' : '',
  {
    providedIn: 'root',
    factory: () => new MemoryStorage(),
  },
);
