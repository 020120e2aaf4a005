import { InjectionToken } from '@angular/core';

/** Chance, behind a port so that tests are repeatable. */
export interface RandomSource {
  /** 0 ≤ value < 1; spreads load, nothing secret depends on it. */
  number(): number;
  /** 128 bits, hexadecimal. */
  id(): string;
}

/** The source of random numbers and ids; by default the browser's. */
export const RANDOM_SOURCE = new InjectionToken<RandomSource>('RANDOM_SOURCE', {
  providedIn: 'root',
  factory: () => ({
    number: () => Math.random(),
    // Not randomUUID: insecure contexts, such as http on a local network, do not have it.
    id: () =>
      Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
        byte.toString(16).padStart(2, '0'),
      ).join(''),
  }),
});
