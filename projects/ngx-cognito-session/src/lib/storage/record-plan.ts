import { DEFAULT_DATABASE } from './default-names';
import type { StorageAdapter } from './storage-adapter';

/** Where the record of a session is stored. */
export type RecordPlan =
  | {
      readonly type: 'database';
      readonly name: string;
      /** Where a copy goes. Only a copy in `localStorage` can begin a session, or stand in for the database. */
      readonly copyIn: 'localStorage' | 'cookies' | null;
      /** Whether the copy may hold the refresh token. */
      readonly isWhole: boolean;
    }
  | { readonly type: 'adapter'; readonly isShared: boolean; readonly isCoherent: boolean };

/** What the library's own adapters say about themselves besides the port. */
export interface KnownAdapter extends StorageAdapter {
  /** `LocalStorageAdapter` */
  readonly ɵisLocalStorage?: true;
  /** `CookieStorageAdapter` */
  readonly refreshTokenIn?: 'indexedDb' | 'cookie';
  /** `IndexedDbStorage` */
  readonly ɵdatabase?: string;
}

/** The storage that the app chose decides where the record is. Pure. */
export function recordPlan(adapter: KnownAdapter): RecordPlan {
  const { shared = true, coherent = false, ɵdatabase, ɵisLocalStorage, refreshTokenIn } = adapter;
  if (ɵdatabase !== undefined) return { type: 'database', name: ɵdatabase, copyIn: null, isWhole: false };
  if (ɵisLocalStorage === true)
    return { type: 'database', name: DEFAULT_DATABASE, copyIn: 'localStorage', isWhole: true };
  if (refreshTokenIn !== undefined)
    return {
      type: 'database',
      name: DEFAULT_DATABASE,
      copyIn: 'cookies',
      isWhole: refreshTokenIn === 'cookie',
    };
  return { type: 'adapter', isShared: shared, isCoherent: coherent };
}
