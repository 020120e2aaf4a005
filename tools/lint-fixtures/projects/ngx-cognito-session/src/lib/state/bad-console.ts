// expect-eslint: no-console
export const say = (text: string): void => console.warn(text);
