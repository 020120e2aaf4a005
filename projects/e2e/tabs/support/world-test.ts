import { expect, leaks, test as base } from '../../support/leaks/watched-test';
import { pageScripts } from '../../support/page-scripts';
import { TabsWorld } from './tabs-world';

/** A Cognito and a server for pages that each test has to itself, for whichever browser and driver. */
export const test = base.extend<{ world: TabsWorld }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
  world: async ({}, use) => {
    const world = await TabsWorld.start(pageScripts('tabs'));
    leaks.guard(world.emulator);
    await use(world);
    await world.close();
  },
});

export { expect };
