import type { Barrier } from 'cognito-emulator';
import { everyDay } from '../support/every-day';
import { currentTokens, newestAnswer, renewals } from '../tabs/support/oracle';
import { RENEWAL, type Setup, type TabsWorld } from '../tabs/support/tabs-world';
import { expect, test as base, type LifecycleTab } from './lifecycle-test';

/** An attempt that may live is overtaken after 20 s: four times as fast, and in real time. */
const SPEEDS = [4, 1];

interface Tabs {
  readonly holder: LifecycleTab;
  readonly second: LifecycleTab;
}

const test = base.extend<{ openTwo: (setup: Setup) => Promise<Tabs> }>({
  openTwo: async ({ openSignedIn }, use) =>
    use(async (setup) => {
      const [holder, second] = await openSignedIn(2, setup);
      if (holder === undefined || second === undefined) throw new Error('Too few tabs');
      return { holder, second };
    }),
});

/** The first tab renews and is frozen while Cognito holds its call; the second one is in front. */
async function freezeHolder(world: TabsWorld, { holder, second }: Tabs): Promise<Barrier> {
  const barrier = world.emulator.hold(RENEWAL);
  await holder.show([second]);
  await world.expire([holder, second]);
  await holder.call('begin');
  await barrier.arrived(1);
  await second.show([holder]);
  await holder.freeze();
  return barrier;
}

async function expectNobodyOut({ holder, second }: Tabs): Promise<void> {
  for (const tab of [holder, second]) {
    expect(await tab.call('state')).toEqual({ status: 'signedIn', user: 'alice' });
    const ends = (await tab.call('events')).filter(
      ({ type, final }) => type === 'signedOut' || final === true,
    );
    expect(ends).toEqual([]);
  }
}

for (const speed of SPEEDS) {
  const setup: Setup = { storage: 'indexedDb', speed };

  test.describe(`a holder that is frozen while it sends, ${speed === 1 ? 'in real time' : 'hurried'}`, () => {
    test(
      'race 14: grace 60: is overtaken once, its late answer changes nothing, no tab is signed out',
      everyDay(speed > 1),
      async ({ world, openTwo }) => {
        const tabs = await openTwo(setup);
        const { holder, second } = tabs;
        world.emulator.configure({ graceSeconds: 60 });
        const barrier = await freezeHolder(world, tabs);

        await second.call('begin');
        await barrier.arrived(2);
        // The one that is overtaken was first: what the second one gets is what the grace gives.
        await barrier.open();
        await second.call('whenEvents', 'tokenRefreshed');
        await holder.resume();

        const held = await second.call('held');
        await holder.call('whenHeld', held?.accessToken ?? 'none');
        expect(await holder.call('held')).toEqual(held);
        expect(currentTokens(world.emulator)).toEqual([held?.refreshToken]);
        expect(renewals(world.emulator)).toEqual({ calls: 2, sentAgain: 1, refused: [] });
        await expectNobodyOut(tabs);
      },
    );

    test(
      'race 15: grace 0: may hold the good answer: no tab is signed out, and all have it once it goes on',
      { tag: '@long' },
      async ({ world, openTwo }) => {
        const tabs = await openTwo(setup);
        const { holder, second } = tabs;
        const barrier = await freezeHolder(world, tabs);

        await second.call('begin');
        await barrier.arrived(2);
        await barrier.open();
        await second.call('whenState', 'stale');
        // On a machine that is slower than the hurried clock the record's own limits may run out before.
        await expect.poll(() => second.call('demand')).toEqual({ error: 'rotationPending' });
        await holder.resume();

        await holder.call('whenEvents', 'tokenRefreshed');
        const held = await holder.call('held');
        await second.call('whenHeld', held?.accessToken ?? 'none');
        expect(await second.call('demand')).toEqual({ token: held?.accessToken });
        expect(currentTokens(world.emulator)).toEqual([held?.refreshToken]);
        expect(renewals(world.emulator)).toEqual({
          calls: 2,
          sentAgain: 1,
          refused: ['RefreshTokenReuseException'],
        });
        await expectNobodyOut(tabs);
      },
    );

    test(
      'race 16: grace 0: and then dies took the answer along: the session ends, and it is said why',
      { tag: '@long' },
      async ({ world, openTwo }) => {
        const tabs = await openTwo(setup);
        const { holder, second } = tabs;
        const barrier = await freezeHolder(world, tabs);
        await second.call('begin');
        await barrier.arrived(2);
        await barrier.open();
        await second.call('whenState', 'stale');

        await holder.crash();

        expect(await second.call('whenState', 'signedOut')).toEqual({
          status: 'signedOut',
          reason: 'rotationLost',
        });
        expect(world.emulator.log.count(RENEWAL)).toBe(2);
      },
    );
  });
}

test('race 17: a tab that is frozen while it waits keeps no tab waiting', async ({ world, openSignedIn }) => {
  // The clock stands still, so no tab takes over.
  const [holder, frozen, next] = await openSignedIn(3, { storage: 'indexedDb', speed: 0 });
  if (holder === undefined || frozen === undefined || next === undefined) throw new Error('Too few tabs');
  world.emulator.configure({ graceSeconds: 30 });
  const barrier = world.emulator.hold(RENEWAL, 'afterCommit');
  await holder.show([frozen, next]);
  await world.expire([holder, frozen, next]);
  await holder.call('begin');
  await barrier.arrived(1);
  await frozen.call('begin');
  await frozen.call('whenWaiting', 1);
  await next.show([holder, frozen]);
  await frozen.freeze();
  const answer = next.call('demand');
  await next.call('whenWaiting', 2);

  await holder.crash();
  await barrier.arrived(2);
  await barrier.open();

  expect(await answer).toEqual(newestAnswer(world.emulator));
  await frozen.resume();
  expect(await frozen.call('demand')).toEqual(newestAnswer(world.emulator));
  expect(renewals(world.emulator)).toEqual({ calls: 2, sentAgain: 1, refused: [] });
});

test('race 25: a tab that was frozen during a sign-out is signed out when it goes on, before any request leaves it', async ({
  world,
  openTwo,
}) => {
  const { holder: frozen, second } = await openTwo({ storage: 'localStorage' });
  await second.show([frozen]);
  await frozen.freeze();
  await second.call('signOut');
  await world.expire([frozen, second]);

  await frozen.resume();

  expect(await frozen.call('demand')).toHaveProperty('error');
  expect(await frozen.call('whenState', 'signedOut')).toMatchObject({ reason: 'signedOutElsewhere' });
  expect(await frozen.call('calls', RENEWAL)).toEqual([]);
  expect(world.emulator.liveRefreshTokens()).toEqual([]);
});
