import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../tools/workspace';
import { resultsFolder } from '../harness/folders';
import { markdownOf } from '../markdown';
import { today, versionsOf } from '../versions';
import { fewestRefreshes, planDay } from './day-plan';
import type { DayResults } from './results';
import { dayTable, growthTable, heapTable } from './tables';

const FOLDER = 'projects/benchmarks/day';
const TOKEN_LIFETIME_MS = 3_600_000;

/** Runs a program of this folder in a process of its own: zone.js and the production mode are for whole processes. */
async function measure<T>(program: string): Promise<T> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', resolve(root, FOLDER, program)],
    { cwd: root },
  );
  return JSON.parse(stdout) as T;
}

/** Lives through simulated days, prints what they cost, and keeps it in `results/day.json` if that is wanted. */
export async function run({ save }: { readonly save: boolean }): Promise<void> {
  const zoneless = await measure<Pick<DayResults, 'days' | 'growth' | 'heap'>>('measure.ts');
  const zone = await measure<Pick<DayResults, 'days'>>('measure-zone.ts');
  const fewest = (night: 'asleep' | 'awake') => fewestRefreshes(planDay(night), TOKEN_LIFETIME_MS);
  const results: DayResults = {
    date: today(),
    versions: versionsOf('@angular/core', 'rxjs', 'zone.js', 'jsdom', 'fake-indexeddb'),
    fewestRefreshes: { asleep: fewest('asleep'), awake: fewest('awake') },
    ...zoneless,
    days: [...zoneless.days, ...zone.days],
  };
  console.log(reportOf(results));
  if (save) writeFileSync(resolve(resultsFolder, 'day.json'), `${JSON.stringify(results, null, 2)}\n`);
}

/** The tables, with versions and date. */
function reportOf(results: DayResults): string {
  const versions = Object.entries(results.versions).map((entry) => entry.join(' '));
  return [
    `A simulated day. ${[results.date, ...versions].join(', ')}`,
    ...[dayTable, growthTable, heapTable].map((table) => markdownOf(table(results))),
  ].join('\n\n');
}
