// expect-eslint: local/no-ambient-time
export const deadline = (): AbortSignal => AbortSignal.timeout(1);
