import type { Page } from '@playwright/test';
import { expect, seenOn, signInWithBrowser, test } from './server-rendering-test';

const ALICE = 'signedIn, alice';

/** Another signature below the claims of the stored access token. */
async function forgeRecord(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('cognito-session');
        opening.onerror = () => reject(new Error('No database.'));
        opening.onsuccess = () => {
          const database = opening.result;
          const [store = ''] = database.objectStoreNames;
          const transaction = database.transaction(store, 'readwrite');
          const cursor = transaction.objectStore(store).openCursor();
          cursor.onsuccess = () => {
            const { result } = cursor;
            if (result === null) return;
            const record = result.value as { tokens?: { accessToken: string } };
            if (record.tokens !== undefined) {
              const [header, payload, signature = ''] = record.tokens.accessToken.split('.');
              const other = signature.slice(9) + signature.slice(0, 9);
              record.tokens.accessToken = [header, payload, other].join('.');
              result.update(record);
            }
            result.continue();
          };
          transaction.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
  );
}

test('a browser believes a stored session once it has verified it, and no forged one', async ({
  page,
  signIn,
  settings,
}) => {
  await signInWithBrowser(page, { settings: settings({ storage: 'local', verifies: true }), signIn });

  await page.reload();
  await expect(page.locator('#session')).toHaveText(ALICE);
  expect(await seenOn(page)).toMatchObject({
    states: ['restoring', 'signedIn'],
    events: ['sessionRestored'],
  });

  await forgeRecord(page);
  await page.reload();
  await expect(page.locator('#session')).toHaveText('signedOut, nobody');
  expect(await seenOn(page)).toMatchObject({ states: ['restoring', 'signedOut'] });
});
