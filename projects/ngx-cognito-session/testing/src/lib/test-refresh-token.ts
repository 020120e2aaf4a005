import { fromBase64Url, toBase64Url } from './base64url';
import type { TestClaims } from './test-claims';

const PREFIX = 'test-refresh-token.';

/** A refresh token that contains its user: a page that finds it in a storage has nothing else. Pure. */
export function refreshTokenFor(claims: TestClaims): string {
  return PREFIX + toBase64Url(JSON.stringify(claims));
}

/** `null` for a refresh token from elsewhere. Pure. */
export function claimsIn(refreshToken: string): TestClaims | null {
  return refreshToken.startsWith(PREFIX)
    ? (JSON.parse(fromBase64Url(refreshToken.slice(PREFIX.length))) as TestClaims)
    : null;
}
