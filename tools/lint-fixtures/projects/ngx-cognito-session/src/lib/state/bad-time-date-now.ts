// expect-eslint: local/no-ambient-time
export const now = (): number => Date.now();
