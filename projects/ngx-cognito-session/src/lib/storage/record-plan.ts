import { DEFAULT_DATABASE } from './default-database';
import type { StorageAdapter } from './storage-adapter';

/** Where the record and the tokens of a session lie. */
export type RecordPlan =
  | {
      readonly type: 'ledger';
      readonly database: string;
      /** `tabs`: in a storage of each tab's own; the tabs bring them to each other. */
      readonly tokensIn: 'record' | 'storage' | 'tabs';
      readonly keepsRefreshToken: boolean;
    }
  /** This page lives alone. `warning`: what to say about it, once. */
  | {
      readonly type: 'storage';
      readonly warning: string | null;
      /** Until a copy of this tab is opened, or this is one. */
      readonly untilCopied?: true;
    };

/** What an adapter may say about itself besides the port. */
interface KnownAdapter extends StorageAdapter {
  /** CookieStorageAdapter */
  readonly refreshTokenIn?: 'indexedDb' | 'cookie';
  /** SessionStorageAdapter */
  readonly isCopiedWithTab?: boolean;
  /** IndexedDbStorage */
  readonly ɵdatabase?: string;
}

/**
 * By default each tab lives alone with memory and session storage, everything else shares a record. Without tab
 * synchronisation there is a record only where tokens lie in it. Pure.
 */
export function recordPlan(
  adapter: StorageAdapter,
  hasIndexedDb: () => boolean,
  enableTabSync?: boolean,
): RecordPlan {
  const {
    shared = true,
    refreshTokenIn = 'cookie',
    isCopiedWithTab = false,
    ɵdatabase: database,
  }: KnownAdapter = adapter;
  const isInRecord = database !== undefined || refreshTokenIn === 'indexedDb';
  const isWanted = shared ? enableTabSync !== false || isInRecord : enableTabSync === true;
  if (!isWanted)
    return {
      type: 'storage',
      warning: null,
      ...(isCopiedWithTab && enableTabSync === undefined && hasIndexedDb() && { untilCopied: true }),
    };
  if (!hasIndexedDb())
    return {
      type: 'storage',
      warning: 'There is no IndexedDB here: tabs of this origin will not coordinate.',
    };
  if (database !== undefined)
    return { type: 'ledger', database, tokensIn: 'record', keepsRefreshToken: false };
  return {
    type: 'ledger',
    database: DEFAULT_DATABASE,
    tokensIn: shared ? 'storage' : 'tabs',
    keepsRefreshToken: refreshTokenIn === 'indexedDb',
  };
}
