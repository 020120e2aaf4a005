import {
  adapterContract,
  appliesTo,
  sessionOfSize,
  type StorageScene,
} from '../../../ngx-cognito-session/testing-support/adapter-contract';
import {
  cookieScene,
  indexedDbScene,
  localStorageScene,
  sessionStorageScene,
  type BareScene,
} from '../../../ngx-cognito-session/testing-support/adapter-scenes';
import { deleteDatabase } from '../../../ngx-cognito-session/testing-support/raw-database';
import { CookieStorageAdapter } from '../../../ngx-cognito-session/src/lib/storage/cookie-storage-adapter';
import type { CookieStorageOptions } from '../../../ngx-cognito-session/src/lib/storage/cookie-rules';
import type { StorageAdapter } from '../../../ngx-cognito-session/src/lib/storage/storage-adapter';

/** The page half of the storage tests: what a test asks for by name, because functions cannot travel into a page. */
const scenes = {
  localStorage: localStorageScene,
  sessionStorage: sessionStorageScene,
  cookies: () => cookieScene(),
  hostCookies: () => cookieScene({ prefix: '__Host-session.', maxAge: 3600 }),
  indexedDb: indexedDbScene,
} satisfies Record<string, () => BareScene>;

export type StorageKind = keyof typeof scenes;
export type StorageMethod = 'getItem' | 'setItem' | 'removeItem';

/** What the test lends the page. */
interface Lent {
  /** A call in the other tab. */
  callOtherTab?: (kind: StorageKind, method: StorageMethod, ...args: string[]) => Promise<unknown>;
  /** The test has given this origin little room; takes that back. */
  giveRoom?: () => Promise<void>;
}

const lent = globalThis as Lent;
const adapters = new Map<StorageKind, StorageAdapter>();

/** Lets other tabs, and everything else that is due, happen. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function sceneOf(kind: StorageKind): StorageScene {
  const scene: BareScene = scenes[kind]();
  const { callOtherTab, giveRoom } = lent;
  return {
    ...scene,
    pause,
    otherTab: scene.otherTab !== null && callOtherTab !== undefined ? farAdapter(kind, callOtherTab) : null,
    fill: kind === 'indexedDb' && giveRoom !== undefined ? () => fillDatabases(giveRoom) : scene.fill,
  };
}

/** The adapter of a tab that really is another one. */
function farAdapter(kind: StorageKind, call: NonNullable<Lent['callOtherTab']>): StorageAdapter {
  return {
    getItem: async (key) => (await call(kind, 'getItem', key)) as string | null,
    setItem: async (key, value) => {
      await call(kind, 'setItem', key, value);
    },
    removeItem: async (key) => {
      await call(kind, 'removeItem', key);
    },
  };
}

/** Writes until not even a kilobyte fits. */
async function fillDatabases(giveRoom: NonNullable<Lent['giveRoom']>): Promise<() => Promise<void>> {
  let index = 0;
  for (let size = 2 ** 19; size >= 2 ** 10;)
    if (await isKept(`filler-${index++}`, randomText(size))) continue;
    else size /= 2;
  return giveRoom;
}

/** Nothing that could be compressed. */
function randomText(size: number): string {
  return Array.from({ length: size / 2 ** 10 }, () =>
    String.fromCharCode(...crypto.getRandomValues(new Uint8Array(2 ** 10)).map((byte) => 33 + (byte % 90))),
  ).join('');
}

function isKept(key: string, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('filler');
    opening.onupgradeneeded = () => opening.result.createObjectStore('items');
    opening.onerror = () => resolve(false);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction('items', 'readwrite');
      transaction.objectStore('items').put(text, key);
      const answer = (kept: boolean) => {
        database.close();
        resolve(kept);
      };
      transaction.oncomplete = () => answer(true);
      transaction.onabort = () => answer(false);
    };
  });
}

async function outcomeOf(call: () => unknown): Promise<unknown> {
  try {
    return (await call()) ?? null;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'error';
  }
}

const lab = {
  /** Removes everything, as for a first visit. */
  async reset(): Promise<void> {
    for (const name of Object.keys(scenes)) await scenes[name as StorageKind]().clear?.();
    await deleteDatabase('filler');
  },

  /** Runs one case of the contract; null: it does not apply to this storage. */
  async run(kind: StorageKind, sentence: string): Promise<{ readonly gives: unknown } | null> {
    const contractCase = adapterContract.find((one) => one.sentence === sentence);
    const scene = sceneOf(kind);
    if (contractCase === undefined || !appliesTo(contractCase, scene)) return null;
    return { gives: await contractCase.run(scene) };
  },

  /** One call of this tab's adapter, which is the same one for every call. */
  async call(kind: StorageKind, method: StorageMethod, ...args: string[]): Promise<unknown> {
    const adapter = adapters.get(kind) ?? scenes[kind]().storage;
    adapters.set(kind, adapter);
    const [key = '', value = ''] = args;
    return method === 'setItem' ? adapter.setItem(key, value) : adapter[method](key);
  },

  /** The same, with a failure as a text. */
  outcome: (kind: StorageKind, method: StorageMethod, ...args: string[]): Promise<unknown> =>
    outcomeOf(() => lab.call(kind, method, ...args)),

  /** Writes with options of its own. */
  writeCookies: (options: CookieStorageOptions, key: string, bytes: number): Promise<unknown> =>
    outcomeOf(() => new CookieStorageAdapter(options).setItem(key, sessionOfSize(bytes))),

  /** Reads or removes with options of its own. */
  withCookies: (
    options: CookieStorageOptions,
    method: 'getItem' | 'removeItem',
    key: string,
  ): Promise<unknown> => outcomeOf(() => new CookieStorageAdapter(options)[method](key)),

  session: sessionOfSize,

  /** Writes two values in turn, of different sizes, then one that says it is over. */
  async writeInTurn(kind: StorageKind, times: number): Promise<void> {
    for (let index = 0; index < times; index++) {
      await lab.call(kind, 'setItem', 'key', index % 2 === 0 ? sessionOfSize(9000, 'even') : oddSession);
      if (index % 10 === 9) await pause();
    }
    await lab.call(kind, 'setItem', 'key', 'over');
  },

  /**
   * The same in batches, for `readAll` in another tab: each waits until that has seen the end of the one before, so that
   * neither tab is ever too fast for the other.
   */
  async writeInBatches(kind: StorageKind): Promise<void> {
    const channel = new BroadcastChannel(SEEN);
    for (let batch = 1; batch <= BATCHES; batch++) {
      const seen = new Promise<void>((resolve) => {
        channel.onmessage = ({ data }) => {
          if (data === endOf(batch)) resolve();
        };
      });
      await lab.writeInTurn(kind, 10);
      await lab.call(kind, 'setItem', 'key', endOf(batch));
      await seen;
    }
    channel.close();
  },

  /**
   * Reads without a pause until the last batch is over, and counts values that were not written. In one task of this page only another
   * process can change what is read; a storage that shows changes between tasks alone needs pauses.
   */
  async readAll(kind: StorageKind, { inOneTask }: { inOneTask: boolean }): Promise<{ mixed: number }> {
    const ends = Array.from({ length: BATCHES }, (_, index) => endOf(index + 1));
    const known = new Set<unknown>([null, sessionOfSize(9000, 'even'), oddSession, 'over', ...ends]);
    const channel = new BroadcastChannel(SEEN);
    const { storage } = scenes[kind]();
    let mixed = 0;
    let last: unknown = null;
    for (let reads = 1; last !== ends.at(-1); reads++) {
      const text = await storage.getItem('key');
      // A value that was there never reads as none: it is overwritten, not removed.
      if (!known.has(text) || (text === null && last !== null)) mixed++;
      if (text !== last && ends.includes(text ?? '')) channel.postMessage(text);
      last = text;
      if (!inOneTask && reads % 50 === 0) await pause();
    }
    channel.close();
    return { mixed };
  },
};

const BATCHES = 20;
const SEEN = 'seen';
const endOf = (batch: number): string => `end of batch ${batch}`;
const oddSession = sessionOfSize(5000, 'odd');

export type StorageLab = typeof lab;

Object.assign(globalThis, { storageLab: lab });
