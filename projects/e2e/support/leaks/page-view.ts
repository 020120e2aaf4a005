/** What a page shows, stores and has sent to other tabs. */
export interface PageView {
  readonly shown: string;
  readonly messages: string;
  /** Items of both web storages. */
  readonly items: readonly (readonly [name: string, value: string])[];
}

/** A text in an IndexedDB database of the page's origin. */
export interface DatabaseText {
  readonly database: string;
  readonly store: string;
  readonly key: string;
  /** The member of the value that is or contains the text: `tokens.accessToken`; empty for the value itself. */
  readonly path: string;
  readonly text: string;
}

/** Not enumerable, so that no code of the page comes across it. */
interface Recorder {
  sentToTabs?: string[];
  /** The functions of the browser, whatever the page has made of them since. */
  databaseAccess?: Pick<IDBFactory, 'open' | 'databases'>;
}

/** Runs in each page before its own code, and remembers what it sends over broadcast channels. */
export function recordMessages(): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const sent: string[] = [];
  Object.defineProperty(window, 'sentToTabs', { value: sent });
  const post = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, 'postMessage');
  Object.defineProperty(BroadcastChannel.prototype, 'postMessage', {
    ...post,
    value(this: BroadcastChannel, message: unknown) {
      try {
        sent.push(JSON.stringify(message));
      } catch {
        // Not JSON, as a message with a cycle: the library sends none.
      }
      (post?.value as BroadcastChannel['postMessage']).call(this, message);
    },
  });
}

/** Runs in each page before its own code. */
export function keepDatabaseAccess(): void {
  if (typeof indexedDB === 'undefined') return;
  const value = { open: indexedDB.open.bind(indexedDB), databases: indexedDB.databases.bind(indexedDB) };
  Object.defineProperty(window, 'databaseAccess', { value });
}

/** Runs in the page. Every text in every database of its origin, bytes read as text as well. */
export async function textsInDatabases(): Promise<readonly DatabaseText[]> {
  const access = (window as unknown as Recorder).databaseAccess;
  if (access === undefined) return [];
  const found: DatabaseText[] = [];
  const resultOf = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('The database cannot be read.'));
    });
  const textsIn = (value: unknown, path: readonly string[], seen: readonly unknown[]): [string, string][] => {
    if (typeof value === 'string') return [[path.join('.'), value]];
    if (typeof value !== 'object' || value === null || seen.includes(value)) return [];
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
      return [[path.join('.'), new TextDecoder('latin1').decode(value)]];
    const isCollection = value instanceof Map || value instanceof Set;
    const members: [unknown, unknown][] = isCollection ? [...value.entries()] : Object.entries(value);
    return members.flatMap(([name, member]) => textsIn(member, [...path, String(name)], [...seen, value]));
  };
  for (const { name = '' } of await access.databases()) {
    const opening = access.open(name);
    // Deleted meanwhile: the search leaves none behind.
    opening.onupgradeneeded = () => opening.transaction?.abort();
    const database = await resultOf(opening).catch(() => null);
    if (database === null) continue;
    for (const store of database.objectStoreNames) {
      const content = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([resultOf(content.getAllKeys()), resultOf(content.getAll())]);
      keys.forEach((key, at) => {
        const entry = { database: name, store, key: JSON.stringify(key) };
        for (const [path, text] of textsIn(key, ['(key)'], [])) found.push({ ...entry, path, text });
        for (const [path, text] of textsIn(values[at], [], [])) found.push({ ...entry, path, text });
      });
    }
    database.close();
  }
  return found;
}

/** Runs in the page. */
export function shownAndStored(): PageView {
  const fields = [...document.querySelectorAll('input, textarea, select')].map(
    (field) => (field as HTMLInputElement).value,
  );
  const shown = [document.title, window.name, JSON.stringify(history.state), ...fields];
  const items: [string, string][] = [];
  try {
    for (const storage of [localStorage, sessionStorage])
      for (const [name, value] of Object.entries(storage)) items.push([name, String(value)]);
  } catch {
    // A page without an origin has none.
  }
  return {
    // Scripts are the app's own. The rest of the page is what the app has made of what it knows.
    shown: [...shown, document.documentElement.outerHTML].join('\n'),
    messages: ((window as unknown as Recorder).sentToTabs ?? []).join('\n'),
    items,
  };
}
