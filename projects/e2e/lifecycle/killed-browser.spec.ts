import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Browser } from 'puppeteer-core';
import { CHROMIUM_ARGUMENTS, CHROMIUM_PATH } from '../support/chromium';
import { NO_LIMITS, openPage } from '../support/puppeteer';
import { newestAnswer, renewals } from '../tabs/support/oracle';
import { Tab } from '../tabs/support/tab';
import { RENEWAL, type Setup, type TabsWorld } from '../tabs/support/tabs-world';
import { expect, test as base } from './lifecycle-test';

const SETUP: Setup = { storage: 'indexedDb', speed: 0 };

/** A browser with a profile on the disk, which is there when it is started again. */
const test = base.extend<{ start: () => Promise<Browser> }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
  start: async ({}, use) => {
    const userDataDir = await mkdtemp(join(tmpdir(), 'profile-'));
    const browsers: Browser[] = [];
    await use(async () => {
      const browser = await launch({
        executablePath: CHROMIUM_PATH,
        args: [...CHROMIUM_ARGUMENTS],
        userDataDir,
        ...NO_LIMITS,
      });
      browsers.push(browser);
      return browser;
    });
    await Promise.all(browsers.filter(({ connected }) => connected).map((browser) => browser.close()));
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
  },
});

async function openTab(browser: Browser, world: TabsWorld): Promise<Tab> {
  const page = await openPage(browser);
  await page.goto(world.url([SETUP]));
  return new Tab(page);
}

/** As by a power failure, as far as the browser can tell. */
async function kill(browser: Browser): Promise<void> {
  const process = browser.process();
  if (process === null) throw new Error('The browser has no process');
  const ended = once(process, 'exit');
  process.kill('SIGKILL');
  await ended;
}

/** Signed in, and killed with the answer of a renewal on its way; then started again. */
async function killWhileRenewing(world: TabsWorld, start: () => Promise<Browser>): Promise<Tab> {
  const browser = await start();
  const tab = await openTab(browser, world);
  await tab.call('signIn', await world.emulator.signIn('alice'));
  const barrier = world.emulator.hold(RENEWAL, 'afterCommit');
  await world.expire([tab]);
  await tab.call('begin');
  await barrier.arrived(1);
  await kill(browser);
  await barrier.open();
  return openTab(await start(), world);
}

test('race 12: a browser that is killed after Cognito has rotated and started again within the grace recovers the session', async ({
  world,
  start,
}) => {
  // Longer than any machine takes to start a browser.
  world.emulator.configure({ graceSeconds: 3600 });

  const tab = await killWhileRenewing(world, start);

  expect(await tab.call('demand')).toEqual(newestAnswer(world.emulator));
  expect(renewals(world.emulator)).toEqual({ calls: 2, sentAgain: 1, refused: [] });
});

test(
  'race 12: a browser that is killed after Cognito has rotated says without a grace that the answer was lost',
  { tag: '@long' },
  async ({ world, start }) => {
    const tab = await killWhileRenewing(world, start);

    expect(await tab.call('whenState', 'signedOut')).toEqual({ status: 'signedOut', reason: 'rotationLost' });
    expect(renewals(world.emulator)).toEqual({
      calls: 2,
      sentAgain: 1,
      refused: ['RefreshTokenReuseException'],
    });
  },
);
