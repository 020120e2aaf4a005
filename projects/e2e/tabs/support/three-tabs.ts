import type { Page } from '@playwright/test';
import type { Barrier, HoldPoint } from 'cognito-emulator';
import type { Answer } from '../page/tab-lab';
import type { Tab } from './tab';
import { test as base } from './tabs-test';
import { RENEWAL, type Setup, type TabsWorld } from './tabs-world';

/** The first one renews; the others want the token as well. */
export type ThreeTabs = readonly [holder: Tab<Page>, second: Tab<Page>, third: Tab<Page>];

interface Fixtures {
  setup: Setup;
  three: ThreeTabs;
}

export const test = base.extend<Fixtures>({
  // The clock stands still: what is known to be dead must not take time.
  setup: [{ storage: 'indexedDb', speed: 0 }, { option: true }],
  three: async ({ openSignedIn, setup }, use) => {
    const [holder, second, third] = await openSignedIn(3, setup);
    if (holder === undefined || second === undefined || third === undefined) throw new Error('Too few tabs');
    await use([holder, second, third]);
  },
});

/** The tokens die, the first tab renews, and its call is held at Cognito. */
export async function holdRenewal(world: TabsWorld, tabs: ThreeTabs, point: HoldPoint): Promise<Barrier> {
  const barrier = world.emulator.hold(RENEWAL, point);
  await world.expire(tabs);
  await tabs[0].call('begin');
  await barrier.arrived(1);
  return barrier;
}

/** The others ask for a token and wait for the tab that refreshes. Their answers, once they have them. */
export async function queueOthers([, ...others]: ThreeTabs): Promise<() => Promise<readonly Answer[]>> {
  const answers = others.map((tab) => tab.call('demand'));
  await others[0].call('whenWaiting', others.length);
  return () => Promise.all(answers);
}
