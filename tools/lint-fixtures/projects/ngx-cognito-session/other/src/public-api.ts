// expect-eslint: no-restricted-syntax
export * from './names';
