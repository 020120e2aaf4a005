import { CookieStorageAdapter } from '../src/lib/storage/cookie-storage-adapter';
import type { CookieStorageOptions } from '../src/lib/storage/cookie-rules';
import { IndexedDbStorage } from '../src/lib/storage/indexed-db-storage';
import { LocalStorageAdapter } from '../src/lib/storage/local-storage-adapter';
import { MemoryStorage } from '../src/lib/storage/memory-storage';
import { SessionStorageAdapter } from '../src/lib/storage/session-storage-adapter';
import type { StorageAdapter } from '../src/lib/storage/storage-adapter';
import type { StorageScene } from './adapter-contract';
import { deleteDatabase, readDatabase, writeDatabase } from './raw-database';

const DATABASE = 'cognito-session';

/** The parts that a storage alone has; tabs, faults and pauses come from where the contract runs. */
export type BareScene = Omit<StorageScene, 'pause'>;

const bare = (storage: StorageAdapter): BareScene => ({
  storage,
  otherTab: null,
  raw: null,
  clear: null,
  plantForeign: null,
  fill: null,
  deny: null,
});

export function memoryScene(): BareScene {
  return bare(new MemoryStorage());
}

/** The three methods an app may bring, and no more. */
export function plainScene(): BareScene {
  const items = new Map<string, string>();
  return {
    ...bare({
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    }),
    clear: () => items.clear(),
  };
}

export function plainPromiseScene(): BareScene {
  const { storage, clear } = plainScene();
  return {
    ...bare({
      getItem: async (key) => Promise.resolve(storage.getItem(key)),
      setItem: async (key, value) => Promise.resolve(storage.setItem(key, value)),
      removeItem: async (key) => Promise.resolve(storage.removeItem(key)),
    }),
    clear,
  };
}

export function localStorageScene(): BareScene {
  return {
    ...webStorageScene(new LocalStorageAdapter(), () => localStorage),
    otherTab: new LocalStorageAdapter(),
  };
}

export function sessionStorageScene(): BareScene {
  return webStorageScene(new SessionStorageAdapter(), () => sessionStorage);
}

export function cookieScene(options: CookieStorageOptions = {}): BareScene {
  const prefix = options.prefix ?? 'cognito-session.';
  return {
    ...bare(new CookieStorageAdapter(options)),
    otherTab: new CookieStorageAdapter(options),
    isCutForAMoment: true,
    raw: () => document.cookie,
    clear: () => {
      for (const pair of document.cookie.split('; ')) expire(pair.split('=')[0] ?? '');
    },
    plantForeign: () => {
      const names = ['foreign', 'cognito-session', `${prefix.slice(0, -1)}-foreign`, `${prefix}foreign.1`];
      for (const name of names) document.cookie = `${name}=theirs${secureSuffix(name)}`;
      // A name under our prefix whose value is not ours in form.
      document.cookie = `${prefix}theirs=1${secureSuffix(prefix)}`;
      return Promise.resolve(() => document.cookie.split('; ').sort());
    },
  };
}

export function indexedDbScene(): BareScene {
  return {
    ...bare(new IndexedDbStorage()),
    otherTab: new IndexedDbStorage(),
    raw: async () => JSON.stringify(await readDatabase(DATABASE)),
    clear: () => deleteDatabase(DATABASE),
    plantForeign: async () => {
      // Makes the store: it belongs to the library, with the record in it.
      await new IndexedDbStorage().removeItem('');
      await writeDatabase(DATABASE, 'record:eu-west-1/client123', { v: 1, sid: 'theirs' });
      await writeDatabase(DATABASE, 'foreign', 'theirs');
      return () => readDatabase(DATABASE);
    },
  };
}

function webStorageScene(adapter: StorageAdapter, storage: () => Storage): BareScene {
  return {
    ...bare(adapter),
    raw: () => JSON.stringify(storage()),
    clear: () => storage().clear(),
    fill: () => Promise.resolve(fillUp(storage())),
    plantForeign: () => {
      for (const key of ['foreign', 'cognito-session', 'cognito-sessionforeign', 'x-cognito-session:foreign'])
        storage().setItem(key, 'theirs');
      return Promise.resolve(() => Object.entries(storage()).sort());
    },
  };
}

/** Writes until not one more character fits; gives back what makes room again. */
function fillUp(storage: Storage): () => void {
  const fillers: string[] = [];
  for (let size = 2 ** 20; size >= 1;) {
    const key = `filler-${fillers.length}`;
    try {
      storage.setItem(key, 'x'.repeat(size));
      fillers.push(key);
    } catch {
      size = Math.floor(size / 2);
    }
  }
  return () => {
    for (const key of fillers) storage.removeItem(key);
  };
}

function expire(name: string): void {
  document.cookie = `${name}=; Max-Age=0${secureSuffix(name)}`;
}

function secureSuffix(name: string): string {
  return `; Path=/${name.startsWith('__') ? '; Secure' : ''}`;
}
