// expect-eslint: local/no-ambient-time
export const now = (): string => Date();
