// expect-eslint: local/no-ambient-time
export const later = (run: () => void): unknown => setTimeout(run, 1);
