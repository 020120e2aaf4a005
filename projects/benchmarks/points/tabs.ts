import type { Browser, BrowserContext } from '@playwright/test';
import { openBrowser, openContext, TIMED } from '../harness/browser';
import type { Site } from '../harness/site';
import { openTab, signIn, whenSignedIn, type Tab } from '../harness/tab';
import { Turns } from '../harness/turns';
import type { Peer } from '../peers';
import type { Metric, Table } from '../results';
import { Samples } from '../samples';

const TABS = [2, 5, 10, 20] as const;
/** How long the stub takes for a refresh: all tabs ask before the first one has an answer. */
const LATENCY_MS = 100;
/** Until all tabs have received the command. */
const LEAD_MS = 300;

const columns = (id: string, label: string): readonly Metric[] =>
  TABS.map((tabs) => ({ id: `${id}${tabs}`, label: `${tabs} ${label}`, digits: 0, hasRatio: false }));

/** All tabs of a browser want a token after it has expired. */
export async function measureTabs(sites: readonly Site[], rounds: number): Promise<readonly Table[]> {
  const browser = await openBrowser(TIMED);
  try {
    const turns = new Turns();
    const samples: BySetting = { without: new Samples(), withRotation: new Samples() };
    for (const site of sites)
      if (site.peer.absent?.[5] === undefined)
        await turns.of(site, () => ofSite(browser, site, rounds, samples));
    const { without, withRotation } = samples;
    const peers = sites.map(({ peer }) => peer);
    const reasonFor = (peer: Peer) => turns.reasonFor(peer);
    const reasonForRotation = (peer: Peer) => peer.withoutRotation ?? turns.reasonFor(peer);
    return [
      {
        id: 'tabs',
        title: 'Calls per expiry over tabs',
        metrics: columns('calls', 'tabs'),
        rows: without.rows(peers, 5, reasonFor),
      },
      {
        id: 'tabs-rotation',
        title: 'Calls per expiry over tabs, with rotation',
        metrics: columns('calls', 'tabs'),
        rows: withRotation.rows(peers, 5, reasonForRotation),
      },
      {
        id: 'tabs-lost',
        title: 'Tabs that have lost the session after an expiry, with rotation',
        metrics: columns('lost', 'tabs'),
        rows: withRotation.rows(peers, 5, reasonForRotation),
      },
    ];
  } finally {
    await browser.close();
  }
}

interface BySetting {
  readonly without: Samples;
  readonly withRotation: Samples;
}

async function ofSite(browser: Browser, site: Site, rounds: number, samples: BySetting): Promise<void> {
  const { stub, peer } = site;
  const settings = peer.withoutRotation === undefined ? [false, true] : [false];
  const context = await openContext(browser);
  let tabs: readonly Tab[] = [];
  for (const count of TABS)
    for (const rotation of settings)
      for (let round = 0; round < rounds; round++) {
        stub.countFromNow(0);
        stub.setRotation(rotation);
        tabs = await withTabs(context, site, tabs, count);
        const { calls, lost } = await expire(site, tabs);
        const { without, withRotation } = samples;
        (rotation ? withRotation : without).add(peer.name, {
          [`calls${count}`]: calls,
          [`lost${count}`]: lost,
        });
        // A tab without a session gets a new one with all others.
        if (lost > 0) tabs = await closeAll(tabs);
      }
  await context.close();
}

/** So many tabs with the same session. */
async function withTabs(
  context: BrowserContext,
  site: Site,
  open: readonly Tab[],
  count: number,
): Promise<readonly Tab[]> {
  const tabs = [...open];
  while (tabs.length < count) {
    const tab = await openTab(context, site, site.stub.laterMs());
    if (tabs.length === 0) await signIn(tab, site);
    await whenSignedIn(tab.page);
    tabs.push(tab);
  }
  return tabs;
}

async function closeAll(tabs: readonly Tab[]): Promise<readonly Tab[]> {
  for (const { page } of tabs) await page.close();
  return [];
}

/** The calls of an expiry, and how many tabs have no session afterwards. */
async function expire({ stub }: Site, tabs: readonly Tab[]) {
  const laterMs = stub.expire();
  await Promise.all(tabs.map((tab) => tab.setLater(laterMs)));
  stub.countFromNow(LATENCY_MS);
  await inAll(tabs);
  const calls = stub.refreshes();
  stub.countFromNow(0);
  const after = await inAll(tabs);
  return { calls, lost: after.filter((tokens) => !tokens.some((token) => stub.isValid(token))).length };
}

/** Each tab asks for a token at the same time. Gives the tokens by tab. */
async function inAll(tabs: readonly Tab[]): Promise<readonly (readonly string[])[]> {
  const at = Date.now() + LEAD_MS;
  const bursts = await Promise.all(tabs.map((tab) => tab.burst(1, at)));
  return bursts.map(({ tokens }) => tokens);
}
