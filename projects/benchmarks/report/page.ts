import type { Result } from '../results';
import type { Chart } from './chart';
import { summaryTable } from './summary';
import { markdownReasons, markdownTable } from './table';

/** The charts of the site, by the table that they show; each is `compare/charts/<table>.svg`. */
export const CHARTS: Readonly<Record<string, Chart>> = {
  'bytes-session-http-guard': {
    title: 'Bytes added: session, HTTP and guard, with all that may be loaded',
    metric: 'allGzip',
    unit: 'kB gzip',
    digits: 1,
  },
  token: { title: 'A valid token', metric: 'tokenUs', unit: 'µs per call', digits: 2 },
  interceptor: { title: 'The interceptor', metric: 'requestUs', unit: 'added µs per request', digits: 2 },
  'burst-1000': { title: '1,000 callers of an expired token', metric: 'ms', unit: 'ms', digits: 0 },
  tabs: { title: 'Calls per expiry, 20 tabs', metric: 'calls20', unit: 'calls', digits: 0 },
  navigation: {
    title: 'From navigation to signed in, Slow 4G',
    metric: 'validSlowMs',
    unit: 'ms',
    digits: 0,
  },
};

const START =
  '<!-- benchmarks: written by `npm run bench -- --save` and `npm run bench:browser -- --save` -->';
const END = '<!-- end of benchmarks -->';

/** Replaces the part of a page that is generated from results. */
export function withGenerated(page: string, generated: string): string {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`The page has no part between ${START} and ${END}.`);
  return `${page.slice(0, start)}${START}\n\n${generated}\n\n${page.slice(end)}`;
}

/** One table of all points, and the charts. */
export function overview(results: readonly Result[]): string {
  const charts = results
    .flatMap(({ tables }) => tables.map(({ id }) => id))
    .flatMap((id) => {
      const chart = CHARTS[id];
      return chart === undefined ? [] : [`![${chart.title}](charts/${id}.svg)`];
    });
  return [summaryTable(results), ...charts].join('\n\n');
}

/** All tables, each with its command, its date and its machine. */
export function details(results: readonly Result[]): string {
  const versions = new Map(results.flatMap((result) => Object.entries(result.versions)));
  const list = [...versions].map(([name, version]) => `\`${name}\` ${version}`);
  return [`Versions: ${list.join(', ')}.`, ...results.map(sections)].join('\n\n');
}

function sections(result: Result): string {
  return result.tables
    .map((table) => {
      const reasons = markdownReasons(table);
      return [
        `## ${table.title}`,
        measuredBy(result),
        markdownTable(table),
        ...(reasons === '' ? [] : [reasons]),
      ].join('\n\n');
    })
    .join('\n\n');
}

function measuredBy({ command, id, date, rounds, machine }: Result): string {
  const times = rounds === 1 ? '1 round' : `${rounds} rounds`;
  return `\`${command} -- --only ${id}\`, ${date}, ${times}, ${machine}.`;
}
