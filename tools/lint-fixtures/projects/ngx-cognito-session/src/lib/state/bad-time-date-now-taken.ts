// expect-eslint: local/no-ambient-time
const { now } = Date;

export const read = (): number => now();
