import type { Browser } from '@playwright/test';
import { COUNTED, openBrowser, openContext, TIMED } from '../harness/browser';
import type { Site } from '../harness/site';
import { openTab, signIn, type Call, type Tab } from '../harness/tab';
import { Turns } from '../harness/turns';
import type { Peer } from '../peers';
import type { Metric, Table } from '../results';
import { Samples } from '../samples';

const TOKEN: readonly Metric[] = [
  { id: 'tokenUs', label: 'µs per call', digits: 2, hasRatio: true },
  { id: 'tokenBytes', label: 'bytes per call', digits: 0, hasRatio: true },
];
const REQUEST: readonly Metric[] = [
  { id: 'requestUs', label: 'added µs per request', digits: 2, hasRatio: true },
  { id: 'requestBytes', label: 'added bytes per request', digits: 0, hasRatio: true },
];

/** A run is long enough for the resolution of the page's clock, and short enough for many rounds. */
const RUN_MS = 40;
const RUNS = 5;
/** Far less than the young generation of a page that counts. */
const MOST_BYTES = 50e6;
const MOST_COUNTED_CALLS = 2000;
const FIRST_CALLS = 16;

/** A library at work: once as users have it, once so that its allocations can be counted. */
interface Subject {
  readonly site: Site;
  readonly timed: Tab;
  readonly counted: Tab;
}

/** What a valid token and a request cost. The libraries take turns in one run. */
export async function measureCalls(sites: readonly Site[], rounds: number): Promise<readonly Table[]> {
  const [timed, counted] = [await openBrowser(TIMED), await openBrowser(COUNTED)];
  try {
    const turns = new Turns();
    const subjects: Subject[] = [];
    for (const site of sites.filter(({ peer }) => peer.absent?.[2] === undefined)) {
      const tabs = await turns.of(site, async () => ({
        timed: await signedInTab(timed, site),
        counted: await signedInTab(counted, site),
      }));
      if (tabs !== undefined) subjects.push({ site, ...tabs });
    }
    const samples = new Samples();
    // In the first round the engine has not optimised the code yet.
    for (let round = 0; round <= rounds; round++)
      for (const subject of subjects) {
        const values = await turns.of(subject.site, () => measure(subject));
        if (round > 0 && values !== undefined) samples.add(subject.site.peer.name, values);
      }
    const peers = sites.map(({ peer }) => peer);
    const reasonFor = (peer: Peer) => turns.reasonFor(peer);
    return [
      { id: 'token', title: 'A valid token', metrics: TOKEN, rows: samples.rows(peers, 2, reasonFor) },
      {
        id: 'interceptor',
        title: 'The interceptor',
        metrics: REQUEST,
        rows: samples.rows(peers, 3, reasonFor),
      },
    ];
  } finally {
    await timed.close();
    await counted.close();
  }
}

async function signedInTab(browser: Browser, site: Site): Promise<Tab> {
  const tab = await openTab(await openContext(browser), site, 0);
  await signIn(tab, site);
  return tab;
}

async function measure({ timed, counted }: Subject): Promise<Readonly<Record<string, number>>> {
  return {
    tokenUs: await microseconds(timed, 'token'),
    tokenBytes: await bytes(counted, 'token'),
    requestUs: (await microseconds(timed, 'request')) - (await microseconds(timed, 'bareRequest')),
    requestBytes: (await bytes(counted, 'request')) - (await bytes(counted, 'bareRequest')),
  };
}

/**
 * Per call: the least of a few runs, because other work of the machine only adds to a run. Before, runs of twice the calls each let the engine
 * optimise the code.
 */
async function microseconds(tab: Tab, call: Call): Promise<number> {
  let count = FIRST_CALLS;
  while ((await tab.costOf(call, count)).ms < RUN_MS) count *= 2;
  const runs: number[] = [];
  while (runs.length < RUNS) runs.push((1000 * (await tab.costOf(call, count)).ms) / count);
  return Math.min(...runs);
}

/** Per call. */
async function bytes(tab: Tab, call: Call): Promise<number> {
  const first = (await tab.costOf(call, FIRST_CALLS)).bytes / FIRST_CALLS;
  const count = Math.max(FIRST_CALLS, Math.min(MOST_COUNTED_CALLS, Math.floor(MOST_BYTES / first)));
  return (await tab.costOf(call, count)).bytes / count;
}
