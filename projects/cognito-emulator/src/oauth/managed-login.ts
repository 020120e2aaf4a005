import { AuthorizationCodes } from './authorization-codes';
import { ManagedLoginSessions } from './managed-login-sessions';

/** What the managed login pages remember. */
export interface ManagedLogin {
  readonly codes: AuthorizationCodes;
  readonly sessions: ManagedLoginSessions;
}

export function newManagedLogin(): ManagedLogin {
  return { codes: new AuthorizationCodes(), sessions: new ManagedLoginSessions() };
}
