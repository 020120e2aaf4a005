import { bigIntOf, concat, utf8, type Bytes } from '../crypto/bytes';
import { hkdfSha256, hmacSha256, sha256 } from '../crypto/digest';
import { GENERATOR, modPow, PRIME, signedBytes } from './srp-group';

/*
 * The server's side of SRP-6a as Cognito does it: SHA-256, the 3072-bit group, hashes over numbers as Java writes them, and a key by HKDF
 * that signs the name of the pool, the user, a secret block and a time. Pure.
 */

/** Who proves to know which password. */
export interface SrpUser {
  /** The id of the pool without its region. */
  readonly poolName: string;
  /** `USER_ID_FOR_SRP`. */
  readonly userId: string;
}

/** One exchange of public values. */
export interface SrpExchange {
  readonly verifier: bigint;
  /** `SRP_A`, of the client. */
  readonly clientPublic: bigint;
  readonly serverPrivate: bigint;
  /** `SRP_B`. */
  readonly serverPublic: bigint;
}

/** What the service knows instead of the password: g to the power of a hash of salt, user and password. */
export async function verifierOf(user: SrpUser, password: string, salt: bigint): Promise<bigint> {
  const identity = await sha256(utf8(`${user.poolName}${user.userId}:${password}`));
  const secret = bigIntOf(await sha256(concat(signedBytes(salt), identity)));
  return modPow(GENERATOR, secret, PRIME);
}

/** `SRP_B`: k times the verifier, plus g to the power of the server's secret. */
export async function serverPublicOf(verifier: bigint, serverPrivate: bigint): Promise<bigint> {
  const multiplier = bigIntOf(await sha256(concat(signedBytes(PRIME), signedBytes(GENERATOR))));
  return (multiplier * verifier + modPow(GENERATOR, serverPrivate, PRIME)) % PRIME;
}

/** The key that both sides know when the client knows the password. */
export async function sharedKeyOf(exchange: SrpExchange): Promise<Bytes> {
  const { verifier, clientPublic, serverPrivate, serverPublic } = exchange;
  const scrambler = bigIntOf(await sha256(concat(signedBytes(clientPublic), signedBytes(serverPublic))));
  const base = (clientPublic * modPow(verifier, scrambler, PRIME)) % PRIME;
  const secret = modPow(base, serverPrivate, PRIME);
  return hkdfSha256(signedBytes(secret), signedBytes(scrambler), utf8('Caldera Derived Key'), 16);
}

/** `PASSWORD_CLAIM_SIGNATURE`, before Base64. */
export function claimSignature(
  key: Bytes,
  { poolName, userId }: SrpUser,
  secretBlock: Bytes,
  timestamp: string,
): Promise<Bytes> {
  return hmacSha256(key, concat(utf8(poolName + userId), secretBlock, utf8(timestamp)));
}

/** A client that sends a multiple of the prime would know the key without the password. */
export function isLegalPublicValue(clientPublic: bigint): boolean {
  return clientPublic % PRIME !== 0n;
}
