import type { Page } from '@playwright/test';
import { everyDay } from '../support/every-day';
import { crash } from './support/crash';
import { askTogether, demandTogether } from './support/cycle';
import { newestAnswer, currentTokens, oneFetchEach, renewals } from './support/oracle';
import type { Tab } from './support/tab';
import { expect } from './support/tabs-test';
import { RENEWAL, type TabsWorld } from './support/tabs-world';
import { holdRenewal, queueOthers, test } from './support/three-tabs';

interface End {
  readonly race: string;
  readonly way: string;
  readonly happen: (tab: Tab<Page>, world: TabsWorld) => Promise<unknown>;
}

const ENDS: readonly End[] = [
  { race: 'race 8', way: 'crashes', happen: crash },
  { race: 'races 8, 13', way: 'is closed', happen: ({ page }) => page.close() },
  {
    race: 'race 13',
    way: 'is left for another page',
    happen: ({ page }, world) => page.goto(world.blankUrl('localhost')),
  },
];

test('race 7: a holder crashes before it has sent: the next one sends, and Cognito sees one call', async ({
  world,
  three,
}) => {
  const [holder, ...others] = three;
  await world.expire(three);
  await holder.call('keepCalls');
  await holder.call('begin');
  await holder.call('whenCalled', RENEWAL, 1);
  const answers = await queueOthers(three);

  await crash(holder);

  const newest = await answers();
  expect(newest).toEqual(others.map(() => newestAnswer(world.emulator)));
  expect(renewals(world.emulator)).toEqual(oneFetchEach(1));
});

for (const { race, way, happen } of ENDS)
  test(
    `${race}: a holder ${way} after Cognito has rotated, grace 30: the token is sent again at once, and no tab is signed out`,
    everyDay(happen === crash),
    async ({ world, three }) => {
      const [holder, second, third] = three;
      world.emulator.configure({ graceSeconds: 30 });
      const barrier = await holdRenewal(world, three, 'afterCommit');
      const answers = await queueOthers(three);

      await happen(holder, world);
      await barrier.arrived(2);
      await barrier.open();

      expect(await answers()).toEqual([newestAnswer(world.emulator), newestAnswer(world.emulator)]);
      expect(renewals(world.emulator)).toEqual({ calls: 2, sentAgain: 1, refused: [] });
      expect(await second.call('held')).toEqual(await third.call('held'));
      expect(currentTokens(world.emulator)).toEqual([(await second.call('held'))?.refreshToken]);
      await demandTogether(world, [second, third]);
      expect(renewals(world.emulator)).toEqual({ calls: 3, sentAgain: 1, refused: [] });
    },
  );

test(
  'race 9: a holder crashes after Cognito has rotated, grace 0: one sign-out per tab that says why, and no more calls',
  { tag: '@long' },
  async ({ world, three }) => {
    const [holder, ...others] = three;
    const barrier = await holdRenewal(world, three, 'afterCommit');
    const answers = await queueOthers(three);

    await crash(holder);
    await barrier.arrived(2);
    await barrier.open();

    expect(await answers()).toEqual([{ error: 'rotationLost' }, { error: 'rotationLost' }]);
    expect(renewals(world.emulator)).toEqual({
      calls: 2,
      sentAgain: 1,
      refused: ['RefreshTokenReuseException'],
    });
    await askTogether(others);
    for (const tab of others) {
      expect(await tab.call('whenState', 'signedOut')).toEqual({
        status: 'signedOut',
        reason: 'rotationLost',
      });
      const ends = (await tab.call('events')).filter(({ type }) => /signedOut|sessionExpired/.test(type));
      expect(ends).toEqual([expect.objectContaining({ reason: 'rotationLost', final: true })]);
    }
    expect(world.emulator.log.count(RENEWAL)).toBe(2);
  },
);

test.describe('the only tab', () => {
  test(
    'race 11: crashes after Cognito has rotated: a new one within the grace recovers the session',
    { tag: '@long' },
    async ({ world, openSignedIn, open, setup }) => {
      const [only] = await openSignedIn(1, setup);
      if (only === undefined) throw new Error('No tab');
      world.emulator.configure({ graceSeconds: 30 });
      const barrier = world.emulator.hold(RENEWAL, 'afterCommit');
      await world.expire([only]);
      await only.call('begin');
      await barrier.arrived(1);

      await crash(only);
      await barrier.open();
      const next = await open(setup);

      expect(await next.call('state')).toEqual({ status: 'signedIn', user: 'alice' });
      expect(await next.call('demand')).toEqual(newestAnswer(world.emulator));
      expect(renewals(world.emulator)).toEqual({ calls: 2, sentAgain: 1, refused: [] });
    },
  );

  test(
    'race 11: crashes after Cognito has rotated: a new one after the grace says that the answer was lost',
    { tag: '@long' },
    async ({ world, openSignedIn, open, setup }) => {
      const [only] = await openSignedIn(1, setup);
      if (only === undefined) throw new Error('No tab');
      world.emulator.configure({ graceSeconds: 30 });
      const barrier = world.emulator.hold(RENEWAL, 'afterCommit');
      await world.expire([only]);
      await only.call('begin');
      await barrier.arrived(1);

      await crash(only);
      await barrier.open();
      await world.passTime(31_000, []);
      const next = await open(setup);

      expect(await next.call('whenState', 'signedOut')).toEqual({
        status: 'signedOut',
        reason: 'rotationLost',
      });
      expect(renewals(world.emulator)).toEqual({
        calls: 2,
        sentAgain: 1,
        refused: ['RefreshTokenReuseException'],
      });
    },
  );
});

test.describe('an answer that is lost on its way', () => {
  test.use({
    setup: {
      storage: 'indexedDb',
      config: { rotationGraceSeconds: 30, retry: { count: 1, delaySeconds: 0.5 } },
    },
  });

  test(
    'race 22: is asked for once more within the grace, by one tab for all',
    { tag: '@long' },
    async ({ world, three }) => {
      world.emulator.configure({ graceSeconds: 30 });
      world.emulator.faults.add(RENEWAL, { kind: 'resetAfterCommit' });

      await demandTogether(world, three);
      for (const tab of three) await tab.call('whenState', 'signedIn');
      await world.emulator.log.whenEnded(RENEWAL, 2);

      for (const tab of three)
        await expect.poll(() => tab.call('demand')).toEqual(newestAnswer(world.emulator));
      expect(renewals(world.emulator)).toEqual({ calls: 2, sentAgain: 1, refused: [] });
    },
  );
});
