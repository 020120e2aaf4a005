import type { BrowserContext, Page } from '@playwright/test';
import type { Naive } from './page/naive-page';
import { oneFetchEach, renewals } from './support/oracle';
import { isolateOf } from './support/processes';
import { callIn, type ArgumentsOf, type Methods, type ResultOf } from './support/remote';
import { expect, test } from './support/tabs-test';
import type { TabsWorld } from './support/tabs-world';

const PAGES = 4;
/** At the rate at which it fails, not to have failed by then has never been seen, nor will be. */
const ENOUGH_CYCLES = 500;
const INCREMENTS = 500;

function naive<M extends Methods<Naive>>(
  page: Page,
  method: M,
  ...args: ArgumentsOf<Naive[M]>
): Promise<ResultOf<Naive[M]>> {
  return callIn<Naive, M>(page, 'naive', method, ...args);
}

async function openPages(world: TabsWorld, context: BrowserContext): Promise<readonly [Page, ...Page[]]> {
  const first = await context.newPage();
  const others: Page[] = [];
  for (let index = 1; index < PAGES; index++) others.push(await context.newPage());
  const pages = [first, ...others] as const;
  for (const page of pages) await page.goto(world.naiveUrl());
  expect(new Set(await Promise.all(pages.map(isolateOf))).size).toBe(PAGES);
  return [...pages];
}

/** The same judge as for the library. */
function isOneFetchEach({ emulator }: TabsWorld, cycles: number): boolean {
  return JSON.stringify(renewals(emulator)) === JSON.stringify(oneFetchEach(cycles));
}

test(
  'race 1, control: a lock and another look at localStorage spend a token twice',
  { tag: '@long' },
  async ({ world, context }) => {
    const { emulator } = world;
    const pages = await openPages(world, context);
    await naive(pages[0], 'signIn', (await emulator.signIn('alice')).RefreshToken);

    let cycle = 0;
    do {
      cycle++;
      for (const page of pages) await naive(page, 'arm', emulator.url, emulator.clientId, cycle);
      await naive(pages[0], 'go');
      await Promise.all(pages.map((page) => naive(page, 'done')));
    } while (isOneFetchEach(world, cycle) && cycle < ENOUGH_CYCLES);

    expect(renewals(emulator).refused).toContain('RefreshTokenReuseException');
    expect(isOneFetchEach(world, cycle)).toBe(false);
  },
);

test(
  'race 5, control: a counter in localStorage that is changed under a lock loses changes',
  { tag: '@long' },
  async ({ world, context }) => {
    const pages = await openPages(world, context);

    await Promise.all(pages.map((page) => naive(page, 'count', INCREMENTS)));

    expect(await naive(pages[0], 'counted')).toBeLessThan(PAGES * INCREMENTS);
  },
);
