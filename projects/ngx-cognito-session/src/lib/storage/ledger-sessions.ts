import type { SessionLedger } from '../core/session-ledger';
import { storedIn, withRefreshToken } from './ledger-tokens';
import type { StoredSession } from './stored-session';

/** Sessions that a record held, for whoever has to revoke their tokens. Pure. */

/** A stored session with the spare answer that lay beside it. */
export function foundOf(
  session: StoredSession | null,
  ledger: SessionLedger | null,
): readonly StoredSession[] {
  const spare = ledger === null ? null : spareIn(ledger);
  return [session, spare].filter((found) => found !== null);
}

/** The refresh token may have stayed in the record while the rest lay elsewhere. */
export function completed(session: StoredSession, ledger: SessionLedger | null): StoredSession {
  return ledger?.sid === session.sid ? withRefreshToken(session, ledger.refreshToken) : session;
}

/** What is left of a record: its own session if it held the tokens, the spare one, and values that lay beside it. */
export function leftOf(
  ledger: SessionLedger | null,
  values: readonly StoredSession[],
): readonly StoredSession[] {
  const inRecord = ledger === null ? null : storedIn(ledger);
  return [...foundOf(inRecord, ledger), ...values].map((session) => completed(session, ledger));
}

function spareIn({ sid, gen, spare }: SessionLedger): StoredSession | null {
  return sid === null || spare === undefined ? null : { sid, gen, tokens: spare };
}
