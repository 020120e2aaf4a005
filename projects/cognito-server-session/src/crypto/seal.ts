import type { SessionKey } from '../model/session-row';
import { fromBase64Url, toBase64Url } from './base64url';
import type { SessionSecret } from './session-secret';

const IV_BYTES = 12;

/** Seals and opens texts of one session. */
export interface Seal {
  seal(text: string): Promise<string>;
  /** `null` for anything that was not sealed with this key for this session. */
  open(sealed: unknown): Promise<string | null>;
}

/** The seal of a session, with a key from the cookie's secret: the store alone cannot open it. */
export async function sessionSeal(session: SessionSecret): Promise<Seal> {
  const material = await crypto.subtle.importKey('raw', session.secret, 'HKDF', false, ['deriveKey']);
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytesOf('cognito-server-session tokens') },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
  return sealWith([key], session);
}

/** The keys of the option `masterKey`: the first one seals, each of them opens. */
export async function importMasterKeys(keys: readonly string[]): Promise<readonly CryptoKey[]> {
  return Promise.all(
    keys.map((key) =>
      crypto.subtle.importKey('raw', fromBase64Url(key) ?? new Uint8Array(), 'AES-GCM', false, [
        'encrypt',
        'decrypt',
      ]),
    ),
  );
}

/** A seal with the given keys. A text sealed for one session does not open for another one. */
export function sealWith(keys: readonly CryptoKey[], { sub, sidHash }: SessionKey): Seal {
  const additionalData = bytesOf(`${sub} ${sidHash}`);
  return {
    seal: async (text) => {
      const [key] = keys;
      if (key === undefined) throw new Error('There is no key to seal with.');
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const parameters = { name: 'AES-GCM', iv, additionalData };
      const sealed = await crypto.subtle.encrypt(parameters, key, bytesOf(text));
      return `${toBase64Url(iv)}.${toBase64Url(new Uint8Array(sealed))}`;
    },
    open: async (sealed) => {
      if (typeof sealed !== 'string') return null;
      const [iv, content] = sealed.split('.').map((part) => fromBase64Url(part));
      if (!iv || !content) return null;
      for (const key of keys) {
        try {
          const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, content);
          return new TextDecoder().decode(opened);
        } catch {
          // Sealed with another key, or changed since.
        }
      }
      return null;
    },
  };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
