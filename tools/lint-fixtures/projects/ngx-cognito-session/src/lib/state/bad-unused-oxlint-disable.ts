// expect-oxlint: unused-disable-directive
// oxlint-disable-next-line typescript/no-deprecated
export const fine = 1;
