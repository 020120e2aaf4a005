import { demandTogether } from './support/cycle';
import { currentTokens, oneFetchEach, renewals } from './support/oracle';
import { countRenderers, isolateOf } from './support/processes';
import type { Tab } from './support/tab';
import { expect, test } from './support/tabs-test';
import { RENEWAL, type Setup, type TabsWorld } from './support/tabs-world';

/** How long a call is on its way; null: as short as it can be. */
const LATENCIES = { 'without latency': null, 'with latency': [5, 40, 0, 90, 15] } as const;

/** Each cycle is one expiry, at which every page wants a token at the same moment. */
async function runCycles(
  world: TabsWorld,
  tabs: readonly Tab[],
  cycles: number,
  latencies: readonly number[] | null,
): Promise<void> {
  for (let cycle = 0; cycle < cycles; cycle++) {
    if (latencies !== null)
      world.emulator.faults.add(RENEWAL, {
        kind: 'delay',
        ms: latencies[cycle % latencies.length] ?? 0,
        processed: cycle % 2 === 0 ? 'first' : 'last',
      });

    const answers = await demandTogether(world, tabs);

    const newest = world.emulator.log.last(RENEWAL)?.tokensOut.access ?? 'none';
    expect(answers, `cycle ${cycle}`).toEqual(tabs.map(() => ({ token: newest })));
    expect(world.emulator.accessTokenStatus(newest)).toMatchObject({ isValid: true });
  }
}

interface Suite {
  readonly pages: number;
  readonly cycles: number;
  readonly storage: Setup['storage'];
  readonly latency: keyof typeof LATENCIES;
  readonly tag?: '@long';
}

const SUITES: readonly Suite[] = [
  { pages: 5, cycles: 3, storage: 'indexedDb', latency: 'without latency' },
  { pages: 2, cycles: 3, storage: 'localStorage', latency: 'with latency' },
  ...[2, 5, 10].flatMap((pages) =>
    (['indexedDb', 'localStorage'] as const).flatMap((storage) =>
      (['without latency', 'with latency'] as const).map((latency): Suite => ({
        pages,
        cycles: pages === 10 ? 20 : 50,
        storage,
        latency,
        tag: '@long',
      })),
    ),
  ),
];

for (const { pages, cycles, storage, latency, tag } of SUITES)
  test(
    `race 1: ${pages} processes want a token at ${cycles} expiries, ${latency}, ${storage}: one fetch each`,
    { tag: tag ?? [] },
    async ({ world, openSignedIn, browser }) => {
      const tabs = await openSignedIn(pages, { storage });
      expect(new Set(await Promise.all(tabs.map(({ page }) => isolateOf(page)))).size).toBe(pages);
      expect(await countRenderers(browser)).toBeGreaterThanOrEqual(pages);

      await runCycles(world, tabs, cycles, LATENCIES[latency]);

      expect(renewals(world.emulator)).toEqual(oneFetchEach(cycles));
      const tried = await Promise.all(tabs.map((tab) => tab.call('calls', RENEWAL)));
      expect(tried.flat()).toHaveLength(cycles);
      const held = await Promise.all(tabs.map((tab) => tab.call('held')));
      expect(held.map((one) => one?.refreshToken)).toEqual(tabs.map(() => currentTokens(world.emulator)[0]));
      expect(currentTokens(world.emulator)).toHaveLength(1);
      for (const tab of tabs) {
        const events = await tab.call('events');
        expect(events.filter(({ type }) => type === 'tokenRefreshed')).toHaveLength(cycles);
      }
    },
  );

test(
  'two pages of one process are told from two processes',
  { tag: '@long' },
  async ({ openSignedIn, world }) => {
    const [tab] = await openSignedIn(1, { storage: 'indexedDb' });
    if (tab === undefined) throw new Error('no tab');
    const opened = tab.page.waitForEvent('popup');
    await tab.page.evaluate((url) => void open(url), world.blankUrl());

    expect(await isolateOf(await opened)).toBe(await isolateOf(tab.page));
  },
);
