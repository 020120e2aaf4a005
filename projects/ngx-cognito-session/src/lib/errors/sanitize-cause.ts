/** What is kept of a foreign error. */
export interface SanitizedCause {
  readonly name: string;
  readonly message: string;
}

/** Runs of this many token characters are not prose: JWTs, refresh tokens, hashes. */
const TOKEN_LIKE = /[\w\-+/=]{24,}(?:\.[\w\-+/=]*)*/g;

/** A copy that is safe to log: no properties besides name and message, nothing token-like in the message. */
export function sanitizeCause(cause: unknown): SanitizedCause {
  if (!(cause instanceof Error)) return { name: typeof cause, message: '' };
  // A JSON parser quotes the text it failed on, and that text may be a token answer.
  const message = cause instanceof SyntaxError ? '' : cause.message.replace(TOKEN_LIKE, '[redacted]');
  return { name: cause.name, message };
}
