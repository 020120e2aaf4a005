import type { ActiveSession } from '../core/active-session';
import { SessionError } from '../errors/session-error';

/** The ID token of a session. Throws `noIdToken`. Pure. */
export function idTokenOf({ tokens }: ActiveSession): string {
  if (tokens.idToken === undefined) throw new SessionError('noIdToken', 'The session has no ID token.');
  return tokens.idToken;
}
