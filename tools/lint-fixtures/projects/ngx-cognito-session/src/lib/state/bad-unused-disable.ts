// expect-eslint: unused-disable-directive
// eslint-disable-next-line no-console
export const fine = 1;
