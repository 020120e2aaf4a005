import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';
import { base64, randomBytes } from '../crypto/bytes';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** The 32-byte base64 `kid` and the members that the real JWKS has. */
export async function newSigningKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const kid = base64(randomBytes(32));
  const { kty, n, e } = await exportJWK(publicKey);
  if (kty === undefined || n === undefined || e === undefined) throw new Error('An RSA key has kty, n and e');
  return { kid, privateKey, publicJwk: { alg: 'RS256', e, kid, kty, n, use: 'sig' } };
}

/** Making an RSA key takes a good part of a second: all emulators of a process use the same row of keys. */
const shared: Promise<SigningKey>[] = [];

export function sharedSigningKey(index: number): Promise<SigningKey> {
  return (shared[index] ??= newSigningKey());
}
