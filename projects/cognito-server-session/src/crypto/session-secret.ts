import type { SessionKey } from '../model/session-row';
import { fromBase64Url, textFromBase64Url, textToBase64Url, toBase64Url } from './base64url';

const SECRET_BYTES = 32;
/** Cognito's are UUIDs. A store refuses a key of any length, which would look like a failure of the store. */
const MAX_SUB_LENGTH = 128;

/** The value of a session cookie, taken apart: it names the user's row and opens it. */
export interface SessionSecret extends SessionKey {
  /** 256 random bits. The store holds only their hash. */
  readonly secret: Uint8Array<ArrayBuffer>;
}

/** A secret for a new session of the user. */
export function newSessionSecret(sub: string): Promise<SessionSecret> {
  return secretOf(sub, crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/** The value of the cookie. */
export function toCookieValue({ sub, secret }: SessionSecret): string {
  return `${textToBase64Url(sub)}.${toBase64Url(secret)}`;
}

/** The secret in a cookie value; `null` for a value that this package did not write. */
export async function fromCookieValue(value: string): Promise<SessionSecret | null> {
  const [first = '', second = '', ...more] = value.split('.');
  const [sub, secret] = [textFromBase64Url(first), fromBase64Url(second)];
  if (more.length > 0 || sub === null || sub === '' || sub.length > MAX_SUB_LENGTH) return null;
  return secret?.length === SECRET_BYTES ? secretOf(sub, secret) : null;
}

/** Whether a text may be the hash of a secret. */
export function isSecretHash(text: string): boolean {
  return fromBase64Url(text)?.length === SECRET_BYTES;
}

async function secretOf(sub: string, secret: Uint8Array<ArrayBuffer>): Promise<SessionSecret> {
  const hash = await crypto.subtle.digest('SHA-256', secret);
  return { sub, secret, sidHash: toBase64Url(new Uint8Array(hash)) };
}

/** An unguessable text of 256 bits. */
export function randomText(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}
