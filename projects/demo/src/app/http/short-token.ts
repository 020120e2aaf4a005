/** The first and the last characters of the token in an `Authorization` header: enough to tell two apart, useless to a reader. Pure. */
export function shortToken(header: string | null): string | null {
  if (header === null) return null;
  const token = header.replace(/^Bearer /, '');
  return `${token.slice(0, 3)}…${token.slice(-6)}`;
}
