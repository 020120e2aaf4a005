/** A JWT with these claims and a signature that no key has made. Pure. */
export function unsignedJwt(claims: Readonly<Record<string, unknown>>): string {
  return [{ alg: 'RS256', kid: 'test' }, claims, 'not a signature'].map(encode).join('.');
}

/** base64url of UTF-8: names have umlauts. */
function encode(part: unknown): string {
  const bytes = new TextEncoder().encode(typeof part === 'string' ? part : JSON.stringify(part));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
