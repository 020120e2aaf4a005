import { createEnvironmentInjector, EnvironmentInjector, InjectionToken, type Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { thrownBy } from '../../../testing-support/held-sessions';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { RESOLVED_CONFIG, resolveConfig } from '../config/resolved-config';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_LOGGER } from '../platform/session-logger';
import { CookieStorageAdapter } from '../storage/cookie-storage-adapter';
import { IndexedDbStorage } from '../storage/indexed-db-storage';
import { LocalStorageAdapter } from '../storage/local-storage-adapter';
import { SessionStorageAdapter } from '../storage/session-storage-adapter';
import { SESSION_STORAGE } from '../storage/session-storage-token';
import type { StorageAdapter } from '../storage/storage-adapter';
import { MemoryStorage } from '../storage/memory-storage';
import { chooseRecordPlace, RECORD_PLACE } from '../storage/choose-record-place';
import type { RecordPlace } from '../storage/record-place';
import { OPEN_TAB_CHANNEL } from '../tabs/tab-channel';
import {
  withCookieStorage,
  withIndexedDb,
  withLocalStorage,
  withSessionStorage,
  withSharedMemory,
  withStorage,
} from './features';
import type { SessionFeature } from './session-feature';

const PLACE = new InjectionToken<RecordPlace>('PLACE');

/** The storage that a feature chooses; nothing is started with it. */
function storageOf(feature: SessionFeature): StorageAdapter {
  return below(TestBed.inject(EnvironmentInjector), feature).get(SESSION_STORAGE);
}

function below(parent: EnvironmentInjector, { ɵproviders }: SessionFeature): EnvironmentInjector {
  return createEnvironmentInjector([...ɵproviders], parent);
}

describe('the features that choose a storage', () => {
  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
  });

  it('give each its adapter', () => {
    expect(storageOf(withLocalStorage())).toBeInstanceOf(LocalStorageAdapter);
    expect(storageOf(withSessionStorage())).toBeInstanceOf(SessionStorageAdapter);
    expect(storageOf(withCookieStorage())).toBeInstanceOf(CookieStorageAdapter);
    expect(storageOf(withIndexedDb())).toBeInstanceOf(IndexedDbStorage);
    expect(storageOf(withSharedMemory())).toBeInstanceOf(MemoryStorage);
  });

  it('seal the record, or not, whatever a parent injector does', () => {
    const root = TestBed.inject(EnvironmentInjector);
    for (const sealing of [withSharedMemory(), withSessionStorage()])
      for (const plain of [
        withLocalStorage(),
        withCookieStorage(),
        withIndexedDb(),
        withStorage(new MemoryStorage()),
      ]) {
        const [placeOfSealing, placeOfPlain] = [sealing, plain].map((own) =>
          below(root, own).get(RECORD_PLACE),
        );
        expect(below(below(root, sealing), plain).get(RECORD_PLACE)).toBe(placeOfPlain);
        expect(below(below(root, plain), sealing).get(RECORD_PLACE)).toBe(placeOfSealing);
      }
  });

  it('pass their options on', async () => {
    await storageOf(withLocalStorage({ prefix: 'mine:' })).setItem('a', '1');
    await storageOf(withSessionStorage({ prefix: 'mine:' })).setItem('a', '2');
    await storageOf(withCookieStorage({ prefix: 'mine.' })).setItem('a', '3');

    expect(localStorage.getItem('mine:a')).toBe('1');
    expect(sessionStorage.getItem('mine:a')).toBe('2');
    expect(document.cookie).toMatch(/^mine\.a=1-\w+\.1\.3$/);
    expect(storageOf(withIndexedDb({ name: 'mine' }))).toMatchObject({ name: 'mine' });
    expect(storageOf(withCookieStorage({ refreshTokenIn: 'cookie' }))).toMatchObject({
      refreshTokenIn: 'cookie',
    });
  });

  it('use the prefix of the library without options', async () => {
    await storageOf(withLocalStorage()).setItem('a', '1');
    await storageOf(withSessionStorage()).setItem('a', '2');

    expect(Object.keys(localStorage)).toContain('cognito-session:a');
    expect(Object.keys(sessionStorage)).toContain('cognito-session:a');
  });

  it('refuse cookies that no browser would keep when the app is set up, not with the first sign-in', () => {
    expect(thrownBy(() => withCookieStorage({ prefix: '__Host-a', path: '/app' }))).toMatchObject({
      code: 'invalidConfiguration',
    });
  });

  it.each([
    ['withSharedMemory', withSharedMemory],
    ['withSessionStorage', withSessionStorage],
  ])('touch nothing on a server: %s', (_, sealing) => {
    const touched: string[] = [];
    const log = (text: string) => void touched.push(text);
    const server: Provider[] = [
      { provide: PLACE, useFactory: chooseRecordPlace },
      { provide: IS_BROWSER, useValue: false },
      { provide: RESOLVED_CONFIG, useValue: resolveConfig({ region: 'eu-west-1', clientId: 'client1' }) },
      { provide: SESSION_LOGGER, useValue: { debug: log, warn: log, error: log } },
      { provide: OPEN_TAB_CHANNEL, useValue: () => log('channel') },
    ];
    const undo = ['indexedDB', 'crypto', 'sessionStorage', 'localStorage'].map((name) =>
      replaceProperty(globalThis, name, { get: () => log(name) }),
    );

    const root = TestBed.inject(EnvironmentInjector);
    const page = createEnvironmentInjector([...sealing().ɵproviders, ...server], root);
    const { isShared } = page.get(PLACE);
    for (const restore of undo) restore();

    expect([isShared, touched]).toEqual([false, []]);
  });
});
