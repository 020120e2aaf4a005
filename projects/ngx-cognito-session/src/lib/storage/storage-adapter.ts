import { InjectionToken } from '@angular/core';
import { MemoryStorage } from './memory-storage';

/** Where tokens are kept. Any object with these three methods works as it is. */
export interface StorageAdapter {
  /** Whether other tabs of this origin read the same data. Default true. */
  readonly shared?: boolean;
  /** Whether a read after another tab's completed write always sees it. Default false; true for IndexedDB. */
  readonly coherent?: boolean;
  getItem(key: string): string | null | Promise<string | null>;
  setItem(key: string, value: string): void | Promise<void>;
  removeItem(key: string): void | Promise<void>;
  /** The keys present. Without it the library keeps a list of its own keys in an item. */
  keys?(): readonly string[] | Promise<readonly string[]>;
}

/** Default: MemoryStorage. */
export const SESSION_STORAGE = new InjectionToken<StorageAdapter>('SESSION_STORAGE', {
  providedIn: 'root',
  factory: () => new MemoryStorage(),
});
