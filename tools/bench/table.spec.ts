import { table } from './table';

describe('the table of the benchmark', () => {
  it('has the medians of each app, and how its time compares with that of the first one', () => {
    const rounds = (...times: readonly (readonly [number, number])[]) =>
      times.map(([rendered, signedIn]) => ({ rendered, signedIn }));

    const lines = table([
      { name: 'floor', gzip: 40_000, rounds: rounds([10, 10], [30, 30], [20, 20]) },
      { name: 'other', gzip: 61_234, rounds: rounds([20, 40], [22, 60]) },
    ]).split('\n');

    expect(lines.slice(2)).toEqual([
      '| floor | 40.0 | 20.0 | 0.0 | 20.0 | 1.00 |',
      '| other | 61.2 | 21.0 | 29.0 | 50.0 | 2.50 |',
    ]);
  });
});
