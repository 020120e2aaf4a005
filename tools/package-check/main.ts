import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureChromium } from '../browser/ensure-chromium';
import { root } from '../workspace';
import { browseQuickStart } from './browse-quick-start';
import { extractFiles } from './extract-files';
import { buildFreshApp, makeFreshApp } from './fresh-app';
import { checkPeerBuilds } from './peer-builds';
import { poolOf } from './pool-of';
import { servePages } from './serve-pages';
import { codeOf, expectParts } from './unused-features';

async function timed<T>(what: string, work: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work;
  console.log(`${what}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return result;
}

/** Does what the README tells its reader to do, with the package as it would be published; then builds without peers. */
async function main(): Promise<void> {
  const files = extractFiles(readFileSync(resolve(root, 'README.md'), 'utf8'));
  const pool = poolOf(files);
  const folder = mkdtempSync(join(tmpdir(), 'quick-start-'));
  try {
    await timed('pack and unpack', makeFreshApp(folder, files));
    const pages = await timed('build', buildFreshApp(folder));
    const server = await servePages(pages);
    try {
      await timed('browse', browseQuickStart(server.url, pool, await ensureChromium()));
    } finally {
      server.close();
    }
    expectParts(codeOf(pages), ['HTTP', 'guards', 'session end']);
    await timed('bundles without optional peers', checkPeerBuilds(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
