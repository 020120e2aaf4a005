import { seededRandom } from '../../ngx-cognito-session/testing-support/property/seeded-random';

/** All chance of an episode, from one seed. */
export class Draw {
  private readonly random;

  constructor(seed: number) {
    this.random = seededRandom(seed);
    // The first numbers of neighbouring seeds are alike.
    for (let index = 0; index < 8; index++) this.random.number();
  }

  /** Both ends included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.random.number() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.random.number() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.integer(0, choices.length - 1)];
    if (choice === undefined) throw new Error('There is nothing to choose from.');
    return choice;
  }

  /** A key, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let rest = this.random.number() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      rest -= weight;
      if (rest < 0) return key;
    }
    throw new Error('There is nothing to choose from.');
  }
}

/** The seed of an episode: the same for each run of its number. */
export function seedOf(seed: number, episode: number): number {
  return (Math.imul(seed, 0x9e3779b1) ^ Math.imul(episode + 1, 0x85ebca6b)) >>> 0;
}
