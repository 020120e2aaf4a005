// expect-eslint: @typescript-eslint/no-explicit-any @typescript-eslint/no-non-null-assertion
export const first = (values: readonly any[]): unknown => values[0]!;
