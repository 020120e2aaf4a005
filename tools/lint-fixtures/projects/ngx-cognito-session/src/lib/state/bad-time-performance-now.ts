// expect-eslint: local/no-ambient-time
export const monotonic = (): number => performance.now();
