import { TestBed } from '@angular/core/testing';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { noop } from 'rxjs';
import { recordOf } from '../core/session-record';
import { SESSION_LOGGER } from '../platform/session-logger';
import { placeFor } from './adapter-place';
import { CookieStorageAdapter } from './cookie-storage-adapter';
import { IndexedDbStorage } from './indexed-db-storage';
import { LocalStorageAdapter } from './local-storage-adapter';
import { MemoryStorage } from './memory-storage';
import { SessionStorageAdapter } from './session-storage-adapter';
import type { RecordPlace } from './record-place';
import type { StorageAdapter } from './storage-adapter';

/** An adapter of the app. */
function own(options: Pick<StorageAdapter, 'shared' | 'coherent'> = {}): StorageAdapter {
  return { ...options, getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
}

const DATABASE = { isInDatabase: true, isShared: true };
const ADAPTER = { isInDatabase: false, canBegin: undefined };

function placeOf(adapter: StorageAdapter): RecordPlace {
  TestBed.configureTestingModule({
    providers: [
      { provide: RESOLVED_CONFIG, useValue: { namespace: 'client1' } },
      { provide: SESSION_LOGGER, useValue: { debug: noop, warn: noop, error: noop } },
    ],
  });
  return TestBed.runInInjectionContext(() => placeFor(adapter));
}

it.each([
  ['LocalStorageAdapter', new LocalStorageAdapter(), { ...DATABASE, canBegin: true }],
  ['CookieStorageAdapter', new CookieStorageAdapter(), { ...DATABASE, canBegin: false }],
  ['IndexedDbStorage', new IndexedDbStorage(), { ...DATABASE, canBegin: undefined }],
  ['MemoryStorage', new MemoryStorage(), { ...ADAPTER, isShared: false }],
  ['SessionStorageAdapter', new SessionStorageAdapter(), { ...ADAPTER, isShared: false }],
  ['an adapter of the app', own(), { ...ADAPTER, isShared: true }],
  ['an adapter of the app for this page alone', own({ shared: false }), { ...ADAPTER, isShared: false }],
])('the record is stored where the adapter wants it: %s', (_, adapter, expected) => {
  const { database, copy, isShared } = placeOf(adapter);

  expect({ isInDatabase: database !== null, canBegin: copy?.canBegin, isShared }).toEqual(expected);
});

it.each<[object, boolean]>([
  [{ ɵisLocalStorage: true }, true],
  [{ refreshTokenIn: 'cookie' }, true],
  [{ refreshTokenIn: 'indexedDb' }, false],
])('the copy holds the refresh token only where the app allows it: %j', (options, isWhole) => {
  const storage = new CountingStorage();
  const tokens = { accessToken: 'access', refreshToken: 'refresh', clockDrift: 0, expiresAt: 1 };

  placeOf(Object.assign(storage, options)).copy?.write(recordOf({ sid: 'sid-1', gen: 1, since: 1, tokens }));

  expect(storage.content).toContain('access');
  expect(storage.content.includes('"refresh"')).toBe(isWhole);
});
