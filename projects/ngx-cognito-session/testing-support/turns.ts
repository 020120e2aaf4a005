import { IDBFactory } from 'fake-indexeddb';

/** Gives promises and databases their turns; no time passes. */
export async function turns(count = 3): Promise<void> {
  const elsewhere = new IDBFactory();
  for (let turn = 0; turn < count; turn++) await opened(elsewhere);
}

/** Far more than anything takes that goes on without time passing, real HTTP included. */
const MOST_TURNS = 20_000;

/** As many turns as it takes; no time passes. */
export async function until(isMet: () => boolean): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    if (isMet()) return;
    await turns(1);
  }
  throw new Error('It never came to that.');
}

/** A round trip to a database that no other code uses. */
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
