import { CookieStorageAdapter } from './cookie-storage-adapter';
import { IndexedDbStorage } from './indexed-db-storage';
import { LocalStorageAdapter } from './local-storage-adapter';
import { MemoryStorage } from './memory-storage';
import { recordPlan, type RecordPlan } from './record-plan';
import { SessionStorageAdapter } from './session-storage-adapter';
import type { StorageAdapter } from './storage-adapter';

/** An adapter of the app. */
function own(says: Pick<StorageAdapter, 'shared' | 'coherent'> = {}): StorageAdapter {
  return { ...says, getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
}

it.each<readonly [string, StorageAdapter, RecordPlan]>([
  [
    'LocalStorageAdapter: the database, with a whole copy that can stand in for it',
    new LocalStorageAdapter('my-app:'),
    { type: 'database', name: 'cognito-session', copyIn: 'localStorage', isWhole: true },
  ],
  [
    'CookieStorageAdapter: the database, with a copy that lacks the refresh token',
    new CookieStorageAdapter(),
    { type: 'database', name: 'cognito-session', copyIn: 'cookies', isWhole: false },
  ],
  [
    'CookieStorageAdapter with the refresh token in a cookie',
    new CookieStorageAdapter({ refreshTokenIn: 'cookie' }),
    { type: 'database', name: 'cognito-session', copyIn: 'cookies', isWhole: true },
  ],
  [
    'IndexedDbStorage: the database of its name, without a copy',
    new IndexedDbStorage({ name: 'mine' }),
    { type: 'database', name: 'mine', copyIn: null, isWhole: false },
  ],
  ['memory: the adapter', new MemoryStorage(), { type: 'adapter', isShared: false, isCoherent: false }],
  [
    'SessionStorageAdapter as an adapter: the adapter',
    new SessionStorageAdapter(),
    { type: 'adapter', isShared: false, isCoherent: false },
  ],
  [
    'an adapter of the app that says nothing: it, shared by best effort',
    own(),
    { type: 'adapter', isShared: true, isCoherent: false },
  ],
  [
    'an adapter of the app that is coherent',
    own({ coherent: true }),
    { type: 'adapter', isShared: true, isCoherent: true },
  ],
  [
    'an adapter of the app for this page alone',
    own({ shared: false }),
    { type: 'adapter', isShared: false, isCoherent: false },
  ],
])('the record of a session is stored as the storage wants it: %s', (_, adapter, plan) => {
  expect(recordPlan(adapter)).toEqual(plan);
});
