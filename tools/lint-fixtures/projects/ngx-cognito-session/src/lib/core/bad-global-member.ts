// expect-eslint: no-restricted-globals
export const page = (): string => globalThis.location.href;
