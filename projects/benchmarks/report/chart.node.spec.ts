import type { Table } from '../results';
import { summarize } from '../statistics';
import { svgChart } from './chart';

const tableOf = (values: Readonly<Record<string, number>>): Table => ({
  id: 'token',
  title: 'A valid token',
  metrics: [],
  rows: Object.entries(values).map(([peer, value]) => ({
    peer,
    values: Number.isNaN(value) ? {} : { us: summarize([value]) },
  })),
});
const chart = { title: 'Tokens & time', metric: 'us', unit: 'µs', digits: 1 };
const widths = (svg: string) =>
  [...svg.matchAll(/x="210" y="\d+" width="([\d.]+)"/g)].map(([, width]) => Number(width));

describe('the chart of a benchmark', () => {
  it('has longer bars for larger values, and a visible one for nothing', () => {
    const [floor = NaN, ours = NaN, nothing = NaN] = widths(
      svgChart(tableOf({ floor: 1, ours: 100, nothing: 0 }), chart),
    );

    expect(ours).toBe(400);
    expect(floor).toBeGreaterThan(nothing);
    expect(floor).toBeLessThan(ours);
    expect(nothing).toBeGreaterThan(0);
  });

  it('leaves out a library that gave its callers no token', () => {
    const table = tableOf({ floor: 10, other: 1 });
    const rows = table.rows.map((row) =>
      row.peer === 'other' ? { ...row, values: { ...row.values, failed: summarize([1000]) } } : row,
    );

    expect(widths(svgChart({ ...table, rows }, chart))).toHaveLength(1);
  });

  it('leaves out what was not measured', () => {
    expect(svgChart(tableOf({ floor: 1, absent: NaN }), chart)).not.toContain('absent');
  });

  it('has its values in text for readers who do not see it', () => {
    const svg = svgChart(tableOf({ floor: 1, 'a<b': 2000 }), chart);

    expect(svg).toContain('<title id="title">Tokens &amp; time</title>');
    expect(svg).toContain('<desc id="description">floor 1.0 µs, a&lt;b 2,000.0 µs</desc>');
  });
});
