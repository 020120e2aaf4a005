import { readJwt, type JwtParts } from './jwt-parts';

/** A decoded JSON Web Token. Nothing in it has been verified. */
export interface UnverifiedJwt {
  /** The first part, decoded: `kid` names the key of the user pool that should have signed, `alg` how. */
  readonly header: Readonly<Record<string, unknown>>;
  /** The second part, decoded: the claims, which may be of any type. Times are Unix seconds. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The third part as it was, base64url. */
  readonly signature: string;
  /** `iat`, if it is a time. */
  readonly issuedAt: Date | null;
  /** `exp`, if it is a time. */
  readonly expiresAt: Date | null;
  /** The raw token. */
  toString(): string;
}

/**
 * Decodes a JWT without checking its signature: for reading claims, never for trusting them.
 * Throws a `SessionError` with code `invalidToken`.
 *
 * ```ts
 * const { payload, expiresAt } = decodeUnverifiedJwt(idToken);
 * ```
 *
 * @see https://www.rfc-editor.org/rfc/rfc7519
 */
export function decodeUnverifiedJwt(token: string): UnverifiedJwt {
  return new DecodedJwt(token, readJwt(token));
}

class DecodedJwt implements UnverifiedJwt {
  // Private by language, so that no serialiser and no logger finds it.
  readonly #token: string;
  readonly header: JwtParts['header'];
  readonly payload: JwtParts['payload'];
  readonly signature: string;
  readonly issuedAt: Date | null;
  readonly expiresAt: Date | null;

  constructor(token: string, { header, payload, signature }: JwtParts) {
    this.#token = token;
    this.header = header;
    this.payload = payload;
    this.signature = signature;
    this.issuedAt = toDate(payload['iat']);
    this.expiresAt = toDate(payload['exp']);
  }

  toString(): string {
    return this.#token;
  }
}

function toDate(seconds: unknown): Date | null {
  if (typeof seconds !== 'number') return null;
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : date;
}
