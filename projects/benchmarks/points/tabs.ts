import type { Browser } from '@playwright/test';
import { openBrowser, openContext, TIMED } from '../harness/browser';
import type { Site } from '../harness/site';
import { openTab, signIn, whenSignedIn, type Tab } from '../harness/tab';
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
    const [without, withRotation] = [new Samples(), new Samples()];
    for (const site of sites.filter(({ peer }) => peer.absent?.[5] === undefined)) {
      await ofSite(browser, site, false, rounds, without);
      if (site.peer.withoutRotation === undefined) await ofSite(browser, site, true, rounds, withRotation);
    }
    const peers = sites.map(({ peer }) => peer);
    return [
      {
        id: 'tabs',
        title: 'Calls per expiry over tabs',
        metrics: columns('calls', 'tabs'),
        rows: without.rows(peers, 5),
      },
      {
        id: 'tabs-rotation',
        title: 'Calls per expiry over tabs, with rotation',
        metrics: columns('calls', 'tabs'),
        rows: withRotation.rows(peers, 5, ({ withoutRotation }) => withoutRotation),
      },
      {
        id: 'tabs-lost',
        title: 'Tabs that have lost the session after an expiry, with rotation',
        metrics: columns('lost', 'tabs'),
        rows: withRotation.rows(peers, 5, ({ withoutRotation }) => withoutRotation),
      },
    ];
  } finally {
    await browser.close();
  }
}

async function ofSite(
  browser: Browser,
  site: Site,
  rotation: boolean,
  rounds: number,
  samples: Samples,
): Promise<void> {
  const { stub, peer } = site;
  stub.setRotation(rotation);
  const context = await openContext(browser);
  let laterMs = stub.expire();
  const tabs: Tab[] = [];
  const openTabs = async (count: number) => {
    while (tabs.length < count) {
      const tab = await openTab(context, site, laterMs);
      if (tabs.length === 0) await signIn(tab, site);
      await whenSignedIn(tab.page);
      tabs.push(tab);
    }
  };
  for (const count of TABS)
    for (let round = 0; round < rounds; round++) {
      stub.countFromNow(0);
      await openTabs(count);
      laterMs = stub.expire();
      await Promise.all(tabs.map((tab) => tab.setLater(laterMs)));
      stub.countFromNow(LATENCY_MS);
      await inAll(tabs);
      const calls = stub.refreshes();
      stub.countFromNow(0);
      const after = await inAll(tabs);
      const lost = after.filter((tokens) => !tokens.some((token) => stub.isValid(token))).length;
      samples.add(peer.name, { [`calls${count}`]: calls, [`lost${count}`]: lost });
      if (lost > 0) {
        for (const { page } of tabs.splice(0)) await page.close();
        await context.clearCookies();
      }
    }
  stub.setRotation(false);
  await context.close();
}

/** Each tab asks for a token at the same time. Gives the tokens by tab. */
async function inAll(tabs: readonly Tab[]): Promise<readonly (readonly string[])[]> {
  const at = Date.now() + LEAD_MS;
  const bursts = await Promise.all(tabs.map((tab) => tab.burst(1, at)));
  return bursts.map(({ tokens }) => tokens);
}
