import type { Peer } from './peers';
import { Samples } from './samples';
import { median, summarize } from './statistics';

describe('the statistics of the benchmarks', () => {
  it('take the value in the middle, or the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it('keep the range', () => {
    expect(summarize([3, 1, 10])).toEqual({ median: 3, min: 1, max: 10 });
  });
});

describe('the samples of all rounds', () => {
  const fast: Peer = { name: 'fast', packages: [] };
  const absent: Peer = { name: 'absent', packages: [], absent: { 4: 'It has no tokens.' } };

  it('become one row for each library', () => {
    const samples = new Samples();
    samples.add('fast', { ms: 3 });
    samples.add('fast', { ms: 1 });

    expect(samples.rows([fast], 4)).toEqual([
      { peer: 'fast', values: { ms: { median: 2, min: 1, max: 3 } } },
    ]);
  });

  it('leave a library out that takes no part, with its reason', () => {
    const samples = new Samples();
    samples.add('absent', { ms: 1 });

    expect(samples.rows([absent], 4)).toEqual([{ peer: 'absent', values: {}, reason: 'It has no tokens.' }]);
    expect(samples.rows([absent], 5)[0]?.values).toHaveProperty('ms');
  });
});
