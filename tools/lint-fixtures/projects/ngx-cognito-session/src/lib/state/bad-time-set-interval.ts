// expect-eslint: local/no-ambient-time
export const often = (run: () => void): unknown => setInterval(run, 1);
