import type { StorageLab } from './page/storage-lab';
import { call, expect, test } from './storage-test';

declare const storageLab: StorageLab;

test('a database that another tab deletes is let go at once, and made again with the next write', async ({
  page,
  otherTab,
}) => {
  await call(page, 'indexedDb', 'setItem', 'key', 'value');

  // It answers only when no page holds the database open.
  const deletion = await otherTab.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.deleteDatabase('cognito-session');
        request.onsuccess = () => resolve('deleted');
        request.onblocked = () => resolve('blocked');
      }),
  );

  expect(deletion).toBe('deleted');
  expect(await call(page, 'indexedDb', 'getItem', 'key')).toBeNull();
  await call(page, 'indexedDb', 'setItem', 'key', 'again');
  expect(await call(otherTab, 'indexedDb', 'getItem', 'key')).toBe('again');
});

test('a database that another page raises to a newer version is closed for it, and used as it is then', async ({
  page,
  otherTab,
}) => {
  await call(page, 'indexedDb', 'setItem', 'key', 'value');

  const upgrade = await otherTab.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open('cognito-session', 2);
        request.onblocked = () => resolve('blocked');
        request.onsuccess = () => {
          request.result.close();
          resolve('raised');
        };
      }),
  );

  expect(upgrade).toBe('raised');
  expect(await call(page, 'indexedDb', 'getItem', 'key')).toBe('value');
  await call(page, 'indexedDb', 'setItem', 'key', 'again');
  expect(await call(otherTab, 'indexedDb', 'getItem', 'key')).toBe('again');
});

test('a write waits for another tab that holds the store, and is done after it', async ({
  page,
  otherTab,
}) => {
  await call(page, 'indexedDb', 'setItem', 'key', 'value');
  await otherTab.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('cognito-session');
        opening.onsuccess = () => {
          const store = opening.result.transaction('items', 'readwrite').objectStore('items');
          let isHeld = true;
          Object.assign(globalThis, { letGo: () => (isHeld = false) });
          // A transaction lives for as long as it is asked something.
          const askOn = () => {
            resolve();
            if (isHeld) store.get('item:key').onsuccess = askOn;
            else store.put('held', 'item:key');
          };
          askOn();
        };
      }),
  );
  let isWritten = false;
  const writing = call(page, 'indexedDb', 'setItem', 'key', 'mine').then(() => {
    isWritten = true;
  });
  // A database of its own answers meanwhile: the page is not stuck, only this store is held.
  await page.evaluate(() => new Promise((resolve) => (indexedDB.open('another').onsuccess = resolve)));
  expect(isWritten).toBe(false);

  await otherTab.evaluate(() => (globalThis as { letGo?: () => unknown }).letGo?.());
  await writing;

  expect(await call(otherTab, 'indexedDb', 'getItem', 'key')).toBe('mine');
});

test(
  'a read after the completed write of another tab always sees it',
  { tag: '@long' },
  async ({ page, otherTab }) => {
    for (let index = 0; index < 40; index++) {
      await call(otherTab, 'indexedDb', 'setItem', 'key', `value ${index}`);

      expect(await call(page, 'indexedDb', 'getItem', 'key')).toBe(`value ${index}`);
    }
  },
);

for (const kind of ['indexedDb', 'localStorage'] as const)
  test(
    `a tab that reads ${kind} all the time while another one writes never sees a mix`,
    { tag: '@long' },
    async ({ page, otherTab }) => {
      const [seen] = await Promise.all([
        page.evaluate((kind) => storageLab.readAll(kind, { inOneTask: false }), kind),
        otherTab.evaluate((kind) => storageLab.writeInBatches(kind), kind),
      ]);

      expect(seen).toEqual({ mixed: 0 });
    },
  );

test('tabs in which a session storage is written do not see each other', async ({ page, otherTab }) => {
  await call(page, 'sessionStorage', 'setItem', 'key', 'value');

  expect(await call(otherTab, 'sessionStorage', 'getItem', 'key')).toBeNull();
  expect(await call(page, 'sessionStorage', 'getItem', 'key')).toBe('value');
});
