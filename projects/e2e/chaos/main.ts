import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { launch } from 'puppeteer-core';
import { ensureChromium } from '../../../tools/browser/ensure-chromium';
import { reports } from '../../../tools/workspace';
import { CHROMIUM_ARGUMENTS } from '../support/chromium';
import { compileKinds } from '../support/compile-pages';
import { pageScripts } from '../support/page-scripts';
import { NO_LIMITS } from '../support/puppeteer';
import { addCounts, countFacts, type Counts } from './counts';
import { runEpisode } from './episode';
import { readOptions, USAGE } from './options';
import { describeAll, describeCounts, describeFailure } from './report';

/** What drivers switch off so that visible and hidden pages behave alike. Here the difference is wanted. */
const UNWANTED = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** Writes a file for later, and gives its path. */
function keep(name: string, text: string): string {
  const folder = resolve(reports, 'chaos');
  mkdirSync(folder, { recursive: true });
  const path = resolve(folder, name);
  writeFileSync(path, text);
  return path;
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(USAGE);
    return;
  }
  const options = readOptions(args, Date.now());
  const { seed, pages, users, untilStep } = options;
  console.log(`Seed ${seed}, ${pages} pages, ${users} users, ${options.minutes} minutes`);
  const executablePath = await ensureChromium();
  await compileKinds(['chaos']);
  const scripts = pageScripts('chaos');
  const browser = await launch({
    executablePath,
    args: [...CHROMIUM_ARGUMENTS],
    ignoreDefaultArgs: UNWANTED,
    ...NO_LIMITS,
  });
  try {
    console.log(await browser.version());
    const end = Date.now() + options.minutes * 60_000;
    let counts: Counts = {};
    let failed = 0;
    for (let number = options.episode ?? 1; Date.now() < end; number++) {
      const result = await runEpisode(browser, scripts, { seed, number, pages, users, untilStep });
      counts = addCounts(counts, { episodes: 1, ...countFacts(result.facts) });
      const { violations, settings } = result;
      if (options.isVerbose) console.log(describeAll(result));
      if (violations.length > 0) {
        failed += 1;
        console.log(describeFailure(result));
        console.log(`All of it: ${keep(`seed-${seed}-episode-${number}.log`, describeAll(result))}`);
      } else
        console.log(
          `Episode ${number}: good. ${settings.devices.map(({ storage }) => storage).join(', ')}; rotation ${settings.rotation ? `on, grace ${settings.graceSeconds} s` : 'off'}; ${result.facts.calls.length} calls, ${result.facts.requests.length} API requests`,
        );
      if (options.episode !== null) break;
    }
    console.log(describeCounts(counts));
    console.log(
      failed === 0
        ? `Seed ${seed}: no violation.`
        : `Seed ${seed}: violations in ${failed} of ${counts['episodes'] ?? 0} episodes.`,
    );
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    await browser.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
