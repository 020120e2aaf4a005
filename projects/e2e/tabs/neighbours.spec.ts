import { demandTogether } from './support/cycle';
import { crash } from './support/crash';
import { newestAnswer, currentTokens, oneFetchEach, renewals } from './support/oracle';
import { Tab } from './support/tab';
import { expect, test } from './support/tabs-test';
import { INSECURE_HOST, OTHER_CLIENT_ID, RENEWAL, REVOCATION, type Setup } from './support/tabs-world';

const APP: Setup = { storage: 'indexedDb', speed: 0 };
const OTHER_APP: Setup = { ...APP, config: { clientId: OTHER_CLIENT_ID } };

test.describe('two copies of the library on one page', () => {
  test('race 41: share one session and one fetch per expiry', { tag: '@long' }, async ({ world, page }) => {
    await page.goto(world.url([APP, APP]));
    const [first, second] = [new Tab(page, 0), new Tab(page, 1)];
    await Promise.all([first.call('ready'), second.call('ready')]);

    await first.call('signIn', await world.emulator.signIn('alice'));
    expect(await second.call('whenState', 'signedIn')).toMatchObject({ user: 'alice' });
    for (let cycle = 1; cycle <= 5; cycle++)
      expect(await demandTogether(world, [first, second])).toEqual([
        newestAnswer(world.emulator),
        newestAnswer(world.emulator),
      ]);

    expect(renewals(world.emulator)).toEqual(oneFetchEach(5));
    await second.call('signOut');
    expect(await first.call('whenState', 'signedOut')).toMatchObject({ reason: 'signedOutElsewhere' });
  });

  test(
    'race 41: of two app clients know nothing of one another',
    { tag: '@long' },
    async ({ world, page, open }) => {
      await page.goto(world.url([APP, OTHER_APP]));
      const tabs = [new Tab(page, 0), new Tab(page, 1)];
      const other = await open(OTHER_APP);
      for (const tab of tabs) await tab.call('ready');

      await tabs[0]?.call('signIn', await world.emulator.signIn('alice'));
      await tabs[1]?.call('signIn', await world.emulator.signIn('bob', { clientId: OTHER_CLIENT_ID }));
      await other.call('whenState', 'signedIn');
      const answers = await demandTogether(world, [...tabs, other]);

      expect(
        world.emulator.log
          .calls(RENEWAL)
          .map(({ clientId }) => clientId)
          .sort(),
      ).toEqual([world.emulator.clientId, OTHER_CLIENT_ID].sort());
      expect(answers[1]).toEqual(answers[2]);
      expect(answers[0]).not.toEqual(answers[1]);
      await tabs[0]?.call('signOut');
      expect(await tabs[1]?.call('state')).toEqual({ status: 'signedIn', user: 'bob' });
      expect(currentTokens(world.emulator)).toHaveLength(1);
    },
  );
});

/** No lock shows which tab is alive: only time does. Four times as fast, so that 20 s are five. */
const INSECURE: Setup = { storage: 'localStorage', speed: 4 };

test.describe('a page that is not secure has no Web Locks', () => {
  test.use({ host: INSECURE_HOST });

  test('races 1, 46: and yet there is one fetch per expiry', async ({ world, openSignedIn }) => {
    const tabs = await openSignedIn(3, { ...INSECURE, speed: 1 });
    expect(await tabs[0]?.page.evaluate(() => 'locks' in navigator)).toBe(false);

    for (let cycle = 1; cycle <= 5; cycle++)
      expect(await demandTogether(world, tabs)).toEqual(tabs.map(() => newestAnswer(world.emulator)));

    expect(renewals(world.emulator)).toEqual(oneFetchEach(5));
  });

  test(
    'races 8, 46: a holder that crashes is overtaken, and no tab is signed out',
    { tag: '@long' },
    async ({ world, openSignedIn }) => {
      const [holder, second] = await openSignedIn(2, INSECURE);
      if (holder === undefined || second === undefined) throw new Error('Too few tabs');
      world.emulator.configure({ graceSeconds: 60 });
      const barrier = world.emulator.hold(RENEWAL, 'afterCommit');
      await world.expire([holder, second]);
      await holder.call('begin');
      await barrier.arrived(1);

      await crash(holder);
      await second.call('begin');
      await barrier.arrived(2);
      await barrier.open();
      await second.call('whenEvents', 'tokenRefreshed');

      expect(await second.call('demand')).toEqual(newestAnswer(world.emulator));
      expect(renewals(world.emulator)).toEqual({ calls: 2, sentAgain: 1, refused: [] });
    },
  );

  test(
    'races 23, 46: a sign-out while another tab renews reaches all',
    { tag: '@long' },
    async ({ world, openSignedIn }) => {
      const tabs = await openSignedIn(3, INSECURE);
      const barrier = world.emulator.hold(RENEWAL, 'afterCommit');
      await world.expire(tabs);
      await tabs[0]?.call('begin');
      await barrier.arrived(1);

      await tabs[1]?.call('signOut');
      for (const tab of tabs) await tab.call('whenState', 'signedOut');
      await barrier.open();

      await world.emulator.log.whenEnded(REVOCATION, 1);
      await expect.poll(() => world.emulator.liveRefreshTokens()).toEqual([]);
    },
  );
});

test.describe('a browser without BroadcastChannel', () => {
  const SETUP: Setup = { storage: 'localStorage', speed: 0, without: ['BroadcastChannel'] };

  test('races 1, 46: makes one fetch per expiry', { tag: '@long' }, async ({ world, openSignedIn }) => {
    const tabs = await openSignedIn(3, SETUP);

    for (let cycle = 1; cycle <= 5; cycle++)
      expect(await demandTogether(world, tabs)).toEqual(tabs.map(() => newestAnswer(world.emulator)));

    expect(renewals(world.emulator)).toEqual(oneFetchEach(5));
  });

  test('races 23, 46: adopts the refresh of another tab without a call, and sees its sign-out when it wakes up', async ({
    world,
    openSignedIn,
  }) => {
    const tabs = await openSignedIn(3, SETUP);
    await world.expire(tabs);
    const token = await tabs[0]?.token();
    for (const tab of tabs) expect(await tab.call('demand')).toEqual({ token });
    expect(renewals(world.emulator)).toEqual(oneFetchEach(1));

    await tabs[1]?.call('signOut');
    for (const { page } of tabs) await page.evaluate(() => dispatchEvent(new Event('pageshow')));

    for (const tab of tabs) await tab.call('whenState', 'signedOut');
    await expect.poll(() => world.emulator.liveRefreshTokens()).toEqual([]);
  });
});

test.describe('tabs that share no storage', () => {
  const MEMORY: Setup = { storage: 'sharedMemory', speed: 0 };

  test('race 36: a tab duplicated with its sessionStorage shares the session, and spends no token twice', async ({
    world,
    openSignedIn,
  }) => {
    const setup: Setup = { storage: 'sessionStorage', speed: 0 };
    const [first] = await openSignedIn(1, setup);
    if (first === undefined) throw new Error('No tab');
    const opened = first.page.waitForEvent('popup');
    // What browsers do when a tab is duplicated: the new one begins with a copy.
    await first.page.evaluate((url) => void open(url), world.url([setup]));
    const page = await opened;
    await page.waitForLoadState();
    const second = new Tab(page);
    expect(await second.call('ready')).toMatchObject({ status: 'signedIn', user: 'alice' });

    for (let cycle = 1; cycle <= 3; cycle++)
      expect(await demandTogether(world, [first, second])).toEqual([
        newestAnswer(world.emulator),
        newestAnswer(world.emulator),
      ]);

    expect(renewals(world.emulator)).toEqual(oneFetchEach(3));
    await second.call('signOut');
    await first.call('whenState', 'signedOut');
  });

  test('race 37: in shared memory, a new tab gets the session from the others, and they renew once', async ({
    world,
    openSignedIn,
  }) => {
    const tabs = await openSignedIn(3, MEMORY);
    for (const tab of tabs) expect(await tab.call('whenState', 'signedIn')).toMatchObject({ user: 'alice' });

    for (let cycle = 1; cycle <= 5; cycle++)
      expect(await demandTogether(world, tabs)).toEqual(tabs.map(() => newestAnswer(world.emulator)));

    expect(renewals(world.emulator)).toEqual(oneFetchEach(5));
    const stored = await tabs[0]?.page.evaluate(() =>
      JSON.stringify([localStorage, sessionStorage].map((storage) => Object.entries(storage))),
    );
    expect(stored).not.toContain('eyJ');
    await tabs[2]?.call('signOut');
    for (const tab of tabs) await tab.call('whenState', 'signedOut');
    await expect.poll(() => world.emulator.liveRefreshTokens()).toEqual([]);
  });

  test('race 37: in shared memory, a reloaded tab gets the session back while another one is open', async ({
    world,
    openSignedIn,
  }) => {
    const [first, second] = await openSignedIn(2, MEMORY);
    if (first === undefined || second === undefined) throw new Error('Too few tabs');
    await world.expire([first, second]);
    const token = await first.token();
    await second.call('whenHeld', token);

    await first.page.reload();

    expect(await first.call('ready')).toMatchObject({ status: 'signedIn', user: 'alice' });
    expect(await first.call('demand')).toEqual({ token });
    await second.page.close();
    await first.page.reload();
    expect(await first.call('ready')).toMatchObject({ status: 'signedOut' });
    expect(renewals(world.emulator)).toEqual(oneFetchEach(1));
  });

  test('race 37: in shared memory, the first tab is signed out', { tag: '@long' }, async ({ open }) => {
    const tab = await open(MEMORY);

    expect(await tab.call('state')).toMatchObject({ status: 'signedOut' });
  });

  test(
    'race 38: in shared memory, the others hold the refresh token when the one that renews crashes',
    { tag: '@long' },
    async ({ world, openSignedIn }) => {
      const [holder, second, third] = await openSignedIn(3, MEMORY);
      if (holder === undefined || second === undefined || third === undefined)
        throw new Error('Too few tabs');
      world.emulator.configure({ graceSeconds: 30 });
      const barrier = world.emulator.hold(RENEWAL, 'afterCommit');
      await world.expire([holder, second, third]);
      await holder.call('begin');
      await barrier.arrived(1);
      const answers = [second.call('demand'), third.call('demand')];
      await second.call('whenWaiting', 2);

      await crash(holder);
      await barrier.arrived(2);
      await barrier.open();

      expect(await Promise.all(answers)).toEqual([
        newestAnswer(world.emulator),
        newestAnswer(world.emulator),
      ]);
      expect(renewals(world.emulator)).toEqual({ calls: 2, sentAgain: 1, refused: [] });
    },
  );
});
