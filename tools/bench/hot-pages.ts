import { chromium, type Browser } from '@playwright/test';
import { DEFAULT_USER, startEmulator } from 'cognito-emulator';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureChromium } from '../browser/ensure-chromium';
import { servePages } from '../package-check/serve-pages';
import { root } from '../workspace';
import { buildPages, type Name } from './build-pages';

/** What is measured: a valid token, a request through the interceptor, and one of an `HttpClient` without it. */
export type Call = 'token' | 'request' | 'bareRequest';

/** What something costs. Which of the two counts depends on how the browser was started. */
export interface Cost {
  readonly ms: number;
  /** Allocated, garbage included. */
  readonly bytes: number;
}

/** One page with a signed-in user. Its API is a function, so that only the client's work counts. */
export interface HotPage {
  /** So many calls, one after the other. */
  calls(call: Call, count: number): Promise<Cost>;
  /** So many callers at once after the tokens have expired: all wait for one refresh. */
  waiters(count: number): Promise<Cost>;
}

export interface HotPages<N extends Name> {
  readonly browserVersion: string;
  page(name: N): HotPage;
  close(): Promise<void>;
}

/** For times: the browser as users have it. */
export const TIMED: readonly string[] = [];
/**
 * For allocations: a young generation so large that nothing is collected during a measurement. The heap then grows by
 * exactly what is allocated, on every machine.
 */
export const COUNTED: readonly string[] = [
  '--enable-precise-memory-info',
  '--js-flags=--expose-gc --min-semi-space-size=256 --max-semi-space-size=256',
];

/** Builds and opens a page for each name, all in one browser and at one local Cognito. */
export async function openHotPages<N extends Name>(
  names: readonly N[],
  browserArguments: readonly string[],
): Promise<HotPages<N>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-hot-'));
  const emulator = await startEmulator();
  const { region, userPoolId, clientId, url: endpoint } = emulator;
  const sources = resolve(root, 'tools/bench/template/hot');
  await buildPages({ names, sources, folder, pool: { region, userPoolId, clientId, endpoint } });
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--no-sandbox', ...browserArguments],
  });
  const servers = await Promise.all(names.map((name) => servePages(join(folder, name))));
  const pages = new Map<N, HotPage>();
  for (const [index, name] of names.entries()) {
    const tokens = await emulator.signIn(DEFAULT_USER.username);
    pages.set(name, await openPage(browser, servers[index]?.url ?? '', tokens));
  }
  return {
    browserVersion: browser.version(),
    page: (name) => {
      const page = pages.get(name);
      if (page === undefined) throw new Error(`There is no page of ${name}.`);
      return page;
    },
    close: async () => {
      for (const server of servers) server.close();
      await browser.close();
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openPage(browser: Browser, url: string, tokens: object): Promise<HotPage> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(`performance.getEntriesByName('started').length > 0`);
  await page.evaluate(`bench.signIn(${JSON.stringify(tokens)})`);
  const run = async (script: string): Promise<Cost> => {
    // Chromium slows down pages in the background.
    await page.bringToFront();
    return page.evaluate<Cost>(`bench.costOf(() => ${script})`);
  };
  return {
    calls: (call, count) => run(`bench.calls('${call}', ${count})`),
    waiters: (count) => run(`bench.waiters(${count})`),
  };
}
