import { everyDay } from '../support/every-day';
import { askTogether } from './support/cycle';
import { currentTokens } from './support/oracle';
import { expect } from './support/tabs-test';
import { RENEWAL, REVOCATION } from './support/tabs-world';
import { holdRenewal, queueOthers, test } from './support/three-tabs';

const TOMBSTONE = { status: 'signedOut' };

for (const point of ['beforeProcessing', 'afterCommit'] as const)
  test(
    `race 23: a sign-out while another tab's renewal is held ${point} ends the session in all tabs at once, and what the renewal brings is revoked`,
    everyDay(point === 'afterCommit'),
    async ({ world, three }) => {
      const [holder, second, third] = three;
      const barrier = await holdRenewal(world, three, point);

      await second.call('signOut');
      for (const tab of three) expect(await tab.call('whenState', 'signedOut')).toMatchObject(TOMBSTONE);
      await barrier.open();
      await world.emulator.log.whenEnded(REVOCATION, 1);

      await expect.poll(() => world.emulator.liveRefreshTokens()).toEqual([]);
      expect(await askTogether(three)).toEqual(three.map(() => ({ error: 'noSession' })));
      expect(world.emulator.log.count(RENEWAL)).toBe(1);
      for (const tab of [holder, third])
        expect((await tab.call('events')).filter(({ type }) => type === 'signedOut')).toEqual([
          { type: 'signedOut', origin: 'otherTab' },
        ]);
      for (const tab of three) expect(await tab.eventTypes()).not.toContain('sessionExpired');
    },
  );

test(
  'race 23: a tab that waits for the renewal of another one is signed out at once, too',
  { tag: '@long' },
  async ({ world, three }) => {
    const [holder, second] = three;
    const barrier = await holdRenewal(world, three, 'beforeProcessing');
    const answers = await queueOthers(three);

    await holder.call('signOut');

    for (const answer of await answers()) expect(answer).toHaveProperty('error');
    for (const tab of three) await tab.call('whenState', 'signedOut');
    await barrier.open();
    await expect.poll(() => world.emulator.liveRefreshTokens()).toEqual([]);
    await expect.poll(() => second.call('locks')).toEqual([]);
  },
);

/** How the renewal of the user who is replaced ends. */
const OUTCOMES = [
  { outcome: 'succeeds', fault: null, tag: [] },
  { outcome: 'is refused', fault: { kind: 'error', type: 'NotAuthorizedException' }, tag: ['@long'] },
  { outcome: 'fails', fault: { kind: 'error', type: 'InternalErrorException' }, tag: ['@long'] },
] as const;

for (const { outcome, fault, tag } of OUTCOMES)
  test(
    `race 29: another user signs in while a renewal of the first one is sent and ${outcome}: all tabs end with the new user`,
    { tag: [...tag] },
    async ({ world, three }) => {
      const [, second] = three;
      if (fault !== null) world.emulator.faults.add(RENEWAL, fault);
      const barrier = await holdRenewal(world, three, 'beforeProcessing');

      const bob = await world.emulator.signIn('bob');
      await second.call('signIn', bob);
      await barrier.open();

      const { AccessToken: token } = bob;
      for (const tab of three) await tab.call('whenHeld', token);
      expect(await askTogether(three)).toEqual(three.map(() => ({ token })));
      for (const tab of three)
        expect(await tab.call('whenState', 'signedIn')).toEqual({ status: 'signedIn', user: 'bob' });
      expect(currentTokens(world.emulator, 'bob')).toEqual([bob.RefreshToken]);
      await expect.poll(() => currentTokens(world.emulator, 'alice')).toEqual([]);
      const events = await Promise.all(three.map((tab) => tab.call('events')));
      for (const seen of events) expect(seen.map(({ type }) => type)).not.toContain('sessionExpired');
    },
  );

test(
  'race 30: the same user signs in again while a renewal is sent: all tabs end with the new session',
  { tag: '@long' },
  async ({ world, three }) => {
    const [, second] = three;
    const barrier = await holdRenewal(world, three, 'beforeProcessing');

    const again = await world.emulator.signIn('alice');
    await second.call('signIn', again);
    await barrier.open();

    for (const tab of three) await tab.call('whenHeld', again.AccessToken);
    expect(await askTogether(three)).toEqual(three.map(() => ({ token: again.AccessToken })));
    await expect.poll(() => currentTokens(world.emulator)).toEqual([again.RefreshToken]);
  },
);

test.describe('where another user is not to be taken over', () => {
  test.use({
    setup: { storage: 'indexedDb', speed: 0, config: { onUserSwitch: 'signOut' } },
  });

  test(
    'race 29: the tabs of the user before are signed out, and say that another user is in',
    { tag: '@long' },
    async ({ world, three }) => {
      const [first, second, third] = three;

      await second.call('signIn', await world.emulator.signIn('bob'));

      for (const tab of [first, third])
        expect(await tab.call('whenState', 'signedOut')).toEqual({
          status: 'signedOut',
          reason: 'userSwitched',
        });
      expect(await second.call('state')).toEqual({ status: 'signedIn', user: 'bob' });
    },
  );
});
