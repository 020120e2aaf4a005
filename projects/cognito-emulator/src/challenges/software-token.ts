import { fromBase32, toBase32 } from '../crypto/base32';
import { randomBytes, type Bytes } from '../crypto/bytes';

/** The authenticator app of a user. */
export interface SoftwareToken {
  readonly secret: Bytes;
  /** Whether sign-ins ask for a code. */
  isEnabled: boolean;
  isPreferred: boolean;
  /** The steps of time whose codes were used: a code serves once. */
  readonly usedSteps: Set<number>;
}

const SECRET_BYTES = 32;

export function newSoftwareToken(): SoftwareToken {
  return { secret: randomBytes(SECRET_BYTES), isEnabled: false, isPreferred: false, usedSteps: new Set() };
}

/** One that is in use, from the secret that an authenticator app takes. */
export function seedSoftwareToken(secretCode: string): SoftwareToken {
  return { secret: fromBase32(secretCode), isEnabled: true, isPreferred: true, usedSteps: new Set() };
}

export function secretCodeOf({ secret }: SoftwareToken): string {
  return toBase32(secret);
}
