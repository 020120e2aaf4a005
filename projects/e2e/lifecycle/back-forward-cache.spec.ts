import { currentTokens, newestAnswer, renewals } from '../tabs/support/oracle';
import { RENEWAL, type Setup, type TabsWorld } from '../tabs/support/tabs-world';
import { expect, test, type LifecycleTab } from './lifecycle-test';

/** To a page of another site: only then does the browser keep the one that is left. */
async function leave({ page }: LifecycleTab, world: TabsWorld): Promise<void> {
  await page.goto(world.blankUrl('localhost'));
}

async function comeBack(tab: LifecycleTab): Promise<void> {
  await tab.page.goBack();
  await tab.call('ready');
}

const STORAGES: readonly { readonly name: string; readonly setup: Setup; readonly tag?: string }[] = [
  { name: 'IndexedDB', setup: { storage: 'indexedDb' } },
  {
    name: 'memory shared by tabs',
    setup: { storage: 'memory', config: { enableTabSync: true } },
    tag: '@long',
  },
  { name: 'localStorage', setup: { storage: 'localStorage' }, tag: '@long' },
  { name: 'sessionStorage', setup: { storage: 'sessionStorage' }, tag: '@long' },
];

for (const { name, setup, tag = [] } of STORAGES)
  test(
    `race 13: a page with a session in ${name} may enter the back/forward cache, and works when it comes back`,
    { tag },
    async ({ world, openSignedIn }) => {
      const [tab] = await openSignedIn(1, setup);
      if (tab === undefined) throw new Error('No tab');
      await world.expire([tab]);
      await tab.token();

      await leave(tab, world);
      await comeBack(tab);

      expect(await tab.call('pageEvents')).toContain('pageshow persisted');
      expect(await tab.call('demand')).toEqual(newestAnswer(world.emulator));
      await world.expire([tab]);
      expect(await tab.call('demand')).toEqual(newestAnswer(world.emulator));
      expect(world.emulator.log.count(RENEWAL)).toBe(2);
    },
  );

test(
  'race 13: a page that is left while it renews keeps no tab waiting, and takes over what the others have when it comes back',
  { tag: '@long' },
  async ({ world, openSignedIn }) => {
    // The clock stands still, so no tab takes over.
    const [holder, second] = await openSignedIn(2, { storage: 'indexedDb', speed: 0 });
    if (holder === undefined || second === undefined) throw new Error('Too few tabs');
    world.emulator.configure({ graceSeconds: 30 });
    const barrier = world.emulator.hold(RENEWAL, 'afterCommit');
    await world.expire([holder, second]);
    await holder.call('begin');
    await barrier.arrived(1);
    const answer = second.call('demand');
    await second.call('whenWaiting', 1);

    await leave(holder, world);
    await barrier.arrived(2);
    await barrier.open();
    expect(await answer).toEqual(newestAnswer(world.emulator));
    await comeBack(holder);

    const held = await second.call('held');
    await holder.call('whenHeld', held?.accessToken ?? 'none');
    expect(await holder.call('held')).toEqual(held);
    expect(currentTokens(world.emulator)).toEqual([held?.refreshToken]);
    expect(renewals(world.emulator)).toEqual({ calls: 2, sentAgain: 1, refused: [] });
  },
);
