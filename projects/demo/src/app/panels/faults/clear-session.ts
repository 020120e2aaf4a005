const NAME = 'cognito-session';

/** Removes what the library has stored for this origin, as a user does who clears the data of a site. */
export async function clearSession(): Promise<void> {
  for (const storage of [localStorage, sessionStorage])
    for (const key of Object.keys(storage)) if (key.startsWith(NAME)) storage.removeItem(key);
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === NAME)) return;
  const database = await done(indexedDB.open(NAME));
  try {
    const stores = [...database.objectStoreNames];
    if (stores.length === 0) return;
    const transaction = database.transaction(stores, 'readwrite');
    await Promise.all(stores.map((store) => done(transaction.objectStore(store).clear())));
  } finally {
    database.close();
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database did not answer'));
  });
}
