import { redact, redactText } from './redact';

/** Something that the library has stored, redacted. */
export interface StoredItem {
  readonly place: 'localStorage' | 'sessionStorage' | 'IndexedDB' | 'Cookies';
  readonly key: string;
  readonly value: string;
}

const NAME = 'cognito-session';

/** Everything of the library in this browser that scripts of this origin can see. */
export async function storedItems(): Promise<readonly StoredItem[]> {
  return [
    ...itemsOf('localStorage', localStorage),
    ...itemsOf('sessionStorage', sessionStorage),
    ...cookies(),
    ...(await recordsOf()),
  ];
}

function itemsOf(place: StoredItem['place'], storage: Storage): readonly StoredItem[] {
  const keys = Object.keys(storage).filter((key) => key.startsWith(NAME));
  return keys.map((key) => ({ place, key, value: redactText(storage.getItem(key) ?? '') }));
}

function cookies(): readonly StoredItem[] {
  const pairs = document.cookie === '' ? [] : document.cookie.split('; ');
  return pairs
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const)
    .filter(([key]) => key.includes(NAME))
    .map(([key, value]) => ({ place: 'Cookies', key, value: redactText(decodeURIComponent(value)) }));
}

async function recordsOf(): Promise<readonly StoredItem[]> {
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === NAME)) return [];
  const database = await resultOf(indexedDB.open(NAME));
  try {
    const items: StoredItem[] = [];
    for (const name of database.objectStoreNames) {
      const store = database.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([resultOf(store.getAllKeys()), resultOf(store.getAll())]);
      keys.forEach((key, index) =>
        items.push({
          place: 'IndexedDB',
          key: typeof key === 'string' ? key : JSON.stringify(key),
          value: redact(values[index]),
        }),
      );
    }
    return items;
  } finally {
    database.close();
  }
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database did not answer'));
  });
}
