import { COUNTED, openBrowser, openContext, TIMED } from '../harness/browser';
import type { Site } from '../harness/site';
import { isSignedIn, openTab, signIn, type Burst, type Tab } from '../harness/tab';
import { Turns } from '../harness/turns';
import type { Metric, Table } from '../results';
import { Samples } from '../samples';

const CALLERS = [1, 100, 1000, 10_000] as const;
/** How long the stub takes for a refresh. */
const LATENCY_MS = 10;
/** A library that makes more calls than this in one burst makes one for each caller. A larger burst would show no more. */
const MOST_CALLS = 100;

const METRICS: readonly Metric[] = [
  { id: 'calls', label: 'calls', digits: 0, hasRatio: false },
  { id: 'writes', label: 'writes', digits: 0, hasRatio: false },
  { id: 'events', label: 'events', digits: 0, hasRatio: false },
  { id: 'failed', label: 'callers without a token', digits: 0, hasRatio: false },
  { id: 'ms', label: 'ms', digits: 0, hasRatio: true },
  { id: 'mb', label: 'MB allocated', digits: 2, hasRatio: true },
];

/** The tab of a library in one of the two browsers, with the session that it had last. */
interface Subject {
  readonly site: Site;
  readonly timed: Tab;
  readonly counted: Tab;
}

/** So many callers want a token after it has expired. The libraries take turns in one run. */
export async function measureBursts(sites: readonly Site[], rounds: number): Promise<readonly Table[]> {
  const [timed, counted] = [await openBrowser(TIMED), await openBrowser(COUNTED)];
  try {
    const turns = new Turns();
    const subjects: Subject[] = [];
    for (const site of sites) {
      const tabs = await turns.of(site, async () => ({
        timed: await openTab(await openContext(timed), site, 0),
        counted: await openTab(await openContext(counted), site, 0),
      }));
      if (tabs !== undefined) subjects.push({ site, ...tabs });
    }
    const tables: Table[] = [];
    const stopped = new Set<string>();
    for (const callers of CALLERS) {
      const samples = new Samples();
      const tooMany = new Set<string>();
      // The first bursts let the engine optimise the code.
      const warmUp = callers === CALLERS[0] ? 1 : 0;
      for (let round = -warmUp; round < rounds; round++)
        for (const { site, ...tabs } of subjects) {
          const { name } = site.peer;
          if (stopped.has(name)) continue;
          const values = await turns.of(site, () => measure(site, tabs, callers));
          if (values === undefined) continue;
          if (round >= 0) samples.add(name, values);
          if ((values['calls'] ?? 0) > MOST_CALLS) tooMany.add(name);
        }
      tables.push({
        id: `burst-${callers}`,
        title: `An expired token, callers at once: ${callers.toLocaleString('en-US')}`,
        metrics: METRICS,
        rows: samples.rows(
          sites.map(({ peer }) => peer),
          4,
          (peer) =>
            stopped.has(peer.name)
              ? 'It makes a call for each caller: see the smaller burst.'
              : turns.reasonFor(peer),
        ),
      });
      tooMany.forEach((name) => stopped.add(name));
    }
    return tables;
  } finally {
    await timed.close();
    await counted.close();
  }
}

async function measure(
  site: Site,
  tabs: Pick<Subject, 'timed' | 'counted'>,
  callers: number,
): Promise<Readonly<Record<string, number>>> {
  const { ms, failed, error, writes, events } = await burst(site, tabs.timed, callers);
  const calls = site.stub.refreshes();
  if (failed > 0) console.log(`${site.peer.name}: ${failed} of ${callers} callers got no token: ${error}`);
  const { bytes } = await burst(site, tabs.counted, callers);
  return { calls, writes, events, failed, ms, mb: bytes / 1e6 };
}

async function burst(site: Site, tab: Tab, callers: number): Promise<Burst> {
  const { stub } = site;
  stub.countFromNow(0);
  // The bursts of another tab have moved the stub's clock. The session may have ended in the last burst.
  await tab.setLater(stub.laterMs());
  if (!(await isSignedIn(tab))) await signIn(tab, site);
  await tab.setLater(stub.expire());
  stub.countFromNow(LATENCY_MS);
  await tab.page.bringToFront();
  return tab.burst(callers);
}
