import { EnvironmentInjector, createEnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { thrownBy } from '../../../testing-support/held-sessions';
import { CookieStorageAdapter } from '../storage/cookie-storage-adapter';
import { IndexedDbStorage } from '../storage/indexed-db-storage';
import { LocalStorageAdapter } from '../storage/local-storage-adapter';
import { SessionStorageAdapter } from '../storage/session-storage-adapter';
import { SESSION_STORAGE } from '../storage/session-storage-token';
import type { StorageAdapter } from '../storage/storage-adapter';
import { withCookieStorage, withIndexedDb, withLocalStorage, withSessionStorage } from './features';
import type { SessionFeature } from './session-feature';

/** The storage that a feature chooses; nothing is started with it. */
function storageOf({ ɵproviders }: SessionFeature): StorageAdapter {
  return createEnvironmentInjector([...ɵproviders], TestBed.inject(EnvironmentInjector)).get(SESSION_STORAGE);
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
});
