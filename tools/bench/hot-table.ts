import { median } from './median';

/** One turn of an app. */
export interface HotRound {
  /** A valid token. */
  readonly tokenUs: number;
  readonly tokenBytes: number;
  /** What the interceptor adds to a request. */
  readonly requestUs: number;
  readonly requestBytes: number;
  /** All callers that wait for one refresh. */
  readonly waitersMs: number;
  readonly waitersBytes: number;
}

export interface HotResult {
  readonly name: string;
  readonly rounds: readonly HotRound[];
}

const COLUMNS: readonly (readonly [field: keyof HotRound, head: string, digits: number, unit: number])[] = [
  ['tokenUs', 'token, µs', 2, 1],
  ['tokenBytes', 'token, bytes', 0, 1],
  ['requestUs', 'interceptor adds, µs', 2, 1],
  ['requestBytes', 'interceptor adds, bytes', 0, 1],
  ['waitersMs', '10,000 waiters, ms', 0, 1],
  ['waitersBytes', '10,000 waiters, MB', 1, 1e6],
];

/** Medians, each with its ratio to that of the first row. */
export function hotTable(results: readonly HotResult[]): string {
  const medians = results.map(({ name, rounds }) => ({
    name,
    values: COLUMNS.map(([field]) => median(rounds.map((round) => round[field]))),
  }));
  const base = medians[0]?.values ?? [];
  const rows = medians.map(({ name, values }) => [
    name,
    ...values.map((value, column) => {
      const [, , digits, unit] = COLUMNS[column] ?? ['', '', 0, 1];
      return `${(value / unit).toFixed(digits)} (${(value / (base[column] ?? NaN)).toFixed(2)})`;
    }),
  ]);
  const head = ['app', ...COLUMNS.map(([, name]) => name)];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
