const STORE = 'items';

/** All items of a database. */
export async function readDatabase(name: string): Promise<readonly [string, unknown][]> {
  const database = await open(name);
  const store = database.transaction(STORE).objectStore(STORE);
  const keys = await answer(store.getAllKeys());
  const values = await answer(store.getAll());
  database.close();
  return keys.map((key, index) => [JSON.stringify(key), values[index] as unknown]);
}

/** Puts an item into a database that is there. */
export async function writeDatabase(name: string, key: string, value: unknown): Promise<void> {
  const database = await open(name);
  await answer(database.transaction(STORE, 'readwrite').objectStore(STORE).put(value, key));
  database.close();
}

/** Deletes a database, as the user does or another tab. */
export async function deleteDatabase(name: string): Promise<void> {
  await answer(indexedDB.deleteDatabase(name));
}

function open(name: string): Promise<IDBDatabase> {
  return answer(indexedDB.open(name));
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('No answer.'));
  });
}

/** Keeps all other transactions of a database waiting, as a frozen page does. Resolves with what ends that. */
export async function blockDatabase(name: string): Promise<() => void> {
  const database = await open(name);
  const store = database.transaction(STORE, 'readwrite').objectStore(STORE);
  let isBlocking = true;
  const goOn = () => {
    if (isBlocking) store.get('').onsuccess = goOn;
    else database.close();
  };
  goOn();
  return () => (isBlocking = false);
}
