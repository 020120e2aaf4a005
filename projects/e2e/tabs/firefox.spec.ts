import { launch, type Browser, type BrowserContext, type Page } from 'puppeteer-core';
import { NO_LIMITS, openPage } from '../support/puppeteer';
import type { Naive } from './page/naive-page';
import { askTogether, demandTogether } from './support/cycle';
import { currentTokens, newestAnswer, oneFetchEach, renewals } from './support/oracle';
import { callIn } from './support/remote';
import { Tab } from './support/tab';
import { expect, test as base } from './support/world-test';
import { RENEWAL, REVOCATION, type Setup } from './support/tabs-world';

const PAGES = 4;
const CYCLES = 25;

interface Fixtures {
  profile: BrowserContext;
  openSignedIn: (count: number, setup: Setup) => Promise<Tab<Page>[]>;
}

/** Over WebDriver BiDi, which can neither freeze nor crash a page. */
const test = base.extend<Fixtures, { firefox: Browser }>({
  firefox: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
    async ({}, use) => {
      const browser = await launch({
        browser: 'firefox',
        executablePath: process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr',
        ...NO_LIMITS,
      });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  profile: async ({ firefox }, use) => {
    const profile = await firefox.createBrowserContext();
    await use(profile);
    await profile.close();
  },

  openSignedIn: async ({ world, profile }, use) =>
    use(async (count, setup) => {
      const tabs: Tab<Page>[] = [];
      for (let index = 0; index < count; index++) {
        const page = await openPage(profile);
        await page.goto(world.url([setup]));
        const tab = new Tab(page);
        await tab.call('ready');
        if (index === 0) await tab.call('signIn', await world.emulator.signIn('alice'));
        tabs.push(tab);
      }
      return tabs;
    }),
});

test.describe('Firefox', { tag: '@long' }, () => {
  for (const storage of ['indexedDb', 'localStorage'] as const)
    test(`races 1, 5: ${PAGES} tabs want a token at ${CYCLES} expiries, ${storage}: one fetch each`, async ({
      world,
      openSignedIn,
    }) => {
      const tabs = await openSignedIn(PAGES, { storage });

      for (let cycle = 0; cycle < CYCLES; cycle++) {
        const answers = await demandTogether(world, tabs);
        expect(answers).toEqual(tabs.map(() => newestAnswer(world.emulator)));
      }

      expect(renewals(world.emulator)).toEqual(oneFetchEach(CYCLES));
      const held = await Promise.all(tabs.map((tab) => tab.call('held')));
      expect(held.map((one) => one?.refreshToken)).toEqual(tabs.map(() => currentTokens(world.emulator)[0]));
    });

  test('race 5, control: a counter in localStorage that is changed under a lock loses changes', async ({
    world,
    profile,
  }) => {
    const pages: Page[] = [];
    for (let index = 0; index < PAGES; index++) {
      const page = await openPage(profile);
      await page.goto(world.naiveUrl());
      pages.push(page);
    }

    await Promise.all(pages.map((page) => callIn<Naive, 'count'>(page, 'naive', 'count', 500)));

    const counted = await Promise.all(
      pages.map((page) => callIn<Naive, 'counted'>(page, 'naive', 'counted')),
    );
    expect(counted[0]).toBeLessThan(PAGES * 500);
  });

  test('race 8: a holder is closed after Cognito has rotated, grace 30: the token is sent again at once', async ({
    world,
    openSignedIn,
  }) => {
    // The clock stands still, so no tab takes over.
    const [holder, ...others] = await openSignedIn(3, { storage: 'indexedDb', speed: 0 });
    if (holder === undefined) throw new Error('No tab');
    world.emulator.configure({ graceSeconds: 30 });
    const barrier = world.emulator.hold(RENEWAL, 'afterCommit');
    await world.expire([holder, ...others]);
    await holder.call('begin');
    await barrier.arrived(1);
    const answers = others.map((tab) => tab.call('demand'));
    await others[0]?.call('whenWaiting', others.length);

    await holder.page.close();
    await barrier.arrived(2);
    await barrier.open();

    expect(await Promise.all(answers)).toEqual(others.map(() => newestAnswer(world.emulator)));
    expect(renewals(world.emulator)).toEqual({ calls: 2, sentAgain: 1, refused: [] });
  });

  test('race 23: a sign-out while another tab renews ends the session in all tabs at once', async ({
    world,
    openSignedIn,
  }) => {
    const tabs = await openSignedIn(3, { storage: 'indexedDb', speed: 0 });
    const barrier = world.emulator.hold(RENEWAL, 'afterCommit');
    await world.expire(tabs);
    await tabs[0]?.call('begin');
    await barrier.arrived(1);

    await tabs[1]?.call('signOut');
    for (const tab of tabs) await tab.call('whenState', 'signedOut');
    await barrier.open();

    await world.emulator.log.whenEnded(REVOCATION, 1);
    await expect.poll(() => world.emulator.liveRefreshTokens()).toEqual([]);
    expect(await askTogether(tabs)).toEqual(tabs.map(() => ({ error: 'noSession' })));
  });
});
