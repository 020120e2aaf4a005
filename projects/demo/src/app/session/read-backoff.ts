interface StoredBackoff {
  readonly backoff?: { readonly until?: unknown };
}

/** Until when no tab calls Cognito, epoch milliseconds, from the record as `docs/reference/storage-format.md` describes it; `null` if there is no wait. */
export async function readBackoff(clientId: string): Promise<number | null> {
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === 'cognito-session')) return null;
  const database = await resultOf(indexedDB.open('cognito-session'));
  try {
    if (!database.objectStoreNames.contains('items')) return null;
    const items = database.transaction('items').objectStore('items');
    const record = (await resultOf(items.get(`record:${clientId}`))) as StoredBackoff | undefined;
    const until = record?.backoff?.until;
    return typeof until === 'number' ? until : null;
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
