import type { StoredClaims } from '../../src/lib/core/sign-in-step';
import type { RecordReading, StoredSession } from '../../src/lib/core/session-record';
import type { ProtocolRules } from './protocol-rules';

/** The sessions that a user may begin besides the first one: `B` of another user, `C` of the same. */
export type NewSid = 'B' | 'C';

/** The step of a sign-in. */
export function signInOf(
  { signIn }: ProtocolRules,
  reading: RecordReading,
  session: StoredSession,
  isWanted: boolean,
) {
  const { user = '', issuedAt } = claimsOf(session.tokens);
  return signIn(reading, { ...session, user, issuedAt }, claimsOf, isWanted);
}

/** Tokens of the second sign-in of a user are newer than all those of the first one. */
function claimsOf({ accessToken }: StoredSession['tokens']): StoredClaims {
  const sid = accessToken.charAt(0);
  return { user: sid === 'B' ? 'user-2' : 'user-1', issuedAt: sid === 'A' ? 1 : 2 };
}
