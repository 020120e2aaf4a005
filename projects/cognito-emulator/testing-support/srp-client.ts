import { concat, base64, bigIntOf, fromBase64, hex, utf8 } from '../src/crypto/bytes';
import { hkdfSha256, hmacSha256, sha256 } from '../src/crypto/digest';
import { GENERATOR, modPow, PRIME, signedBytes } from '../src/challenges/srp-group';

export interface SrpParameters {
  readonly SALT: string;
  readonly SECRET_BLOCK: string;
  readonly SRP_B: string;
  readonly USER_ID_FOR_SRP: string;
}

/** The client's side of the exchange, for tests of the service's side. The public clients have a suite of their own. */
export class SrpClient {
  private readonly secret = bigIntOf(crypto.getRandomValues(new Uint8Array(32)));
  private readonly publicValue = modPow(GENERATOR, this.secret, PRIME);

  constructor(private readonly poolName: string) {}

  get SRP_A(): string {
    return this.publicValue.toString(16);
  }

  /** The answer to `PASSWORD_VERIFIER`. */
  async respond(parameters: SrpParameters, password: string, TIMESTAMP = 'Mon Nov 30 11:00:00 UTC 2026') {
    const { SECRET_BLOCK, USER_ID_FOR_SRP: userId } = parameters;
    const serverPublic = BigInt(`0x${parameters.SRP_B}`);
    const scrambler = bigIntOf(
      await sha256(concat(signedBytes(this.publicValue), signedBytes(serverPublic))),
    );
    const identity = await sha256(utf8(`${this.poolName}${userId}:${password}`));
    const x = bigIntOf(await sha256(concat(signedBytes(BigInt(`0x${parameters.SALT}`)), identity)));
    const k = bigIntOf(await sha256(concat(signedBytes(PRIME), signedBytes(GENERATOR))));
    const base = (serverPublic - ((k * modPow(GENERATOR, x, PRIME)) % PRIME) + PRIME) % PRIME;
    const shared = modPow(base, this.secret + scrambler * x, PRIME);
    const key = await hkdfSha256(
      signedBytes(shared),
      signedBytes(scrambler),
      utf8('Caldera Derived Key'),
      16,
    );
    const message = concat(utf8(this.poolName + userId), fromBase64(SECRET_BLOCK), utf8(TIMESTAMP));
    return {
      USERNAME: userId,
      PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
      PASSWORD_CLAIM_SIGNATURE: base64(await hmacSha256(key, message)),
      TIMESTAMP,
    };
  }
}

/** A public value that gives the key away without the password. */
export const ILLEGAL_SRP_A = hex(signedBytes(PRIME * 2n));
