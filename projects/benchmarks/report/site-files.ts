import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { docsFolder } from '../../../tools/docs/page-names';
import { resultsFolder } from '../harness/folders';
import type { Result } from '../results';
import { svgChart } from './chart';
import { CHARTS, details, overview, withGenerated } from './page';

/** In the order of the pages. */
const ORDER = ['bytes', 'calls', 'burst', 'tabs', 'navigation'];

const PAGES: readonly (readonly [name: string, generate: (results: readonly Result[]) => string])[] = [
  ['compare/index.md', overview],
  ['project/benchmarks.md', details],
];

const charts = resolve(docsFolder, 'compare/charts');

/** The kept results. */
export function readResults(): readonly Result[] {
  const names = existsSync(resultsFolder) ? readdirSync(resultsFolder) : [];
  return ORDER.filter((id) => names.includes(`${id}.json`)).map(
    (id) => JSON.parse(readFileSync(resolve(resultsFolder, `${id}.json`), 'utf8')) as Result,
  );
}

/** The files of the site that show the results, by their paths: two pages, not formatted yet, and the charts. */
export function siteFiles(): ReadonlyMap<string, string> {
  const results = readResults();
  const files = new Map<string, string>();
  for (const [name, generate] of PAGES) {
    const path = resolve(docsFolder, name);
    files.set(path, withGenerated(readFileSync(path, 'utf8'), generate(results)));
  }
  for (const table of results.flatMap(({ tables }) => tables)) {
    const chart = CHARTS[table.id];
    if (chart !== undefined) files.set(resolve(charts, `${table.id}.svg`), svgChart(table, chart));
  }
  return files;
}
