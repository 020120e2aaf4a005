import type { LedgerReading, SessionLedger } from './session-ledger';
import type { AuthTokens } from './token-set';

/** A session as it is stored. */
export interface LedgerSession {
  readonly sid: string;
  readonly gen: number;
  readonly tokens: AuthTokens;
}

/** What a step makes of the record; `null`: it stays as it is. */
export interface LedgerStep<T> {
  readonly next: SessionLedger | null;
  readonly result: T;
}

export type CommitResult = 'committed' | 'superseded' | 'gone';

/** Sign-in: a new session, everything else empty. Refused only by a record of a newer version. Pure. */
export function beginStep(
  reading: LedgerReading,
  session: LedgerSession,
): LedgerStep<'begun' | 'future'> & { readonly replaced: SessionLedger | null } {
  if (reading.type === 'future') return { next: null, result: 'future', replaced: null };
  const replaced = reading.type === 'ledger' && reading.ledger.sid !== session.sid ? reading.ledger : null;
  return { next: withTokens(session), result: 'begun', replaced };
}

/** A good answer: stored if the session is still the same and nobody was faster. First commit wins. Pure. */
export function commitStep(reading: LedgerReading, session: LedgerSession): LedgerStep<CommitResult> {
  if (reading.type !== 'ledger' || reading.ledger.sid !== session.sid) return { next: null, result: 'gone' };
  if (reading.ledger.gen >= session.gen) return { next: null, result: 'superseded' };
  return { next: withTokens(session), result: 'committed' };
}

/** The tokens have been written elsewhere: they leave the record, if it is still about them. Pure. */
export function settleStep(
  reading: LedgerReading,
  { sid, gen, tokens }: LedgerSession,
  keepRefreshToken: boolean,
): LedgerStep<'settled' | 'movedOn' | 'gone'> {
  if (reading.type !== 'ledger' || reading.ledger.sid !== sid) return { next: null, result: 'gone' };
  if (reading.ledger.gen !== gen) return { next: null, result: 'movedOn' };
  const { tokens: _written, ...rest } = reading.ledger;
  const kept =
    keepRefreshToken && tokens.refreshToken !== undefined ? { refreshToken: tokens.refreshToken } : {};
  return { next: { ...rest, ...kept }, result: 'settled' };
}

export type EndResult =
  | { readonly type: 'ended'; readonly ledger: SessionLedger | null }
  /** Somebody has committed a later generation than the one to end. */
  | { readonly type: 'newer' };

/** The end of a session: a tombstone, only if the record is still about it, and about no later `gen`. Pure. */
export function endStep(reading: LedgerReading, sid: string, gen = Infinity): LedgerStep<EndResult> {
  if (reading.type !== 'ledger' || reading.ledger.sid !== sid)
    return { next: null, result: { type: 'ended', ledger: null } };
  if (reading.ledger.gen > gen) return { next: null, result: { type: 'newer' } };
  return {
    next: { v: 1, sid: null, gen: reading.ledger.gen, open: [] },
    result: { type: 'ended', ledger: reading.ledger },
  };
}

/** No record, but exactly one value: somebody deleted the database. Rebuilt only if still absent. Pure. */
export function rebuildStep(reading: LedgerReading, { sid, gen }: LedgerSession): LedgerStep<boolean> {
  if (reading.type !== 'none') return { next: null, result: false };
  return { next: { v: 1, sid, gen, open: [] }, result: true };
}

function withTokens({ sid, gen, tokens }: LedgerSession): SessionLedger {
  return { v: 1, sid, gen, tokens, open: [] };
}
