/** The TypeScript examples on a page that are unit tests as they stand. */
export function recipesIn(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```/gm)]
    .map(([, code = '']) => code)
    .filter((code) => /^ *it\(/m.test(code));
}
