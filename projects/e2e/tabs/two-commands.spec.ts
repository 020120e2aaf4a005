import { isDeepStrictEqual } from 'node:util';
import { everyDay } from '../support/every-day';
import { currentTokens } from './support/oracle';
import type { Tab } from './support/tab';
import { expect, test } from './support/tabs-test';
import type { TabsWorld } from './support/tabs-world';

/** All tabs hold the same session, or none, and it is the only one whose refresh token Cognito accepts. */
async function expectAgreement({ emulator }: TabsWorld, tabs: readonly Tab[]): Promise<void> {
  await expect
    .poll(async () => {
      const held = await Promise.all(tabs.map((tab) => tab.call('held')));
      const tokens = [...new Set(held.map((one) => one?.refreshToken ?? null))];
      const live = currentTokens(emulator);
      const isAgreed = tokens.length === 1 && isDeepStrictEqual(live, tokens.filter(Boolean));
      return isAgreed ? 'agreed' : JSON.stringify({ tokens, live });
    })
    .toBe('agreed');
}

for (const { storage, rounds, isEveryDay } of [
  { storage: 'cookies', rounds: 3, isEveryDay: true },
  { storage: 'localStorage', rounds: 24, isEveryDay: false },
  { storage: 'cookies', rounds: 24, isEveryDay: false },
] as const)
  test(
    `two tabs sign in within a moment, ${rounds} times: all tabs end with one of the sessions, and after the sign-out Cognito holds none (${storage})`,
    everyDay(isEveryDay),
    async ({ world, open }) => {
      const tabs = [await open({ storage }), await open({ storage }), await open({ storage })] as const;

      for (let round = 0; round < rounds; round++) {
        const [alice, bob] = [await world.emulator.signIn('alice'), await world.emulator.signIn('bob')];
        await Promise.all([tabs[0].call('signIn', alice), tabs[1].call('signIn', bob)]);
        await expectAgreement(world, tabs);

        await Promise.all(tabs.map((tab) => tab.call('signOut')));

        for (const tab of tabs) await tab.call('whenState', 'signedOut');
        await expect.poll(() => world.emulator.liveRefreshTokens()).toEqual([]);
      }
      const events = (await Promise.all(tabs.map((tab) => tab.eventTypes()))).flat();
      expect(events).not.toContain('sessionExpired');
      expect(events).not.toContain('error');
    },
  );

test('a tab signs out while another one signs in: a third one ends with what they agree on', async ({
  world,
  openSignedIn,
}) => {
  const tabs = await openSignedIn(3, { storage: 'localStorage' });
  const [first, second] = tabs;
  if (first === undefined || second === undefined) throw new Error('Too few tabs');

  for (const user of ['bob', 'alice', 'bob']) {
    const tokens = await world.emulator.signIn(user);
    await Promise.all([first.call('signOut'), second.call('signIn', tokens)]);
    await expectAgreement(world, tabs);
  }
});
