import type { Result } from '../results';
import { summarize } from '../statistics';
import { overview, withGenerated } from './page';
import { summaryTable } from './summary';

const resultOf = (table: string, metric: string, values: Readonly<Record<string, number>>): Result => ({
  id: table,
  command: 'npm run bench',
  date: '2026-11-30',
  machine: '2 cores',
  rounds: 1,
  versions: {},
  tables: [
    {
      id: table,
      title: table,
      metrics: [],
      rows: Object.entries(values).map(([peer, value]) => ({
        peer,
        values: { [metric]: summarize([value]) },
      })),
    },
  ],
});
const results = [
  resultOf('token', 'tokenUs', { floor: 0.1, other: 0.25 }),
  resultOf('tabs', 'calls20', { floor: 20 }),
];

describe('the overview of the benchmarks', () => {
  it('has a row for each library, with ratios of times and values of counts', () => {
    expect(summaryTable(results).split('\n')).toEqual([
      '|  | valid token | calls, 20 tabs |',
      '| --- | ---: | ---: |',
      '| floor | 1.0× | 20 |',
      '| other | 2.5× | – |',
    ]);
  });

  it('compares no library that gave its callers no token', () => {
    const burst = resultOf('burst-1000', 'ms', { floor: 20, other: 1 });
    const tables = burst.tables.map((table) => ({
      ...table,
      rows: table.rows.map((row) =>
        row.peer === 'other' ? { ...row, values: { ...row.values, failed: summarize([1000]) } } : row,
      ),
    }));

    expect(summaryTable([{ ...burst, tables }])).toContain('| other | – | no token |');
  });

  it('has the charts of what was measured', () => {
    expect(overview(results)).toContain('![A valid token](charts/token.svg)');
    expect(overview(results)).not.toContain('navigation.svg');
  });

  it('replaces what the page had', () => {
    const page = (text: string) =>
      `before\n\n<!-- benchmarks: written by \`npm run bench -- --save\` and \`npm run bench:browser -- --save\` -->\n\n${text}\n\n<!-- end of benchmarks -->\nafter\n`;

    expect(withGenerated(page('old'), 'new')).toBe(page('new'));
    expect(() => withGenerated('nothing', 'new')).toThrow('no part');
  });
});
