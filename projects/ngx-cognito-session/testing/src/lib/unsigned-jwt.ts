import { toBase64Url } from './base64url';

/** A JWT with these claims and a signature that no key has made. Pure. */
export function unsignedJwt(claims: Readonly<Record<string, unknown>>): string {
  const [header, payload] = [{ alg: 'RS256', kid: 'test' }, claims].map((part) => JSON.stringify(part));
  return [header ?? '', payload ?? '', 'not a signature'].map(toBase64Url).join('.');
}
