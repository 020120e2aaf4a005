import { hideTokens, MARK } from '../errors/hide-tokens';

/** The value of a field that is named like a token, in quotes or behind `=`, however short. */
const FIELD = /((?:token|authorization)(?:["']?\s*[:=]\s*["']|=))[\w.~+/-]{8,}=*/gi;
/** The value after the scheme of an `Authorization` header, or after the name of a token. It can be a word of a sentence. */
const NAMED = /(\b(?:bearer|basic)\s+|(?:token|authorization):\s*)([\w.~+/-]{7,}[\w~+/-]=*)/gi;
/** `tokenUse` and `token_type` describe a token and are not secret. */
const SECRET_NAME = /authorization|cookie|jwt|password|secret|token(?!_?(?:use|type))/i;
const MAX_DEPTH = 4;
const MAX_ENTRIES = 20;

/** A text without anything that looks like a token. */
export function redactedText(text: string): string {
  return hideTokens(text)
    .replace(FIELD, `$1${MARK}`)
    .replace(NAMED, (found, name: string, value: string) => (/[\d=~+]/.test(value) ? name + MARK : found));
}

/**
 * A copy that can be logged: no tokens; of an error only code, name and message; of deep and long values only the
 * beginning. Never throws.
 */
export function redacted(value: unknown, depth = MAX_DEPTH, isSecret = false): unknown {
  if (typeof value === 'string') return isSecret && value !== '' ? MARK : redactedText(value);
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '[…]';
  try {
    return redactedObject(value, depth, isSecret);
  } catch {
    // A getter or a proxy of the app's.
    return '[unreadable]';
  }
}

function redactedObject(value: object, depth: number, isSecret: boolean): object {
  if (value instanceof Date) return new Date(value);
  // Stack and properties of an error may contain parts of the request.
  const names = value instanceof Error ? ['name', 'message', 'code'] : Object.keys(value);
  const entries = names
    .filter((name) => name in value)
    .slice(0, MAX_ENTRIES)
    .map((name) => {
      const isSecretToo = isSecret || SECRET_NAME.test(name);
      return [redactedText(name), redacted(Reflect.get(value, name), depth - 1, isSecretToo)] as const;
    });
  return Array.isArray(value) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}
