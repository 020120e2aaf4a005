import { hideTokens } from './hide-tokens';

/** A copy of a foreign error that is safe to log. */
export interface SanitizedCause {
  /** The error's own `name`, such as `TypeError`; for a value that is not an `Error` its type, such as `string`. */
  readonly name: string;
  /**
   * The error's message without anything that looks like a token. Empty for a value that is not an `Error`, and for a
   * `SyntaxError`: parsers quote their input.
   */
  readonly message: string;
}

/** A copy that is safe to log: no properties besides name and message, nothing token-like in the message. */
export function sanitizeCause(cause: unknown): SanitizedCause {
  if (!(cause instanceof Error)) return { name: typeof cause, message: '' };
  // A JSON parser quotes the text it failed on, and that text may be a token answer.
  const message = cause instanceof SyntaxError ? '' : hideTokens(cause.message);
  return { name: cause.name, message };
}
