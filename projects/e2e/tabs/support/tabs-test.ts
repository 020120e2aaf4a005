import type { BrowserContext, Page } from '@playwright/test';
import { expect, test as base } from './world-test';
import { Tab } from './tab';
import { SECURE_HOST, type Setup } from './tabs-world';

interface Fixtures {
  /** Where the pages are; default: an origin that browsers take for secure. */
  host: string;
  /** Opens a page with one app and waits until it knows whether the user is signed in. */
  open: (setup: Setup, context?: BrowserContext) => Promise<Tab<Page>>;
  /** So many pages of one origin, signed in as one user, all with the same tokens. */
  openSignedIn: (count: number, setup: Setup) => Promise<Tab<Page>[]>;
}

/** Pages of one browser against a Cognito that the test has to itself. */
export const test = base.extend<Fixtures>({
  host: [SECURE_HOST, { option: true }],

  open: async ({ world, context, host }, use) =>
    use(async (setup, where = context) => {
      const page = await where.newPage();
      await page.goto(world.url([setup], host));
      const tab = new Tab(page);
      await tab.call('ready');
      return tab;
    }),

  openSignedIn: async ({ world, open }, use) =>
    use(async (count, setup) => {
      const first = await open(setup);
      await first.call('signIn', await world.emulator.signIn('alice'));
      const others: Tab<Page>[] = [];
      for (let index = 1; index < count; index++) others.push(await open(setup));
      return [first, ...others];
    }),
});

export { expect };
