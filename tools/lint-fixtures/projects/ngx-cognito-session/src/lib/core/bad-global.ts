// expect-eslint: no-restricted-globals
export const read = (): string | null => localStorage.getItem('key');
