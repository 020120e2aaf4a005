/** AES-GCM with 256 bits, the only algorithm of sealed records. */
const ALGORITHM = { name: 'AES-GCM', length: 256 };
const USAGES: readonly KeyUsage[] = ['encrypt', 'decrypt'];
/** The size that AES-GCM is specified for. */
const IV_BYTES = 12;

/** A sealed text. */
export interface Sealed {
  /** Random for each text. Two texts sealed with the same key must never share one. */
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

/** Whether this page has WebCrypto. Pages outside a secure context do not. */
export function hasWebCrypto(): boolean {
  return typeof crypto !== 'undefined' && (crypto as Partial<Crypto>).subtle !== undefined;
}

/** A new random key. */
export function createKey(isExportable: boolean): Promise<CryptoKey> {
  return crypto.subtle.generateKey(ALGORITHM, isExportable, USAGES);
}

/** A key that was exported as a JSON Web Key. The imported key cannot be exported again. */
export function importKey(exported: JsonWebKey): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', exported, ALGORITHM, false, USAGES);
}

/** Encrypts a text. `context` is not stored with it, and must be the same when it is opened. */
export async function seal(key: CryptoKey, context: string, text: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  return { iv, bytes: await crypto.subtle.encrypt(options(iv, context), key, encoded(text)) };
}

/** Rejects if the key is wrong, or anything was changed. */
export async function unseal(key: CryptoKey, context: string, { iv, bytes }: Sealed): Promise<string> {
  return new TextDecoder().decode(await crypto.subtle.decrypt(options(iv, context), key, bytes));
}

function options(iv: Uint8Array<ArrayBuffer>, context: string): AesGcmParams {
  return { name: ALGORITHM.name, iv, additionalData: encoded(context) };
}

function encoded(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
