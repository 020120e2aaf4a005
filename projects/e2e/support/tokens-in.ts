/** Whatever in a text is a token that was issued, or a part of one by which it could be told. */
export function tokensIn(text: string, issued: readonly string[]): readonly string[] {
  const parts = issued.flatMap((token) => [token, ...token.split('.').slice(1)]);
  return [...parts.filter((part) => text.includes(part)), ...(text.match(/eyJ[\w-]+\.[\w-]+/g) ?? [])];
}
