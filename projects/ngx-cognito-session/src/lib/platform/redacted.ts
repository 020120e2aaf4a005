/** JWTs, and the refresh tokens of Cognito, which have five parts. */
const JWT = /eyJ[\w+/=-]*(?:\.[\w+/=-]*)*/g;
/** A run of characters that is too long for a word of any language. */
const LONG = /[\w+=-]{40,}(?:\.[\w+/=-]+)*/g;
/** The value after the scheme of an `Authorization` header, or of a field named like a token, however short. */
const NAMED = /(\b(?:bearer|basic)\s+|(?:token|authorization)["']?\s*[:=]\s*["']?)[\w.~+/=-]{8,}/gi;
/** `tokenUse` and `token_type` describe a token and are not secret. */
const SECRET_NAME = /authorization|cookie|jwt|password|secret|token(?!_?(?:use|type))/i;
const MARK = '[redacted]';
const MAX_DEPTH = 4;
const MAX_ENTRIES = 20;

/** A text without anything that looks like a token. */
export function redactedText(text: string): string {
  // The match is checked afterwards: a pattern that fails at the end of a long text takes quadratic time.
  const withoutJwts = text.replace(JWT, (found) => (found.split('.').length > 2 ? MARK : found));
  return withoutJwts.replace(LONG, MARK).replace(NAMED, `$1${MARK}`);
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
