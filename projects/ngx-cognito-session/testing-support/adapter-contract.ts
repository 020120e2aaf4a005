import type { StorageAdapter } from '../src/lib/storage/storage-adapter';

/** A storage with everything around it that a case of the contract needs. What a storage does not know is null. */
export interface StorageScene {
  /** The adapter under test. */
  readonly storage: StorageAdapter;
  /** The same data, seen from another tab. */
  readonly otherTab: StorageAdapter | null;
  /** All that lies underneath, ours or not, as one text. */
  readonly raw: (() => string | Promise<string>) | null;
  /** What a person does who clears the data of the site. */
  readonly clear: (() => void | Promise<void>) | null;
  /** Writes items of other code with names as close to ours as possible; returns a function that reads them. */
  readonly plantForeign: (() => Promise<() => unknown>) | null;
  /** From now on there is no room; undone by what it gives back. */
  readonly fill: (() => Promise<() => void | Promise<void>>) | null;
  /** From now on the browser refuses access; undone by what it gives back. */
  readonly deny: (() => Promise<() => void | Promise<void>>) | null;
  /** Whether a reader finds no value for a moment if one tab clears away what another is writing. */
  readonly isCutForAMoment?: true;
  /** Lets everything else that is due happen. */
  readonly pause: () => Promise<void>;
}

/** One sentence of the contract: what is done, as a value, and what must come of it. For any runner, in any page. */
export interface ContractCase {
  readonly sentence: string;
  /** Without these parts of the scene the case does not apply. */
  readonly needs?: readonly Exclude<keyof StorageScene, 'storage' | 'pause' | 'isCutForAMoment'>[];
  readonly run: (scene: StorageScene) => Promise<unknown>;
  readonly gives: unknown;
}

const KEY = 'eu-west-1/client123/3f0c';
const ODD_KEYS = ['a', 'a.b', 'a/b', 'a=b; c', 'a%2Eb', 'ä🔑', '__Host-a', 'record:a', "!'()*~", ''];
const UNICODE = 'Zoë — 東京 🙂 e\u0301 \u202Eעברית\u202C "\\;,=%25%zz \t\n\r\u0000\u0007\u2028';

/** A stored session whose tokens are of the size given, in bytes. */
export function sessionOfSize(bytes: number, fill = 'eyJhbGciOiJSUzI1NiJ9'): string {
  const token = fill.repeat(Math.ceil(bytes / 2 / fill.length)).slice(0, bytes / 2);
  return JSON.stringify({ v: 1, sid: '3f0c', gen: 1, tokens: { accessToken: token, idToken: token } });
}

/** What holds for every storage adapter. */
export const adapterContract: readonly ContractCase[] = [
  {
    sentence: 'gives back what was written',
    run: async ({ storage }) => {
      await storage.setItem(KEY, 'value');
      return storage.getItem(KEY);
    },
    gives: 'value',
  },
  {
    sentence: 'gives null for what was never written',
    run: async ({ storage }) => storage.getItem(KEY),
    gives: null,
  },
  {
    sentence: 'tells an empty text from none',
    run: async ({ storage }) => {
      await storage.setItem(KEY, '');
      return storage.getItem(KEY);
    },
    gives: '',
  },
  {
    sentence: 'keeps every character, in keys as well',
    run: async ({ storage }) => {
      for (const key of ODD_KEYS) await storage.setItem(key, key + UNICODE);
      return Promise.all(ODD_KEYS.map(async (key) => storage.getItem(key)));
    },
    gives: ODD_KEYS.map((key) => key + UNICODE),
  },
  {
    sentence: 'removes one item and leaves those with names like it',
    run: async ({ storage }) => {
      for (const key of ODD_KEYS) await storage.setItem(key, key);
      await storage.removeItem('a');
      return Promise.all(ODD_KEYS.map(async (key) => storage.getItem(key)));
    },
    gives: [null, ...ODD_KEYS.slice(1)],
  },
  {
    sentence: 'keeps tokens of 10 kB',
    run: async ({ storage }) => {
      await storage.setItem(KEY, sessionOfSize(10_000));
      return storage.getItem(KEY);
    },
    gives: sessionOfSize(10_000),
  },
  {
    sentence: 'overwrites with longer and shorter values',
    run: async ({ storage }) => {
      const read: unknown[] = [];
      for (const size of [10, 10_000, 4000, 8000, 2, 3990, 10]) {
        await storage.setItem(KEY, sessionOfSize(size));
        read.push((await storage.getItem(KEY)) === sessionOfSize(size));
      }
      return read;
    },
    gives: Array.from({ length: 7 }, () => true),
  },
  {
    sentence: 'leaves nothing of a value behind that was overwritten or removed',
    needs: ['raw'],
    run: async ({ storage, raw }) => {
      await storage.setItem(KEY, sessionOfSize(10_000, 'Mark1'));
      const first = await raw?.();
      await storage.setItem(KEY, sessionOfSize(10_000, 'Mark2'));
      const second = await raw?.();
      await storage.setItem(KEY, 'Mark3');
      const third = await raw?.();
      await storage.removeItem(KEY);
      return [first, second, third, await raw?.()].map((text) =>
        ['Mark1', 'Mark2', 'Mark3'].filter((mark) => text?.includes(mark)),
      );
    },
    gives: [['Mark1'], ['Mark2'], ['Mark3'], []],
  },
  {
    sentence: 'forgets what is removed, and bears that there is nothing to remove',
    run: async ({ storage }) => {
      await storage.removeItem(KEY);
      await storage.setItem(KEY, 'value');
      await storage.removeItem(KEY);
      await storage.removeItem(KEY);
      return storage.getItem(KEY);
    },
    gives: null,
  },
  {
    sentence: 'reads null once the user has removed the data, and takes new values',
    needs: ['clear'],
    run: async ({ storage, clear }) => {
      await storage.setItem(KEY, sessionOfSize(10_000));
      await clear?.();
      const cleared = await storage.getItem(KEY);
      await storage.setItem(KEY, 'again');
      return [cleared, await storage.getItem(KEY)];
    },
    gives: [null, 'again'],
  },
  {
    sentence: 'sees what another tab writes, changes and removes',
    needs: ['otherTab'],
    run: async (scene) => {
      const { storage, otherTab } = scene;
      const seen = (value: string | null) => sees(scene, value);
      await storage.setItem(KEY, 'mine');
      for (const value of [sessionOfSize(10_000), 'short', sessionOfSize(4000)]) {
        await otherTab?.setItem(KEY, value);
        await seen(value);
      }
      await otherTab?.removeItem(KEY);
      await seen(null);
      await otherTab?.setItem(KEY, 'another one');
      await seen('another one');
      return 'all of it';
    },
    gives: 'all of it',
  },
  {
    sentence: 'shows readers one value or another, never a mix, while two tabs write',
    needs: ['otherTab'],
    run: async ({ storage, otherTab, isCutForAMoment, pause }) => {
      const texts = [10_000, 20, 5000, 9000].flatMap((size) => [
        sessionOfSize(size, 'mine'),
        sessionOfSize(size, 'theirs'),
      ]);
      const known = new Set<string | null | undefined>(texts);
      const read: (string | null | undefined)[] = [];
      const write = async (tab: StorageAdapter | null, parity: number) => {
        for (const text of texts.filter((_, index) => index % 2 === parity)) await tab?.setItem(KEY, text);
      };
      await storage.setItem(KEY, texts[0] ?? '');
      let isWriting = true;
      const readAll = async () => {
        while (isWriting) {
          read.push(await storage.getItem(KEY), await otherTab?.getItem(KEY));
          await pause();
        }
      };
      const readers = [readAll(), readAll()];
      await Promise.all([write(storage, 0), write(otherTab, 1)]);
      isWriting = false;
      await Promise.all(readers);
      read.push(await storage.getItem(KEY));
      const last = read.at(-1);
      if (isCutForAMoment && typeof last === 'string') known.add(null);
      return read.filter((text) => !known.has(text));
    },
    gives: [],
  },
  {
    sentence: 'lets several writes and readers run at once',
    run: async ({ storage }) => {
      const keys = Array.from({ length: 8 }, (_, index) => `key-${index}`);
      await Promise.all(keys.map(async (key) => storage.setItem(key, key)));
      return Promise.all([...keys, ...keys].map(async (key) => storage.getItem(key)));
    },
    gives: Array.from({ length: 16 }, (_, index) => `key-${index % 8}`),
  },
  {
    sentence: 'leaves what belongs to others alone',
    needs: ['plantForeign'],
    run: async ({ storage, plantForeign }) => {
      const look = await plantForeign?.();
      const before = await look?.();
      await storage.setItem(KEY, sessionOfSize(10_000));
      await storage.setItem(KEY, 'short');
      for (const key of ['', 'foreign', KEY, ...ODD_KEYS]) await storage.removeItem(key);
      return JSON.stringify(await look?.()) === JSON.stringify(before);
    },
    gives: true,
  },
  {
    sentence: 'fails loudly when there is no room, and keeps the old value',
    needs: ['fill'],
    run: async ({ storage, fill }) => {
      await storage.setItem(KEY, sessionOfSize(4500));
      const free = await fill?.();
      const outcome = await outcomeOf(() => storage.setItem(KEY, sessionOfSize(10_000)));
      const kept = await storage.getItem(KEY);
      await free?.();
      await storage.setItem(KEY, sessionOfSize(9000));
      return [outcome, kept === sessionOfSize(4500), (await storage.getItem(KEY)) === sessionOfSize(9000)];
    },
    gives: ['error', true, true],
  },
  {
    sentence: 'never claims to have written what the browser refused',
    needs: ['deny'],
    run: async ({ storage, deny }) => {
      await storage.setItem(KEY, sessionOfSize(4500));
      const allow = await deny?.();
      const written = await outcomeOf(() => storage.setItem(KEY, sessionOfSize(10_000)));
      const read = await outcomeOf(() => storage.getItem(KEY));
      await allow?.();
      return { written, read: ['error', null].includes(read), later: await storage.getItem(KEY) };
    },
    gives: { written: 'error', read: true, later: sessionOfSize(4500) },
  },
];

/** Whether a case applies to a scene. */
export function appliesTo({ needs = [] }: ContractCase, scene: StorageScene): boolean {
  return needs.every((part) => scene[part] !== null);
}

/** What a call gives, or `error`; a call that never answers is caught by the runner's own limit. */
async function outcomeOf<T>(call: () => T | Promise<T>): Promise<T | 'error'> {
  try {
    return await call();
  } catch {
    return 'error';
  }
}

/** Storages lag behind what another tab has written: waits until it shows. */
async function sees({ storage, pause }: StorageScene, value: string | null): Promise<void> {
  while ((await storage.getItem(KEY)) !== value) await pause();
}
