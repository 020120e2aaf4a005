import { test as base, expect } from '@playwright/test';
import { bundlePageScripts, type PageScripts } from './page-scripts';
import { TabsWorld } from './tabs-world';

/** A Cognito and a server for pages that each test has to itself, for whichever browser and driver. */
export const test = base.extend<{ world: TabsWorld }, { scripts: PageScripts }>({
  scripts: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
    async ({}, use) => use(await bundlePageScripts()),
    { scope: 'worker' },
  ],

  world: async ({ scripts }, use) => {
    const world = await TabsWorld.start(scripts);
    await use(world);
    await world.close();
  },
});

export { expect };
