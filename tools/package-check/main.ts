import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureChromium } from '../browser/ensure-chromium';
import { root } from '../workspace';
import { runAppTests } from './app-tests';
import { addSession, callApi, WALK } from './added-session';
import { browseQuickStart } from './browse-quick-start';
import { extractBlocks } from './extract-blocks';
import { makeFreshApp, ng, pagesOf, QUICK_START_PEERS } from './fresh-app';
import { checkPeerBuilds } from './peer-builds';
import { poolOf, quickStartFlags } from './quick-start-command';
import { checkRenderedApp } from './rendered-app';
import { servePages } from './serve-pages';
import { timed } from './timed';
import { tokenParts } from '../optional-parts';
import { codeOf, expectParts } from './unused-features';

const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');
const byHand = 'projects/docs/start/quick-start.md';

/** Runs the README's `ng add` with the package as it would be published, and signs in; then builds without peers. */
async function checkFreshApp(parent: string): Promise<void> {
  const folder = await timed('new app', makeFreshApp(parent));
  const flags = quickStartFlags(read('README.md'));
  await timed('ng add', addSession(folder, flags));
  await timed('the tests of the app', runAppTests(folder));
  callApi(folder);
  await timed('build', ng(folder, 'build'));
  const pages = pagesOf(folder);
  const server = await servePages(pages);
  try {
    await timed('browse', browseQuickStart(server.url, poolOf(flags), WALK, await ensureChromium()));
  } finally {
    server.close();
  }
  expectParts(codeOf(pages), [...tokenParts, 'HTTP', 'guards', 'session end']);
  // Each of them is missing in one of the bundles.
  for (const peer of QUICK_START_PEERS) rmSync(resolve(folder, 'node_modules', peer), { force: true });
  await timed('bundles without optional peers', checkPeerBuilds(folder));
}

async function main(): Promise<void> {
  // The compiler compares paths as they are written with real ones.
  const parent = mkdtempSync(join(realpathSync(tmpdir()), 'quick-start-'));
  try {
    const isByHand = process.argv.includes('--ssr');
    const page = read(byHand);
    await (isByHand
      ? checkRenderedApp(parent, extractBlocks(page), poolOf(quickStartFlags(page)))
      : checkFreshApp(parent));
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
