import { IDBFactory } from 'fake-indexeddb';

/** Of the test environment of a browser. */
declare const pendingCryptoCalls: (() => number) | undefined;

/** Gives promises and databases their turns, and lets WebCrypto finish; no time passes. */
export async function turns(count = 3): Promise<void> {
  const elsewhere = new IDBFactory();
  for (let turn = 0; turn < count; turn++)
    do await opened(elsewhere);
    while (isCryptoAtWork());
}

/** WebCrypto works in threads of its own: on a busy machine a call takes longer than many turns. */
function isCryptoAtWork(): boolean {
  return typeof pendingCryptoCalls !== 'undefined' && pendingCryptoCalls() > 0;
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
