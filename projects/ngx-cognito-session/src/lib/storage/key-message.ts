/**
 * What tabs send each other about the key of a session. `wanted`: a tab asks for it. `key`: here it is. `held`: the sender
 * has sent it.
 */
export interface KeyMessage {
  readonly type: 'wanted' | 'key' | 'held';
  readonly sid: string;
  /** Whatever was sent as a key. */
  readonly key?: CryptoKey;
}

const VERSION = 1;

/** A message as it is posted. Pure. */
export function keyMessage(type: KeyMessage['type'], sid: string, key?: CryptoKey): object {
  return { v: VERSION, type, sid, ...(key !== undefined && { key }) };
}

/** `null`: not a message of this version. Pure. */
export function readKeyMessage(message: unknown): KeyMessage | null {
  if (typeof message !== 'object' || message === null) return null;
  const { v, type, sid, key } = message as Partial<Record<keyof KeyMessage | 'v', unknown>>;
  if (v !== VERSION || typeof sid !== 'string') return null;
  if (type === 'wanted' || type === 'held') return { type, sid };
  return type === 'key' && typeof key === 'object' && key !== null
    ? { type, sid, key: key as CryptoKey }
    : null;
}
