import type { RandomSource } from '../../src/lib/platform/random';

/** Chance that is the same in every run of one seed. */
export function seededRandom(seed: number): RandomSource {
  let state = seed | 0;
  let ids = 0;
  const number = () => {
    // https://en.wikipedia.org/wiki/Linear_congruential_generator, the numbers of Numerical Recipes
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  return { number, id: () => `id-${++ids}` };
}
