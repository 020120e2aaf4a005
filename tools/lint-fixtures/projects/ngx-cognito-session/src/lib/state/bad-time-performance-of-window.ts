// expect-eslint: local/no-ambient-time
export const monotonic = (view: Window): number => view.performance.now();
