import { SessionError } from '../errors/session-error';

declare const ngDevMode: unknown;

type Json = Readonly<Record<string, unknown>>;

/** A JWT taken apart; the signature as it was. */
export interface JwtParts {
  readonly header: Json;
  readonly payload: Json;
  readonly signature: string;
}

/** Reads a JWT without checking its signature. Throws `invalidToken`. Pure. */
export function readJwt(token: string): JwtParts {
  // `atob` forgives white space and padding; in a header a line break would do harm.
  const isJwt = typeof token === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
  const [first = '', second = '', signature = ''] = isJwt ? token.split('.') : [];
  const [header, payload] = [objectIn(first), objectIn(second)];
  if (header === null || payload === null) throw new SessionError('invalidToken', whatIsWrong(token));
  return { header, payload, signature };
}

/** `null`: it is no base64url of a JSON object. */
function objectIn(part: string): Json | null {
  try {
    const bytes = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    const text = Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
    // Claims so deep that they cannot be written again could be neither shown nor logged.
    JSON.stringify(value);
    return typeof value === 'object' && !Array.isArray(value) ? (value as Json | null) : null;
  } catch {
    return null;
  }
}

/** Production says no more than that. */
function whatIsWrong(token: unknown): string {
  if (typeof ngDevMode === 'undefined' || ngDevMode) {
    if (typeof token !== 'string') return 'A JWT is a string.';
    if (!/^[^.]+\.[^.]+\.[^.]+$/.test(token)) return 'A JWT has three parts.';
    if (!/^[\w.-]+$/.test(token)) return 'A part of the JWT is not base64url.';
    return 'A part of the JWT is not a base64url-encoded JSON object.';
  }
  return 'This is not a JWT.';
}
