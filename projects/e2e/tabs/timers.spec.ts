import type { Page } from '@playwright/test';
import { demandTogether } from './support/cycle';
import { currentTokens, oneFetchEach, renewals } from './support/oracle';
import { expect, test } from './support/tabs-test';
import { RENEWAL, type TabsWorld } from './support/tabs-world';

/** So short that the timers of all pages fire within a fraction of a second: the jitter is a tenth of the buffer. */
const TOKEN_SECONDS = 6;

function shortenTokens({ emulator }: TabsWorld): void {
  emulator.configure({ accessTokenSeconds: TOKEN_SECONDS, idTokenSeconds: TOKEN_SECONDS });
}

for (const { pages, expiries } of [
  { pages: 3, expiries: 2 },
  { pages: 10, expiries: 10 },
])
  test(
    `race 3: the timers of ${pages} tabs fire together ${expiries} times in real time: one fetch each`,
    { tag: '@long' },
    async ({ world, openSignedIn, open }) => {
      const tabs = await openSignedIn(1, { storage: 'indexedDb' });
      for (let index = 1; index < pages; index++) tabs.push(await open({ storage: 'indexedDb' }));
      shortenTokens(world);
      await demandTogether(world, tabs);

      // The first of them was asked for.
      for (const tab of tabs) await tab.call('whenEvents', 'tokenRefreshed', 1 + expiries);

      const seen = renewals(world.emulator);
      expect(seen).toEqual(oneFetchEach(seen.calls));
      expect(seen.calls).toBeGreaterThanOrEqual(1 + expiries);
      const tried = await Promise.all(tabs.map((tab) => tab.call('calls', RENEWAL)));
      expect(tried.flat().length).toBe(world.emulator.log.count(RENEWAL));
    },
  );

test(
  'race 3: timers that are all overdue when the device wakes up make one fetch',
  { tag: '@long' },
  async ({ world, openSignedIn }) => {
    const tabs = await openSignedIn(5, { storage: 'localStorage' });

    await world.expire(tabs);
    // What a browser tells a page that has slept.
    await Promise.all(tabs.map(({ page }) => page.evaluate(() => dispatchEvent(new Event('pageshow')))));
    for (const tab of tabs) await tab.call('whenEvents', 'tokenRefreshed');

    expect(renewals(world.emulator)).toEqual(oneFetchEach(1));
  },
);

for (const { pages, reloads } of [
  { pages: 3, reloads: 2 },
  { pages: 5, reloads: 20 },
])
  test(
    `races 8, 13: ${pages} tabs that are reloaded ${reloads} times while they renew keep the session`,
    { tag: '@long' },
    async ({ world, openSignedIn }) => {
      const tabs = await openSignedIn(pages, { storage: 'localStorage' });
      world.emulator.configure({ graceSeconds: 60 });

      for (let reload = 0; reload < reloads; reload++) {
        await world.expire(tabs);
        await Promise.all(tabs.map((tab) => tab.call('begin')));
        await Promise.all(tabs.map(({ page }) => reloadTwice(page)));
        for (const tab of tabs) expect(await tab.call('ready')).toMatchObject({ status: 'signedIn' });
      }

      const answers = await demandTogether(world, tabs);
      const newest = world.emulator.log.last(RENEWAL)?.tokensOut.access;
      expect(answers).toEqual(tabs.map(() => ({ token: newest })));
      expect(renewals(world.emulator).refused).toEqual([]);
      const held = await Promise.all(tabs.map((tab) => tab.call('held')));
      expect(held.map((one) => one?.refreshToken)).toEqual(tabs.map(() => currentTokens(world.emulator)[0]));
      expect(currentTokens(world.emulator)).toHaveLength(1);
    },
  );

/** A person who cannot wait. */
async function reloadTwice(page: Page): Promise<void> {
  await page.reload({ waitUntil: 'domcontentloaded' });
  await page.reload();
}
