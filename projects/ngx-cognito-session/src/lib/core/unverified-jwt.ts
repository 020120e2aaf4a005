import { SessionError } from '../errors/session-error';

/** A JSON Web Token taken apart. Nothing in it has been verified. */
export interface UnverifiedJwt {
  /** The first part, decoded: `kid` names the key of the user pool that should have signed, `alg` how. */
  readonly header: Readonly<Record<string, unknown>>;
  /** The second part, decoded: the claims, of whatever type they are. Times are Unix seconds. */
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
 * Takes a JWT apart without checking its signature: good for reading claims, never for trusting them.
 * Throws a `SessionError` with code `invalidToken`.
 *
 * ```ts
 * const { payload, expiresAt } = decodeUnverifiedJwt(idToken);
 * ```
 *
 * @see https://www.rfc-editor.org/rfc/rfc7519
 */
export function decodeUnverifiedJwt(token: string): UnverifiedJwt {
  if (typeof token !== 'string') throw new SessionError('invalidToken', 'A JWT is a text.');
  const parts = token.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || !header || !payload || !signature)
    throw new SessionError('invalidToken', 'A JWT has three parts.');
  // `atob` forgives white space and padding; in a header a line break would do harm.
  if (!parts.every((part) => /^[\w-]+$/.test(part)))
    throw new SessionError('invalidToken', 'A part of the JWT is not base64url.');
  return new DecodedJwt(token, decodePart(header), decodePart(payload), signature);
}

class DecodedJwt implements UnverifiedJwt {
  // Private by language, so that no serialiser and no logger finds it.
  readonly #token: string;
  readonly issuedAt: Date | null;
  readonly expiresAt: Date | null;

  constructor(
    token: string,
    readonly header: Readonly<Record<string, unknown>>,
    readonly payload: Readonly<Record<string, unknown>>,
    readonly signature: string,
  ) {
    this.#token = token;
    this.issuedAt = toDate(payload['iat']);
    this.expiresAt = toDate(payload['exp']);
  }

  toString(): string {
    return this.#token;
  }
}

function decodePart(part: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new SessionError('invalidToken', 'A part of the JWT is not base64url-encoded JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SessionError('invalidToken', 'A part of the JWT is not a JSON object.');
  return value as Record<string, unknown>;
}

function toDate(seconds: unknown): Date | null {
  if (typeof seconds !== 'number') return null;
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : date;
}
