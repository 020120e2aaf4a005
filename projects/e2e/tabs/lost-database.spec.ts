import type { BrowserContext, Page } from '@playwright/test';
import { everyDay } from '../support/every-day';
import { currentTokens, newestAnswer, oneFetchEach, renewals } from './support/oracle';
import { Tab } from './support/tab';
import { expect, test } from './support/tabs-test';
import type { Setup, TabsWorld } from './support/tabs-world';

const SETUP: Setup = { storage: 'localStorage' };

/** Leaves the database of the library without its object store, as a first start does that was cut off. */
async function emptyDatabase(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deletion = indexedDB.deleteDatabase('cognito-session');
        deletion.onerror = () => reject(new Error('The database stays.'));
        deletion.onsuccess = () => {
          const opening = indexedDB.open('cognito-session');
          opening.onerror = () => reject(new Error('The database cannot be made.'));
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
}

/** A full disk, a damaged profile, or a storage process that hangs. */
type Trouble = 'UnknownError' | 'QuotaExceededError' | 'no answer';

/** A page in which every `indexedDB.open` comes to this. */
async function openWithout(context: BrowserContext, world: TabsWorld, trouble: Trouble): Promise<Tab<Page>> {
  const page = await context.newPage();
  await page.addInitScript((trouble) => {
    IDBFactory.prototype.open = () => {
      const error = new DOMException('Internal error.', trouble);
      const request = Object.assign(new EventTarget(), { error, onerror: null }) as IDBOpenDBRequest;
      if (trouble !== 'no answer')
        queueMicrotask(() => {
          request.onerror?.(new Event('error'));
        });
      return request;
    };
  }, trouble);
  await page.goto(world.url([SETUP]));
  const tab = new Tab(page);
  await tab.call('ready');
  return tab;
}

test('a database without its object store gets one, and the session goes on', async ({
  world,
  openSignedIn,
  open,
  context,
}) => {
  const [first] = await openSignedIn(1, SETUP);
  const token = await first?.token();
  await first?.page.close();
  const stranger = await context.newPage();
  await stranger.goto(world.blankUrl());
  await emptyDatabase(stranger);

  const tabs = [await open(SETUP), await open(SETUP)];

  for (const tab of tabs) {
    expect(await tab.call('state')).toEqual({ status: 'signedIn', user: 'alice' });
    expect(await tab.call('demand')).toEqual({ token });
    expect(await tab.eventTypes()).toEqual(['sessionRestored']);
  }
  await world.expire(tabs);
  for (const tab of tabs) expect(await tab.call('demand')).toEqual(newestAnswer(world.emulator));
  expect(renewals(world.emulator)).toEqual(oneFetchEach(1));
});

for (const trouble of ['UnknownError', 'QuotaExceededError', 'no answer'] as const)
  test(
    `a page that cannot open its database goes on with the copy (${trouble})`,
    everyDay(trouble === 'UnknownError'),
    async ({ world, openSignedIn, open, context }) => {
      const [first] = await openSignedIn(1, SETUP);
      const token = await first?.token();
      await first?.page.close();

      const tab = await openWithout(context, world, trouble);

      expect(await tab.call('state')).toEqual({ status: 'signedIn', user: 'alice' });
      expect(await tab.call('demand')).toEqual({ token });
      expect((await tab.call('warnings')).filter((text) => text.includes('detached'))).toHaveLength(1);
      await world.expire([tab]);
      expect(await tab.call('demand')).toEqual(newestAnswer(world.emulator));
      // The new tokens outlive the page, also where the database works.
      const again = await openWithout(context, world, trouble);
      expect(await again.call('demand')).toEqual(newestAnswer(world.emulator));
      const healthy = await open(SETUP);
      expect(await healthy.call('demand')).toEqual(newestAnswer(world.emulator));
      expect(renewals(world.emulator)).toEqual(oneFetchEach(1));
      await world.expire([tab, again, healthy]);
      const answers = await Promise.all([tab, again, healthy].map((one) => one.call('demand')));
      expect(answers).toEqual(answers.map(() => newestAnswer(world.emulator)));
      expect(renewals(world.emulator)).toEqual(oneFetchEach(2));

      // A sign-in there is found by the next page.
      const bob = await world.emulator.signIn('bob');
      await tab.call('signIn', bob);
      for (const one of [again, healthy]) await one.call('whenHeld', bob.AccessToken);
      await expect.poll(() => currentTokens(world.emulator)).toEqual([bob.RefreshToken]);
      await tab.call('signOut');
      for (const one of [again, healthy]) await one.call('whenState', 'signedOut');
      await expect.poll(() => world.emulator.liveRefreshTokens()).toEqual([]);
      const later = await open(SETUP);
      for (const one of [again, healthy, later])
        expect(await one.call('state')).toMatchObject({ status: 'signedOut' });
    },
  );
