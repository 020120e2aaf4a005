import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensureChromium } from '../browser/ensure-chromium';
import { browseQuickStart, type Walk } from './browse-quick-start';
import type { CodeBlock } from './extract-blocks';
import { makeInstalledApp, ng, pagesOf, serverOf } from './fresh-app';
import type { Pool } from './quick-start-command';
import { serveRendered } from './serve-rendered';
import { timed } from './timed';

/** The elements of the quick start's pages: an account belongs to one user, the start page to all. */
const GUARDED = 'app-account';
const PUBLIC = 'app-home';

/** Where the pages of the quick start lead, and what they show. */
const WALK: Walk = { start: '/', cancelled: 'signInCancelled', apiPage: '/account' };

/** A page that is the same for every user: what is rendered at build time is shown to all of them. */
function expectNoUserData(pages: string): void {
  const elementsOf = (route: string) => readFileSync(resolve(pages, route, 'index.html'), 'utf8');
  if (!elementsOf('').includes(`<${PUBLIC}`)) throw new Error('The start page was not prerendered.');
  if (elementsOf('account').includes(`<${GUARDED}`)) throw new Error('A guarded page was prerendered.');
}

function expectQuiet(what: string, output: string): void {
  if (/\b(?:error|warning)\b|\bNG\d{2,}|\bNCS\d+/i.test(output))
    throw new Error(`${what} complains:\n${output}`);
}

/**
 * The quick start after `ng new --ssr`, with everything from npm: the tests that the app came with, the pages that are rendered at
 * build time, and the browser in front of the app's own server.
 */
export async function checkRenderedApp(
  parent: string,
  blocks: readonly CodeBlock[],
  pool: Pool,
): Promise<void> {
  const folder = await timed('new app, npm install', makeInstalledApp(parent, blocks));
  await timed('the tests of ng new', ng(folder, 'test', '--no-watch'));
  expectQuiet('ng build', await timed('build and prerendering', ng(folder, 'build')));
  expectNoUserData(pagesOf(folder));
  const server = await serveRendered(serverOf(folder));
  try {
    await timed('browse', browseQuickStart(server.url, pool, WALK, await ensureChromium()));
    expectQuiet('The server', server.output().replace(/^.*listening on.*$/m, ''));
  } finally {
    await server.close();
  }
}
