import { expect, leaks, test as base } from '../../support/leaks/watched-test';
import { pageScripts } from '../../support/page-scripts';
import type { StorageName } from '../page/setup';
import { TabsWorld } from './tabs-world';

/** They keep tokens as they are. */
const NOT_SEALED: readonly StorageName[] = ['cookies', 'indexedDb', 'localStorage'];

/** A Cognito and a server for pages that each test has to itself, for whichever browser and driver. */
export const test = base.extend<{ world: TabsWorld }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
  world: async ({}, use) => {
    const world = await TabsWorld.start(pageScripts('tabs'));
    leaks.guard(world.emulator);
    await use(world);
    if (NOT_SEALED.some((storage) => world.storages.has(storage))) leaks.allowOwnStores();
    await world.close();
  },
});

export { expect };
