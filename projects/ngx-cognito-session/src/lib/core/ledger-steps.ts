import type { LedgerEndReason, LedgerReading, OpenAttempt, SessionLedger } from './session-ledger';
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

const NOTHING: { readonly ledger: null; readonly unfinished?: SessionLedger } = { ledger: null };

/** What is known of a sign-in when the record comes to it. */
export interface BeginCondition {
  /** No other command of the page has overtaken it. */
  readonly isWanted: boolean;
  /** When its tokens were issued; epoch ms, server time: the device's clock may have been set in between. */
  readonly at?: number;
  /** The database refused it before: a later one, of another tab, has come first. */
  readonly isRetry?: boolean;
  /** The session it replaces: whatever the clock says, that one came before. */
  readonly replaces?: string | null;
}

export type BeginResult =
  | 'begun'
  /** Stored already, though nobody said so in time; others may have renewed it since. */
  | 'known'
  | 'future'
  /** Signed out already, overtaken by another sign-in, or wanted by nobody any more, while it was on its way. */
  | 'ended';

/** Sign-in: a new session, everything else empty. Pure. */
export function beginStep(
  reading: LedgerReading,
  session: LedgerSession,
  { isWanted, at, isRetry = false, replaces = null }: BeginCondition = { isWanted: true },
): LedgerStep<BeginResult> & { readonly replaced: SessionLedger | null } {
  if (reading.type === 'future') return { next: null, result: 'future', replaced: null };
  const { ledger: before, unfinished } = reading.type === 'ledger' ? reading : NOTHING;
  const isOthers = before !== null && ![null, session.sid, replaces].includes(before.sid);
  const isOvertaken = isRetry && isOthers && (before.begun ?? 0) > (at ?? 0);
  if (!isWanted || isOvertaken || before?.ended === session.sid)
    return { next: null, result: 'ended', replaced: null };
  if (before?.sid === session.sid && before.gen >= session.gen)
    return { next: null, result: 'known', replaced: null };
  return {
    next: {
      v: 1,
      sid: session.sid,
      gen: session.gen,
      tokens: session.tokens,
      open: [],
      ...(at !== undefined && { begun: at }),
    },
    result: 'begun',
    replaced: before?.sid === session.sid ? null : (unfinished ?? before),
  };
}

export type CommitResult =
  | { readonly type: 'committed' }
  /** `dropped`: a spare answer that made room for this one. */
  | { readonly type: 'superseded'; readonly dropped: AuthTokens | null }
  | { readonly type: 'gone' };

/** An answer of Cognito, or the app's own newer tokens. */
export interface Answer {
  /** The attempt that brought it; `null`: the app handed the tokens over. */
  readonly attempt: string | null;
  /** Whether it carried a refresh token of its own. */
  readonly rotated: boolean;
}

/** Tokens that the app handed over. */
export const HANDED_OVER: Answer = { attempt: null, rotated: false };

/**
 * A good answer: stored if the session is still the same and nobody was faster. First commit wins; what comes second is
 * kept as `spare` if it brought a refresh token that may be the only one alive. Pure.
 */
export function commitStep(
  reading: LedgerReading,
  session: LedgerSession,
  { attempt, rotated }: Answer = HANDED_OVER,
): LedgerStep<CommitResult> {
  if (reading.type !== 'ledger' || reading.ledger.sid !== session.sid)
    return { next: null, result: { type: 'gone' } };
  const { ledger } = reading;
  const { spent: _spent, fail: _fail, refreshToken: _kept, tokensId: _replaced, ...rest } = ledger;
  const open = withoutAttempt(ledger.open, attempt);
  if (ledger.gen < session.gen)
    return {
      next: { ...rest, gen: session.gen, tokens: session.tokens, open },
      result: { type: 'committed' },
    };
  // Stored already, though nobody said so in time.
  if (ledger.gen === session.gen && ledger.tokens?.accessToken === session.tokens.accessToken)
    return { next: null, result: { type: 'committed' } };
  // The same successor once more says nothing new: as a spare it would only be refused like the stored one.
  const isStored = (ledger.tokens?.refreshToken ?? ledger.refreshToken) === session.tokens.refreshToken;
  if (!rotated || isStored)
    return { next: { ...ledger, open }, result: { type: 'superseded', dropped: null } };
  return {
    next: { ...ledger, open, spare: session.tokens },
    result: { type: 'superseded', dropped: ledger.spare ?? null },
  };
}

/** The tokens have been written elsewhere: they leave the record, if it is still about them. Pure. */
export function settleStep(
  reading: LedgerReading,
  { sid, gen, tokens }: LedgerSession,
  keepRefreshToken: boolean,
): LedgerStep<'settled' | 'movedOn' | 'gone'> {
  if (reading.type !== 'ledger' || reading.ledger.sid !== sid) return { next: null, result: 'gone' };
  const { tokens: inRecord, ...rest } = reading.ledger;
  // A spare answer may have taken their place within the same generation.
  if (rest.gen !== gen || (inRecord !== undefined && inRecord.accessToken !== tokens.accessToken))
    return { next: null, result: 'movedOn' };
  const kept =
    keepRefreshToken && tokens.refreshToken !== undefined ? { refreshToken: tokens.refreshToken } : {};
  return { next: { ...rest, ...kept }, result: 'settled' };
}

/** The end of these sessions: a tombstone, only if the record is about one of them. Gives what was there. Pure. */
export function endStep(
  reading: LedgerReading,
  sids: readonly string[],
  reason?: LedgerEndReason,
): LedgerStep<SessionLedger | null> {
  if (reading.type !== 'ledger' || reading.ledger.sid === null || !sids.includes(reading.ledger.sid))
    return { next: null, result: null };
  return { next: tombstoneOf(reading.ledger, reason), result: reading.ledger };
}

/** No record, but exactly one value: somebody deleted the database. Rebuilt only if still absent. Pure. */
export function rebuildStep(
  reading: LedgerReading,
  { sid, gen, tokens }: LedgerSession,
  isInRecord = false,
): LedgerStep<boolean> {
  if (reading.type !== 'none') return { next: null, result: false };
  return { next: { v: 1, sid, gen, open: [], ...(isInRecord && { tokens }) }, result: true };
}

/** Everything of the session is gone but the fact that it ended and, unless somebody signed out, why. Pure. */
export function tombstoneOf({ sid, gen }: SessionLedger, reason?: LedgerEndReason): SessionLedger {
  return {
    v: 1,
    sid: null,
    gen,
    open: [],
    ...(sid !== null && { ended: sid }),
    ...(reason !== undefined && { spent: { reason } }),
  };
}

export function withoutAttempt(open: readonly OpenAttempt[], id: string | null): readonly OpenAttempt[] {
  return open.filter((attempt) => attempt.id !== id);
}
