import { FLOOR } from '../peers';
import { hasFailed, type Result, type Table } from '../results';
import { format } from './table';

interface Column {
  readonly table: string;
  readonly metric: string;
  readonly label: string;
  readonly digits: number;
  /** How often the floor's value, instead of the value. */
  readonly isRatio?: true;
}

const COLUMNS: readonly Column[] = [
  { table: 'bytes-session-http-guard', metric: 'initialGzip', label: 'initial, kB gzip', digits: 1 },
  { table: 'bytes-session-http-guard', metric: 'allGzip', label: 'in all, kB gzip', digits: 1 },
  { table: 'token', metric: 'tokenUs', label: 'valid token', digits: 1, isRatio: true },
  { table: 'interceptor', metric: 'requestUs', label: 'interceptor', digits: 1, isRatio: true },
  { table: 'burst-1000', metric: 'calls', label: 'calls, 1,000 callers', digits: 0 },
  { table: 'burst-1000', metric: 'ms', label: 'time, 1,000 callers', digits: 1, isRatio: true },
  { table: 'tabs', metric: 'calls20', label: 'calls, 20 tabs', digits: 0 },
  { table: 'tabs-rotation', metric: 'calls20', label: 'calls, 20 tabs, rotation', digits: 0 },
  { table: 'tabs-lost', metric: 'lost20', label: 'tabs signed out of 20, rotation', digits: 0 },
  { table: 'navigation', metric: 'validSlowMs', label: 'navigation, Slow 4G', digits: 1, isRatio: true },
];

/** One row for each library, with a column of each measurement that there is: medians. */
export function summaryTable(results: readonly Result[]): string {
  const tables = new Map(
    results.flatMap((result) => result.tables.map((table) => [table.id, table] as const)),
  );
  const columns = COLUMNS.filter(({ table }) => tables.has(table));
  const peers = [...new Set([...tables.values()].flatMap(({ rows }) => rows.map(({ peer }) => peer)))];
  const lines = [
    ['', ...columns.map(({ label }) => label)],
    ['---', ...columns.map(() => '---:')],
    ...peers.map((peer) => [peer, ...columns.map((column) => cell(tables.get(column.table), peer, column))]),
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function cell(table: Table | undefined, peer: string, { metric, digits, isRatio }: Column): string {
  const rowOf = (name: string) => table?.rows.find((row) => row.peer === name);
  const [row, floor] = [rowOf(peer), rowOf(FLOOR)?.values[metric]?.median];
  const value = row?.values[metric]?.median;
  if (row === undefined || value === undefined) return '–';
  if (hasFailed(row)) return 'no token';
  if (isRatio !== true) return format(value, digits);
  return floor === undefined ? '–' : `${format(value / floor, digits)}×`;
}
