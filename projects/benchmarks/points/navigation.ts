import type { BrowserContext } from '@playwright/test';
import { openBrowser, openContext, TIMED } from '../harness/browser';
import type { Site } from '../harness/site';
import { openTab, PATIENCE_MS, signIn } from '../harness/tab';
import { Turns } from '../harness/turns';
import type { Metric, Table } from '../results';
import { Samples } from '../samples';

/** `Slow 4G` of Chromium's developer tools. */
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };

const METRICS: readonly Metric[] = [
  { id: 'validMs', label: 'valid, ms', digits: 0, hasRatio: true },
  { id: 'expiredMs', label: 'expired, ms', digits: 0, hasRatio: true },
  { id: 'validSlowMs', label: 'valid, Slow 4G, ms', digits: 0, hasRatio: true },
  { id: 'expiredSlowMs', label: 'expired, Slow 4G, ms', digits: 0, hasRatio: true },
];

/** From the start of a navigation until the name of the user is rendered. The cache is cold. The libraries take turns. */
export async function measureNavigation(sites: readonly Site[], rounds: number): Promise<readonly Table[]> {
  const browser = await openBrowser(TIMED);
  try {
    const turns = new Turns();
    const samples = new Samples();
    const taking = sites.filter(({ peer }) => peer.absent?.[6] === undefined);
    const contexts = new Map<Site, BrowserContext>();
    for (const site of taking) {
      contexts.set(site, await openContext(browser));
    }
    const laterMs = new Map<Site, number>();
    for (let round = 0; round <= rounds; round++)
      for (const isSlow of [false, true])
        for (const [site, context] of contexts) {
          const suffix = isSlow ? 'SlowMs' : 'Ms';
          const values = await turns.of(site, () => visit(context, site, laterMs, isSlow));
          // The first round warms the browser and the servers up.
          if (round > 0 && values !== undefined)
            samples.add(site.peer.name, {
              [`valid${suffix}`]: values.valid,
              [`expired${suffix}`]: values.expired,
            });
        }
    return [
      {
        id: 'navigation',
        title: 'From navigation to signed in on the screen',
        metrics: METRICS,
        rows: samples.rows(
          sites.map(({ peer }) => peer),
          6,
          (peer) => turns.reasonFor(peer),
        ),
      },
    ];
  } finally {
    await browser.close();
  }
}

/** A new session each time, and the storage as its tab leaves it. */
async function visit(context: BrowserContext, site: Site, laterMs: Map<Site, number>, isSlow: boolean) {
  const tab = await openTab(context, site, laterMs.get(site) ?? 0);
  await signIn(tab, site);
  await tab.page.close();
  const valid = await navigate(context, site, laterMs.get(site) ?? 0, isSlow);
  laterMs.set(site, site.stub.expire());
  const expired = await navigate(context, site, laterMs.get(site) ?? 0, isSlow);
  return { valid, expired };
}

async function navigate(
  context: BrowserContext,
  { appUrl }: Site,
  laterMs: number,
  isSlow: boolean,
): Promise<number> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(`setLater(${laterMs})`);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.clearBrowserCache');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  if (isSlow) await session.send('Network.emulateNetworkConditions', SLOW_4G);
  await page.goto(appUrl, { waitUntil: 'commit' });
  await page.waitForFunction(`performance.getEntriesByName('signed in').length > 0`);
  const ms = await page.evaluate<number>(`performance.getEntriesByName('signed in')[0].startTime`);
  await page.close();
  return ms;
}
