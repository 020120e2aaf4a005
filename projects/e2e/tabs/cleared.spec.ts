import type { Page } from '@playwright/test';
import type { Tab } from './support/tab';
import { expect, test } from './support/tabs-test';
import type { Setup } from './support/tabs-world';

/** Everything that the library has stored anywhere on this origin, gone at once. */
async function deleteDatabases(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases())
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = () => resolve();
        request.onerror = () => reject(new Error(`${name} stays`));
      });
  });
}

interface Clearing {
  readonly what: string;
  readonly storage: Setup['storage'];
  readonly clear: (page: Page) => Promise<void>;
  readonly tag?: string;
}

const clearStorage = (page: Page): Promise<void> => page.evaluate(() => localStorage.clear());

const CLEARINGS: readonly Clearing[] = [
  { what: 'the database is deleted', storage: 'indexedDb', clear: deleteDatabases },
  {
    what: 'localStorage is cleared and the database deleted',
    storage: 'localStorage',
    clear: async (page) => {
      await clearStorage(page);
      await deleteDatabases(page);
    },
    tag: '@long',
  },
];

async function endsOf(tab: Tab): Promise<readonly unknown[]> {
  return (await tab.call('events')).filter(({ type }) => /signedOut|sessionExpired/.test(type));
}

for (const { what, storage, clear, tag = [] } of CLEARINGS)
  test(
    `race 44: ${what} in another tab: every tab is signed out at once, once, and says why`,
    { tag },
    async ({ world, openSignedIn, open, context }) => {
      const tabs = await openSignedIn(2, { storage });
      const stranger = await context.newPage();
      await stranger.goto(world.blankUrl());

      await clear(stranger);
      for (const tab of tabs) {
        expect(await tab.call('whenState', 'signedOut')).toEqual({
          status: 'signedOut',
          reason: 'storageCleared',
        });
        expect(await endsOf(tab)).toEqual([
          expect.objectContaining({ type: 'sessionExpired', reason: 'storageCleared', final: true }),
        ]);
      }
      const later = await open({ storage });
      expect(await later.call('state')).toMatchObject({ status: 'signedOut' });
    },
  );

test(
  'race 44: only the copy in localStorage is cleared in another tab: no tab is signed out, and the next page mends it',
  { tag: '@long' },
  async ({ world, openSignedIn, open, context }) => {
    const tabs = await openSignedIn(2, { storage: 'localStorage' });
    const stranger = await context.newPage();
    await stranger.goto(world.blankUrl());

    await clearStorage(stranger);

    const later = await open({ storage: 'localStorage' });
    for (const tab of [...tabs, later]) {
      await tab.token();
      expect(await tab.call('state')).toMatchObject({ status: 'signedIn' });
      expect(await endsOf(tab)).toEqual([]);
    }
    await expect.poll(() => stranger.evaluate(() => Object.keys(localStorage).length)).toBe(1);
  },
);
