import type { Page } from '@playwright/test';
import type { Fault } from 'cognito-emulator';
import { askTogether, demandTogether } from './support/cycle';
import { newestAnswer, renewals } from './support/oracle';
import type { Tab } from './support/tab';
import { expect, test } from './support/tabs-test';
import { RENEWAL, type TabsWorld } from './support/tabs-world';

const RETRY_SECONDS = 0.5;
const SETUP = {
  storage: 'indexedDb',
  config: { retry: { count: 1, delaySeconds: RETRY_SECONDS } },
} as const;

/** The shortest waits between calls that the configured retry and the back-off allow, ms. */
function shortestWaitMs(failures: number): number {
  return failures === 1 ? RETRY_SECONDS * 1000 : 1000 * 2 ** (failures - 2) * 0.75;
}

/** When any of these pages tried to call, in order. */
async function attempts(tabs: readonly Tab[]): Promise<readonly number[]> {
  const calls = await Promise.all(tabs.map((tab) => tab.call('calls', RENEWAL)));
  return calls
    .flat()
    .map(({ at }) => at)
    .sort((a, b) => a - b);
}

/** Every attempt waits for as long as the failures before it say, whichever page makes it. */
function expectBackOff(times: readonly number[]): void {
  times.slice(1).forEach((at, index) => {
    const waitedMs = at - (times[index] ?? 0);
    // A clock has whole milliseconds.
    expect(waitedMs, `before attempt ${index + 2}`).toBeGreaterThanOrEqual(shortestWaitMs(index + 1) - 2);
  });
}

interface Trouble {
  readonly name: string;
  readonly fault: Fault;
}

const TROUBLES: readonly Trouble[] = [
  { name: 'an error of Cognito', fault: { kind: 'error', type: 'InternalErrorException' } },
  { name: 'too many requests', fault: { kind: 'throttle' } },
];

for (const { name, fault } of TROUBLES)
  test(
    `race 21: ${name} met by one tab is met by all: one call per step, a common back-off, no tab signed out`,
    { tag: '@long' },
    async ({ world, openSignedIn }) => {
      const tabs = await openSignedIn(3, SETUP);
      world.emulator.faults.add(RENEWAL, { ...fault, times: 3 });

      const first = await demandTogether(world, tabs);
      expect(first.every((answer) => 'error' in answer)).toBe(true);
      await world.emulator.log.whenEnded(RENEWAL, 4);
      for (const tab of tabs) await tab.call('whenState', 'signedIn');

      expect(await askTogether(tabs)).toEqual(tabs.map(() => newestAnswer(world.emulator)));
      const times = await attempts(tabs);
      expect(times).toHaveLength(4);
      expectBackOff(times);
      expect(world.emulator.log.calls(RENEWAL).map(({ status }) => status)).toHaveLength(4);
    },
  );

/** Offline, a call fails in the page: it is counted there. */
async function whenTried(tabs: readonly Tab[], count: number): Promise<void> {
  await expect.poll(async () => (await attempts(tabs)).length).toBeGreaterThanOrEqual(count);
}

async function goOffline(tabs: readonly Tab<Page>[], isOffline: boolean): Promise<void> {
  await tabs[0]?.page.context().setOffline(isOffline);
}

/** Signed in, then without a network when the tokens die. */
async function expireOffline(world: TabsWorld, tabs: readonly Tab<Page>[]): Promise<void> {
  await goOffline(tabs, true);
  await demandTogether(world, tabs);
}

for (const pages of [2, 3, 5])
  test(
    `race 20: ${pages} visible windows without a network try once per step together, and once when it is back`,
    { tag: '@long' },
    async ({ world, openSignedIn }) => {
      const tabs = await openSignedIn(pages, SETUP);

      await expireOffline(world, tabs);
      await whenTried(tabs, 4);
      const offline = await attempts(tabs);
      await goOffline(tabs, false);
      await world.emulator.log.whenEnded(RENEWAL, 1);
      for (const tab of tabs) await tab.call('whenState', 'signedIn');

      expectBackOff(offline);
      expect(await askTogether(tabs)).toEqual(tabs.map(() => newestAnswer(world.emulator)));
      expect(renewals(world.emulator)).toEqual({ calls: 1, sentAgain: 0, refused: [] });
      for (const tab of tabs) expect(await tab.eventTypes()).not.toContain('signedOut');
    },
  );

test(
  'race 31: a refusal of the old token after another tab has renewed is ignored',
  { tag: '@long' },
  async ({ world, openSignedIn }) => {
    // Four times as fast: a call that hangs is overtaken after 20 s.
    const tabs = await openSignedIn(2, { storage: 'indexedDb', speed: 4 });
    const [slow, quick] = tabs;
    if (slow === undefined || quick === undefined) throw new Error('Too few tabs');
    const barrier = world.emulator.hold(RENEWAL);
    await world.expire(tabs);
    await slow.call('begin');
    await barrier.arrived(1);
    await quick.call('begin');

    await barrier.arrived(2);
    await barrier.release(1);
    await quick.call('whenEvents', 'tokenRefreshed');
    await barrier.release(0);

    expect(renewals(world.emulator).refused).toEqual(['RefreshTokenReuseException']);
    const held = await quick.call('held');
    await slow.call('whenHeld', held?.accessToken ?? 'none');
    expect(await slow.call('state')).toEqual({ status: 'signedIn', user: 'alice' });
    expect(await slow.call('held')).toEqual(held);
    for (const tab of tabs) expect(await tab.eventTypes()).not.toContain('sessionExpired');
  },
);
