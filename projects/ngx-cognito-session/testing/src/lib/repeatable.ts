import type { ɵRandomSource as RandomSource } from 'ngx-cognito-session';

/** Chance that is the same in every run: no moment is moved by it, and ids are counted. */
export function repeatable(): RandomSource {
  let count = 0;
  return {
    number: () => 0,
    id: () => {
      count += 1;
      return count.toString(16).padStart(32, '0');
    },
  };
}
