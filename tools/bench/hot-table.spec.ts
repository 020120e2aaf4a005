import { hotTable } from './hot-table';

describe('the table of the hot benchmark', () => {
  it('has the medians of each app, with their ratios to those of the first one', () => {
    const round = (factor: number) => ({
      tokenUs: 0.1 * factor,
      tokenBytes: 200 * factor,
      requestUs: factor,
      requestBytes: 3000 * factor,
      waitersMs: 100 * factor,
      waitersBytes: 7_000_000 * factor,
    });

    const lines = hotTable([
      { name: 'floor', rounds: [1, 3, 2].map(round) },
      { name: 'other', rounds: [4, 6].map(round) },
    ]).split('\n');

    expect(lines.slice(2)).toEqual([
      '| floor | 0.20 (1.00) | 400 (1.00) | 2.00 (1.00) | 6000 (1.00) | 200 (1.00) | 14.0 (1.00) |',
      '| other | 0.50 (2.50) | 1000 (2.50) | 5.00 (2.50) | 15000 (2.50) | 500 (2.50) | 35.0 (2.50) |',
    ]);
  });
});
