import { DEFAULT_DATABASE } from './default-names';
import type { StorageAdapter } from './storage-adapter';

export interface DatabasePlan {
  readonly type: 'database';
  readonly name: string;
  /** Where a copy goes. Only a copy in `localStorage` can begin a session, or stand in for the database. */
  readonly copyIn: 'localStorage' | 'cookies' | null;
  /** Whether the copy may hold the refresh token. */
  readonly isWhole: boolean;
}

export interface AdapterPlan {
  readonly type: 'adapter';
  readonly isShared: boolean;
  readonly isCoherent: boolean;
}

/** Where the record of a session is stored. */
export type RecordPlan = DatabasePlan | AdapterPlan;

/** What the library's own adapters say about themselves besides the port. */
export interface KnownAdapter extends StorageAdapter {
  /** `LocalStorageAdapter` */
  readonly ɵisLocalStorage?: true;
  /** `CookieStorageAdapter` */
  readonly refreshTokenIn?: 'indexedDb' | 'cookie';
  /** `IndexedDbStorage` */
  readonly ɵdatabase?: string;
}

/** Where the record is with an adapter that can be any. Pure. */
export function recordPlan(adapter: KnownAdapter): RecordPlan {
  const { shared = true, coherent = false, ɵdatabase, ɵisLocalStorage, refreshTokenIn } = adapter;
  if (ɵdatabase !== undefined) return databasePlan(ɵdatabase, null, false);
  if (ɵisLocalStorage === true) return databasePlan(DEFAULT_DATABASE, 'localStorage', true);
  if (refreshTokenIn !== undefined)
    return databasePlan(DEFAULT_DATABASE, 'cookies', refreshTokenIn === 'cookie');
  return { type: 'adapter', isShared: shared, isCoherent: coherent };
}

function databasePlan(name: string, copyIn: DatabasePlan['copyIn'], isWhole: boolean): DatabasePlan {
  return { type: 'database', name, copyIn, isWhole };
}
