import { newestAnswer, oneFetchEach, renewals } from '../tabs/support/oracle';
import { RENEWAL, type Setup } from '../tabs/support/tabs-world';
import { expect, test } from './lifecycle-test';

/** What is in front of the pages that are tested; it has nothing to do with them. */
const FRONT: Setup = { storage: 'memory', config: { clientId: 'another' } };

for (const { tabs: count, expiries } of [
  { tabs: 3, expiries: 2 },
  { tabs: 5, expiries: 10 },
])
  test(
    `race 4: ${count} hidden tabs, throttled, renew once per expiry and not more, ${expiries} times`,
    { tag: '@long' },
    async ({ world, openSignedIn, open }) => {
      const tabs = await openSignedIn(count, { storage: 'indexedDb' });
      const front = await open(FRONT);
      await front.show(tabs);
      // So short that its timers fire while the test runs.
      world.emulator.configure({ accessTokenSeconds: 6, idTokenSeconds: 6 });
      await world.expire(tabs);

      const first = tabs[0];
      expect(await first?.call('demand')).toEqual(newestAnswer(world.emulator));
      expect(renewals(world.emulator)).toEqual(oneFetchEach(1));
      await first?.call('whenEvents', 'tokenRefreshed', 1 + expiries);

      const seen = renewals(world.emulator);
      expect(seen).toEqual(oneFetchEach(seen.calls));
    },
  );

for (const { speed, asleepMs } of [
  { speed: 10, asleepMs: 3500 },
  { speed: 1, asleepMs: 35_000 },
])
  test(
    `race 18: an answer that waits while the device sleeps for longer than any limit is taken, ${speed === 1 ? 'in real time' : 'hurried'}`,
    { tag: '@long' },
    async ({ world, openSignedIn, open }) => {
      const [sleeper] = await openSignedIn(1, { storage: 'memory', speed });
      if (sleeper === undefined) throw new Error('No tab');
      const other = await open(FRONT);
      const barrier = world.emulator.hold(RENEWAL, 'afterCommit');
      await sleeper.show([other]);
      await world.expire([sleeper]);
      await sleeper.call('begin');
      await barrier.arrived(1);
      await other.show([sleeper]);
      await sleeper.freeze();

      await barrier.open();
      // How long it sleeps is what is tested.
      await other.call('pass', asleepMs);
      await sleeper.resume({ inFront: true });

      await sleeper.call('whenEvents', 'tokenRefreshed');
      expect(await sleeper.call('demand')).toEqual(newestAnswer(world.emulator));
      expect(renewals(world.emulator)).toEqual(oneFetchEach(1));
      expect(await sleeper.eventTypes()).not.toContain('error');
    },
  );

test('race 19: a device that wakes up without a network stays signed in, and renews once it is back', async ({
  world,
  openSignedIn,
  open,
}) => {
  const [sleeper] = await openSignedIn(1, { storage: 'indexedDb' });
  if (sleeper === undefined) throw new Error('No tab');
  const other = await open(FRONT);
  await other.show([sleeper]);
  await sleeper.freeze();
  await sleeper.page.setOfflineMode(true);
  await world.expire([sleeper]);

  await sleeper.resume();
  await sleeper.show([other]);
  await sleeper.call('whenEvents', 'error');
  expect(await sleeper.call('demand')).toEqual({ error: 'networkError' });
  expect(await sleeper.call('state')).toMatchObject({ user: 'alice' });
  await sleeper.page.setOfflineMode(false);

  await sleeper.call('whenEvents', 'tokenRefreshed');
  expect(await sleeper.call('demand')).toEqual(newestAnswer(world.emulator));
  expect(renewals(world.emulator)).toEqual(oneFetchEach(1));
  expect(await sleeper.eventTypes()).not.toContain('signedOut');
});
