import { Draw, seedOf } from './draw';

const drawn = (seed: number) => {
  const draw = new Draw(seed);
  return Array.from({ length: 20 }, () => draw.integer(0, 1000));
};

describe('the chance of an episode', () => {
  it('is the same for the same seed', () => {
    expect(drawn(7)).toEqual(drawn(7));
  });

  it('differs between episodes, and between steps', () => {
    const seeds = [1, 2].flatMap((seed) => [1, 2, 3].map((episode) => seedOf(seed, episode)));

    expect(new Set(seeds).size).toBe(6);
    expect(new Set(seeds.map((seed) => drawn(seed).join())).size).toBe(6);
  });

  it('keeps to the ends of a range, and reaches both', () => {
    const draw = new Draw(3);
    const values = Array.from({ length: 200 }, () => draw.integer(1, 3));

    expect([...new Set(values)].sort()).toEqual([1, 2, 3]);
  });

  it('draws as often as the weights say', () => {
    const draw = new Draw(5);
    const values = Array.from({ length: 2000 }, () => draw.weighted({ often: 9, seldom: 1, never: 0 }));
    const seldom = values.filter((value) => value === 'seldom').length;

    expect(values).not.toContain('never');
    expect(seldom).toBeGreaterThan(100);
    expect(seldom).toBeLessThan(300);
  });
});
