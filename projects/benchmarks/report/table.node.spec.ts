import { FLOOR } from '../peers';
import type { Table } from '../results';
import { summarize } from '../statistics';
import { markdownReasons, markdownTable } from './table';

const table: Table = {
  id: 'token',
  title: 'A valid token',
  metrics: [
    { id: 'us', label: 'µs', digits: 2, hasRatio: true },
    { id: 'calls', label: 'calls', digits: 0, hasRatio: false },
  ],
  rows: [
    { peer: FLOOR, values: { us: summarize([0.1, 0.3, 0.2]), calls: summarize([1, 1]) } },
    { peer: 'other', values: { us: summarize([0.5, 0.7]), calls: summarize([10_000, 10_000]) } },
    { peer: 'absent', values: {}, reason: 'It has no refresh token.' },
  ],
};

describe('the table of a benchmark', () => {
  it('has medians with the range of the rounds, and ratios to the floor', () => {
    expect(markdownTable(table).split('\n')).toEqual([
      '|  | µs | calls |',
      '| --- | ---: | ---: |',
      '| floor | 0.20 (0.10–0.30), 1.0× | 1 |',
      '| other | 0.60 (0.50–0.70), 3.0× | 10,000 |',
      '| absent | – | – |',
    ]);
  });

  it('has the reason for each library without values', () => {
    expect(markdownReasons(table)).toBe('- absent: It has no refresh token.');
  });

  it('has no ratio to a floor of nothing', () => {
    const rows = table.rows.map((row) => ({ ...row, values: { us: summarize([0]) } }));

    expect(markdownTable({ ...table, rows })).toContain('| other | 0.00 | – |');
  });
});
