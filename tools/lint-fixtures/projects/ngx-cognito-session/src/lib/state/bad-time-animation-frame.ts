// expect-eslint: local/no-ambient-time
export const soon = (run: () => void): number => requestAnimationFrame(run);
