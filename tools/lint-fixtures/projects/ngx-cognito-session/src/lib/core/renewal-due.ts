import type { SessionError } from '../errors/session-error';

export type Failure = SessionError | null;

/** Times are arguments: a Date made from a number is a value, not a reading. */
export function renewalDue(expiresAtMs: number): Date {
  return new Date(expiresAtMs);
}
