import { IDBFactory } from 'fake-indexeddb';

/** Gives promises and databases their turns; no time passes. */
export async function turns(count = 3): Promise<void> {
  const elsewhere = new IDBFactory();
  for (let turn = 0; turn < count; turn++) await opened(elsewhere);
}

/** As many turns as it takes; the test's own limit ends it. */
export async function until(isMet: () => boolean): Promise<void> {
  while (!isMet()) await turns(1);
}

/** A round trip to a database that nobody else uses. */
function opened(factory: IDBFactory): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = factory.open('elsewhere');
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
    request.onerror = () => {
      reject(request.error ?? new Error('No answer.'));
    };
  });
}
