import {
  withCookieStorage,
  withIndexedDb,
  withLocalStorage,
  withSessionStorage,
  withStorage,
  type SessionFeature,
  type StorageAdapter,
} from 'ngx-cognito-session';
import type { FixtureSettings } from './fixture-settings';

/** The feature for the storage that a test wants; none for memory. */
export function chosenStorage({ storage }: FixtureSettings): readonly SessionFeature[] {
  switch (storage) {
    case 'memory':
      return [];
    case 'local':
      return [withLocalStorage()];
    case 'session':
      return [withSessionStorage()];
    case 'indexedDb':
      return [withIndexedDb()];
    case 'cookie':
      return [withCookieStorage()];
    case 'own':
      return [withStorage(ownStorage)];
  }
}

/** An app's own: asynchronous, and only there in a browser. */
const ownStorage: StorageAdapter = {
  shared: false,
  getItem: (key) => Promise.resolve(localStorage.getItem(`own:${key}`)),
  setItem: async (key, value) => {
    localStorage.setItem(`own:${key}`, value);
    return Promise.resolve();
  },
  removeItem: async (key) => {
    localStorage.removeItem(`own:${key}`);
    return Promise.resolve();
  },
};
