import { chromium, type BrowserContext } from '@playwright/test';
import { DEFAULT_USER, startEmulator } from 'cognito-emulator';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from '../browser/ensure-chromium';
import { runProgram } from '../gate/run-command';
import { mustPass } from '../package-check/must-pass';
import { servePages } from '../package-check/serve-pages';
import { buildPages, NAMES, template } from './build-pages';
import { table, type Round } from './table';

const WARM_UP = 3;
const ROUNDS = 40;

/** Runs an expression in a new page once the app has reached a point, and closes the page. */
async function inPage<T>(context: BrowserContext, url: string, point: string, script: string): Promise<T> {
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(`performance.getEntriesByName('${point}').length > 0`);
  const result = await page.evaluate<T>(script);
  await page.close();
  return result;
}

async function open(context: BrowserContext, url: string): Promise<Round> {
  const marks = `['first render', 'signed in'].map((name) => performance.getEntriesByName(name)[0].startTime)`;
  const [rendered = NaN, signedIn = NaN] = await inPage<number[]>(context, url, 'signed in', marks);
  return { rendered, signedIn };
}

/** From first render to signed in with a valid stored session: a hand-written floor, this library and Amplify take turns. */
async function main(): Promise<void> {
  await mustPass('npm install', runProgram('npm', ['install', '--no-package-lock'], { cwd: template }));
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const emulator = await startEmulator();
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
  const { region, userPoolId, clientId, url: endpoint } = emulator;
  const pool = { region, userPoolId, clientId, endpoint };
  const sizes = await buildPages({ names: NAMES, sources: template, folder, pool });
  const servers = await Promise.all(NAMES.map((name) => servePages(join(folder, name))));
  try {
    const context = await browser.newContext();
    const results = NAMES.map((name) => ({ name, gzip: sizes.get(name) ?? NaN, rounds: Array<Round>() }));
    for (const { url } of servers) {
      const tokens = JSON.stringify(await emulator.signIn(DEFAULT_USER.username));
      await inPage(context, url, 'first render', `signIn(${tokens})`);
    }
    for (let round = 0; round < WARM_UP + ROUNDS; round++)
      for (const [index, { url }] of servers.entries()) {
        const result = await open(context, url);
        if (round >= WARM_UP) results[index]?.rounds.push(result);
      }
    console.log(`${ROUNDS} rounds, medians in ms\n${table(results)}`);
  } finally {
    for (const server of servers) server.close();
    await browser.close();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
