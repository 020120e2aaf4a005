import { base64url } from 'jose';
import { randomBytes } from '../crypto/bytes';

const HEADER = base64url.encode('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}');

/** Bytes of encrypted key, initialisation vector, ciphertext and tag: together the 1.85 kB of a real token. */
const PART_BYTES = [256, 12, 1054, 16] as const;

/** An opaque value in the form of Cognito's encrypted refresh tokens: a five-part JWE that cannot be decrypted. */
export function newRefreshTokenValue(): string {
  return [HEADER, ...PART_BYTES.map((size) => base64url.encode(randomBytes(size)))].join('.');
}

/** Whether a string has the form of a refresh token: five parts, the first one the JWE header. */
export function looksLikeRefreshToken(value: string): boolean {
  return value.split('.').length === 5;
}
