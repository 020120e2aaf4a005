import type { ɵRandomSource as RandomSource } from 'ngx-cognito-session';

/** Random values that are the same in every run: no time is changed by them, and ids are counted. */
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
