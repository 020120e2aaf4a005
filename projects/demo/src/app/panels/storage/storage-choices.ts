import {
  MemoryStorage,
  withCookieStorage,
  withIndexedDb,
  withLocalStorage,
  withSessionStorage,
  withSharedMemory,
  withStorage,
  type SessionFeature,
} from 'ngx-cognito-session';

/** A place for the session, and what a user notices of it. */
export interface StorageChoice {
  readonly id: string;
  /** What an app writes into `provideSession`. */
  readonly name: string;
  readonly feature: () => SessionFeature;
  readonly afterReload: string;
  readonly inNewTab: string;
  readonly afterRestart: string;
}

export const LOCAL_STORAGE: StorageChoice = {
  id: 'local',
  name: 'withLocalStorage()',
  feature: () => withLocalStorage(),
  afterReload: 'signed in',
  inNewTab: 'signed in',
  afterRestart: 'signed in',
};

export const STORAGE_CHOICES: readonly StorageChoice[] = [
  LOCAL_STORAGE,
  {
    id: 'indexedDb',
    name: 'withIndexedDb()',
    feature: () => withIndexedDb(),
    afterReload: 'signed in',
    inNewTab: 'signed in',
    afterRestart: 'signed in',
  },
  {
    id: 'cookies',
    name: 'withCookieStorage()',
    feature: () => withCookieStorage(),
    afterReload: 'signed in',
    inNewTab: 'signed in',
    afterRestart: 'signed out, without maxAge',
  },
  {
    id: 'session',
    name: 'withSessionStorage()',
    feature: () => withSessionStorage(),
    afterReload: 'signed in',
    inNewTab: 'in duplicates only',
    afterRestart: 'signed out',
  },
  {
    id: 'sharedMemory',
    name: 'withSharedMemory()',
    feature: () => withSharedMemory(),
    afterReload: 'signed in, if another tab is open',
    inNewTab: 'signed in',
    afterRestart: 'signed out',
  },
  {
    id: 'memory',
    name: 'withStorage(new MemoryStorage())',
    feature: () => withStorage(new MemoryStorage()),
    afterReload: 'signed out',
    inNewTab: 'signed out',
    afterRestart: 'signed out',
  },
];
