/** Whether this is the long run of `npm run test:full`. */
export const IS_LONG_RUN = process.env['LONG_TESTS'] !== undefined;

/**
 * How many random cases fast-check draws. The everyday gate draws few, and always the same: when it turns red, the change
 * is to blame. The long run draws many new ones; fast-check prints the seed of a failure.
 */
export function draws(everyday: number, long: number): { readonly numRuns: number; readonly seed?: number } {
  return IS_LONG_RUN ? { numRuns: long } : { numRuns: everyday, seed: 20_261_121 };
}
