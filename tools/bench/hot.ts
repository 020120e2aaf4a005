import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runProgram } from '../gate/run-command';
import { mustPass } from '../package-check/must-pass';
import { root } from '../workspace';
import { NAMES, template, type Name } from './build-pages';
import { hotTable, type HotRound } from './hot-table';
import { COUNTED, openHotPages, TIMED, type Call, type HotPage } from './hot-pages';

const ROUNDS = 7;
const WAITERS = 10_000;

interface Counts {
  /** Calls that are timed in a round, and once before, so that the engine has optimised the code. */
  readonly timed: number;
  /** Calls whose allocations are counted. */
  readonly counted: number;
}

const FAST: Counts = { timed: 20_000, counted: 2000 };
/** Amplify would take minutes. */
const COUNTS: Readonly<Record<Name, Counts>> = {
  floor: FAST,
  'ngx-cognito-session': FAST,
  'aws-amplify': { timed: 500, counted: 100 },
};

/** One turn of an app; microseconds and bytes per call, ms and bytes of all waiters. */
async function measure(timed: HotPage, counted: HotPage, counts: Counts): Promise<HotRound> {
  const microseconds = async (call: Call) =>
    (1000 * (await timed.calls(call, counts.timed)).ms) / counts.timed;
  const bytes = async (call: Call) => (await counted.calls(call, counts.counted)).bytes / counts.counted;
  return {
    tokenUs: await microseconds('token'),
    tokenBytes: await bytes('token'),
    requestUs: (await microseconds('request')) - (await microseconds('bareRequest')),
    requestBytes: (await bytes('request')) - (await bytes('bareRequest')),
    waitersMs: (await timed.waiters(WAITERS)).ms,
    waitersBytes: (await counted.waiters(WAITERS)).bytes,
  };
}

/** What a token and a request cost: a hand-written floor, this library and Amplify take turns in one run. */
async function main(): Promise<void> {
  await mustPass('npm install', runProgram('npm', ['install', '--no-package-lock'], { cwd: template }));
  const timed = await openHotPages(NAMES, TIMED);
  const counted = await openHotPages(NAMES, COUNTED);
  try {
    const results = NAMES.map((name) => ({ name, rounds: Array<HotRound>() }));
    for (let round = 0; round <= ROUNDS; round++)
      for (const { name, rounds } of results) {
        const result = await measure(timed.page(name), counted.page(name), COUNTS[name]);
        // In the first round the engine has not optimised the code yet.
        if (round > 0) rounds.push(result);
      }
    console.log(versions(timed.browserVersion));
    console.log(`${ROUNDS} rounds, medians; in brackets the ratio to the first row\n${hotTable(results)}`);
  } finally {
    await timed.close();
    await counted.close();
  }
}

function versions(browserVersion: string): string {
  const packages = [
    ['@angular/core', resolve(root, 'node_modules')],
    ['rxjs', resolve(root, 'node_modules')],
    ['aws-amplify', resolve(template, 'node_modules')],
  ] as const;
  const named = packages.map(([name, folder]) => {
    const { version } = JSON.parse(readFileSync(resolve(folder, name, 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    return `${name} ${version}`;
  });
  return [`Chromium ${browserVersion}`, `Node ${process.versions.node}`, ...named].join(', ');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
