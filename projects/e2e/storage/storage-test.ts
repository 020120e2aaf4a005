import type { BrowserContext, Frame, Page } from '@playwright/test';
import { createServer } from 'node:http';
import { expect, test as base } from '../support/leaks/watched-test';
import { pageScripts } from '../support/page-scripts';
import type { StorageKind, StorageLab, StorageMethod } from './page/storage-lab';

const HOST = '127.0.0.1';
const SCRIPT = '/storage-lab.js';
const PAGE = `<!doctype html><title>Storage</title><link rel="icon" href="data:,"><script src="${SCRIPT}"></script>`;

/** Origins that exist in the tests alone: the browser takes the first for secure, the second not. */
export const SECURE_ORIGIN = 'https://app.example';
export const INSECURE_ORIGIN = 'http://app.example';

interface Fixtures {
  script: string;
  origin: string;
  /** Another tab of the same profile and origin. */
  otherTab: Page;
}

declare const storageLab: StorageLab;

/** A blank page over real HTTP with the adapters in it, as the library's sources have them. */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
  script: async ({}, use) => use(pageScripts('storage').get(SCRIPT) ?? ''),

  origin: async ({ script }, use) => {
    const server = createServer(({ url }, response) => {
      const isScript = url === SCRIPT;
      response.writeHead(200, {
        'Content-Type': isScript ? 'text/javascript' : 'text/html',
        // A page without an origin loads the script as well.
        'Access-Control-Allow-Origin': '*',
      });
      response.end(isScript ? script : PAGE);
    });
    await new Promise<void>((listening) => server.listen(0, HOST, listening));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no TCP address');
    await use(`http://${HOST}:${address.port}`);
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  },

  baseURL: async ({ origin }, use) => use(origin),

  otherTab: async ({ context, page }, use) => {
    await page.goto('/');
    const other = await context.newPage();
    await other.goto('/');
    await lendOtherTab(page, other);
    await use(other);
  },
});

/** Serves the page under an origin for which there is no server. */
export async function serveAt(context: BrowserContext, origin: string, script: string): Promise<void> {
  await context.route(`${origin}/**`, (route) =>
    new URL(route.request().url()).pathname === SCRIPT
      ? route.fulfill({ contentType: 'text/javascript', body: script })
      : route.fulfill({ contentType: 'text/html', body: PAGE }),
  );
}

/** Lets one page use the adapters of another one. */
export async function lendOtherTab(page: Page, other: Page): Promise<void> {
  await page.exposeFunction('callOtherTab', (kind: StorageKind, method: StorageMethod, ...args: string[]) =>
    call(other, kind, method, ...args),
  );
}

/** One sentence of the contract, in a page. */
export function run(page: Page, kind: StorageKind, sentence: string): Promise<{ gives: unknown } | null> {
  return page.evaluate(([kind, sentence]) => storageLab.run(kind, sentence), [kind, sentence] as const);
}

/** One call of the adapter that a page has. */
export function call(
  page: Page,
  kind: StorageKind,
  method: StorageMethod,
  ...args: string[]
): Promise<unknown> {
  return page.evaluate(([kind, method, args]) => storageLab.call(kind, method, ...args), [
    kind,
    method,
    args,
  ] as const);
}

/** The same; a failure comes back as its text. */
export function outcome(
  page: Page | Frame,
  kind: StorageKind,
  method: StorageMethod,
  ...args: string[]
): Promise<unknown> {
  return page.evaluate(([kind, method, args]) => storageLab.outcome(kind, method, ...args), [
    kind,
    method,
    args,
  ] as const);
}

export { expect };
