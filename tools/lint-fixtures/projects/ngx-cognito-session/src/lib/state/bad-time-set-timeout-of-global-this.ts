// expect-eslint: local/no-ambient-time
export const later = (run: () => void): unknown => globalThis.setTimeout(run, 1);
