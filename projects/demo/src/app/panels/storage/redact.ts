/** Longer texts may be tokens or keys. */
const LONGEST_SHOWN = 40;
const [HEAD, TAIL] = [3, 4];

/** What is stored, as JSON that opens nothing: long texts are shortened, bytes and keys are named. Pure. */
export function redact(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value, redactMember, 2);
}

/** The same for an item of text, which is often JSON itself. Pure. */
export function redactText(text: string): string {
  try {
    return redact(JSON.parse(text));
  } catch {
    return shortened(text);
  }
}

function redactMember(this: unknown, _name: string, value: unknown): unknown {
  if (typeof value === 'string') return shortened(value);
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
    return `${value.byteLength} bytes, encrypted`;
  if (typeof CryptoKey !== 'undefined' && value instanceof CryptoKey) return 'a key that cannot be exported';
  return value;
}

function shortened(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text;
  return `${text.slice(0, HEAD)}…${text.slice(-TAIL)} (${text.length} characters)`;
}
