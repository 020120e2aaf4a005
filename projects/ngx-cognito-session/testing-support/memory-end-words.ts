import type { EndWords } from '../src/lib/storage/end-words';

/** The word of ended sessions in one browser: that of another one has the same session ids if chance is seeded. */
export function memoryEndWords(): EndWords {
  const left = new Set<string>();
  return {
    isLeft: (key) => left.has(key),
    leave: (key) => {
      left.add(key);
    },
    forget: (key) => {
      left.delete(key);
    },
  };
}
