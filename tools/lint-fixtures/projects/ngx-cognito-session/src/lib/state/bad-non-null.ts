// expect-eslint: @typescript-eslint/no-non-null-assertion
export const first = (values: readonly string[]): string => values[0]!;
