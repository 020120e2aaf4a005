import type { SessionErrorCode } from '../errors/session-error-code';
import { nextBackoff, plausibleWaitMs, waitAfterMs, type RetryPolicy } from './renewal-failure';
import { droppedRefreshToken, keep, replacedSpare, withLate, withTokens, type Step } from './record-step';
import {
  liveRecord,
  tombstone,
  type Attempt,
  type Backoff,
  type EndReason,
  type LiveRecord,
  type RecordReading,
  type StoredSession,
} from './session-record';

/** What a page knows about attempts. */
export interface Liveness {
  /** Whether its owner may still commit a good answer. */
  readonly mayLive: (attempt: Attempt) => boolean;
  /** Whether this page has watched it long enough to take over. */
  readonly isOverdue: (attempt: Attempt) => boolean;
  /** Whether it is an attempt of this page that sent nothing, or has Cognito's answer, although the record still lists it. */
  readonly isSettled?: (attempt: Attempt) => boolean;
  /** A refresh that the record does not list, because one of the two pages is without its database. */
  readonly unlisted?: Attempt | null;
}

export type Claim =
  /** This page calls Cognito, with this refresh token. */
  | { readonly type: 'claimed'; readonly record: LiveRecord }
  /** Another attempt may be alive. */
  | { readonly type: 'wait'; readonly attempts: readonly Attempt[] }
  /** The same, and Cognito has rejected the stored refresh token. */
  | { readonly type: 'pending'; readonly attempts: readonly Attempt[] }
  | { readonly type: 'backoff'; readonly backoff: Backoff }
  | { readonly type: 'ended'; readonly reason: EndReason }
  /** The record holds another session, a newer generation, or none. */
  | { readonly type: 'changed'; readonly reading: RecordReading };

/** Steps 1 and 2 of the protocol: look, and claim the refresh of what this page holds. */
export function claimStep(
  reading: RecordReading,
  held: StoredSession,
  attempt: Attempt,
  liveness: Liveness,
  retry: RetryPolicy,
): Step<Claim> {
  const stored = liveRecord(reading, held.sid);
  if (stored === null || stored.gen > held.gen) return keep({ type: 'changed', reading });
  // A page that is ahead of the record, because its commit failed, first writes what it holds.
  const record = stored.gen < held.gen ? withTokens(stored, held) : withSpare(stored);
  const { attempts, backoff, refused, gen } = record;
  if (refused !== undefined) return endOrWait(record, refused, attempt.at, liveness);
  if (backoff !== undefined && remainingBackoffMs(backoff, retry, attempt.at) > 0)
    return keep({ type: 'backoff', backoff });
  const ofThisGen = attempts.filter((other) => other.gen === gen && liveness.isSettled?.(other) !== true);
  const newest = ofThisGen.at(-1);
  if (newest !== undefined && ofThisGen.some(liveness.mayLive) && !liveness.isOverdue(newest))
    return keep({ type: 'wait', attempts });
  const { unlisted = null } = liveness;
  if (unlisted !== null && !liveness.isOverdue(unlisted))
    return keep({ type: 'wait', attempts: [...attempts, unlisted] });
  const left = attempts.filter((other) => other === newest || liveness.mayLive(other));
  const next = { ...record, attempts: [...left, { ...attempt, gen }] };
  return { next, result: { type: 'claimed', record: next } };
}

/**
 * Attempts whose outcome is worth waiting for: refreshes of the tokens that a page holds or, once Cognito has rejected the
 * refresh token, all that the record lists.
 */
export function openAttempts(
  reading: RecordReading,
  { sid, gen }: Pick<StoredSession, 'sid' | 'gen'>,
): readonly Attempt[] {
  const { attempts = [], refused } = liveRecord(reading, sid) ?? {};
  return refused === undefined ? attempts.filter((attempt) => attempt.gen === gen) : attempts;
}

/** `gone`: the record holds another session, or none. `superseded`: another answer was committed first. */
export type Commit = 'committed' | 'superseded' | 'gone';

/** Step 4: a good answer. The first commit of a generation wins; the refresh token of a later answer is kept as spare. */
export function commitStep(
  reading: RecordReading,
  session: StoredSession,
  { attempt, rotated }: { readonly attempt?: string | undefined; readonly rotated: boolean },
): Step<Commit> {
  const record = liveRecord(reading, session.sid);
  const { refreshToken, accessToken } = session.tokens;
  if (record === null)
    return { ...keep<Commit>('gone'), dropped: rotated ? [{ tokens: session.tokens, revoke: true }] : [] };
  const attempts = record.attempts.filter(({ id }) => id !== attempt);
  if (record.gen < session.gen)
    return { next: { ...withTokens(record, session), attempts }, result: 'committed' };
  // An earlier try of this commit reached the record although it was reported as failed.
  if (record.tokens.accessToken === accessToken)
    return { next: { ...record, attempts }, result: 'committed' };
  const late = withLate(record, rotated ? refreshToken : undefined);
  return { next: { ...late, attempts }, result: 'superseded', dropped: replacedSpare(record, late) };
}

export type Refusal =
  /** The refused token is not the stored one any more, or there is a spare one. */
  | { readonly type: 'outdated' }
  /** Another attempt may hold the good answer. */
  | { readonly type: 'pending'; readonly attempts: readonly Attempt[] }
  | { readonly type: 'ended'; readonly reason: EndReason };

/** The attempt that has an outcome now. */
export interface Outcome {
  readonly sid: string;
  readonly gen: number;
  readonly id: string;
  readonly nowMs: number;
}

/** Step 5: Cognito rejects the refresh token. */
export function refuseStep(
  reading: RecordReading,
  { sid, gen, id, nowMs }: Outcome,
  { sent, reason }: { readonly sent: string; readonly reason: EndReason },
  liveness: Liveness,
): Step<Refusal> {
  const stored = liveRecord(reading, sid);
  if (stored === null) return keep({ type: 'outdated' });
  const record = { ...stored, attempts: stored.attempts.filter((other) => other.id !== id) };
  if (record.gen !== gen || record.tokens.refreshToken !== sent)
    return { next: record, result: { type: 'outdated' } };
  const refused: LiveRecord = { ...record, refused: reason };
  const next = withSpare(refused);
  return next === refused
    ? endOrWait(refused, reason, nowMs, liveness)
    : { next, result: { type: 'outdated' } };
}

/** Ends the session, unless the owner of an attempt may still hold the good answer. */
function endOrWait(record: LiveRecord, refused: EndReason, nowMs: number, liveness: Liveness) {
  const { unlisted = null } = liveness;
  if (unlisted !== null || record.attempts.some(liveness.mayLive)) {
    const attempts = unlisted === null ? record.attempts : [...record.attempts, unlisted];
    return { next: record, result: { type: 'pending' as const, attempts } };
  }
  // Cognito may have rotated the token in a refresh whose answer was lost.
  const isLost = refused === 'refreshTokenExpired' && record.attempts.some(({ gen }) => gen === record.gen);
  const reason: EndReason = isLost ? 'rotationLost' : refused;
  return { next: tombstone(record.sid, nowMs, reason), result: { type: 'ended' as const, reason } };
}

export interface Failure {
  readonly code: SessionErrorCode;
  /** Whether Cognito may have carried out the refresh although its answer did not arrive. */
  readonly isOutcomeUnknown: boolean;
  /** A refresh token that came with an answer that is not good otherwise. */
  readonly refreshToken?: string | undefined;
  readonly retry: RetryPolicy;
  readonly graceMs: number;
  readonly random: number;
}

/** Leaves time for the last try to reach Cognito before the grace period ends. */
const GRACE_MARGIN_MS = 1000;

/** Step 6: a transient failure. All tabs wait for the same moment. `null`: the session has moved on. */
export function failStep(
  reading: RecordReading,
  { sid, gen, id, nowMs }: Outcome,
  { code, isOutcomeUnknown, refreshToken, retry, graceMs, random }: Failure,
): Step<Backoff | null> {
  const record = liveRecord(reading, sid);
  if (record === null) return { ...keep(null), dropped: droppedRefreshToken(refreshToken) };
  const settled = record.attempts.filter((other) => other.id !== id);
  const late = withLate(record, refreshToken);
  const dropped = replacedSpare(record, late);
  if (record.gen !== gen) return { next: { ...late, attempts: settled }, result: null, dropped };
  const attempts = isOutcomeUnknown ? record.attempts : settled;
  const planned = nextBackoff(code, record.backoff?.count ?? 0, retry, nowMs, random);
  const lostAt = attempts.filter((other) => other.gen === gen).map(({ at }) => at);
  const lastChance = Math.min(...lostAt) + graceMs - GRACE_MARGIN_MS;
  const backoff = lastChance > nowMs ? { ...planned, until: Math.min(planned.until, lastChance) } : planned;
  // It is the spare one as well: another answer of this generation may be committed over it.
  const next = refreshToken === undefined ? record : withRefreshToken(late, refreshToken);
  return { next: { ...next, attempts, backoff }, result: backoff, dropped };
}

/** Failures that a network which is back may have cured. */
const NETWORK_FAILURES: readonly SessionErrorCode[] = ['networkError', 'timeout'];

export function isNetworkFailure(code: SessionErrorCode): boolean {
  return NETWORK_FAILURES.includes(code);
}

/** The network is back: the next try comes earlier, for all tabs. */
export function bringForwardStep(reading: RecordReading, sid: string, until: number): Step<null> {
  const record = liveRecord(reading, sid);
  const { backoff } = record ?? {};
  if (!record || !backoff || !isNetworkFailure(backoff.code) || backoff.until <= until) return keep(null);
  return { next: { ...record, backoff: { ...backoff, until } }, result: null };
}

/** How long no tab may call Cognito yet. A clock that was set must not make the wait endless. */
export function remainingBackoffMs({ until, count }: Backoff, retry: RetryPolicy, nowMs: number): number {
  return plausibleWaitMs(until - nowMs, waitAfterMs(count, retry, 1));
}

/** The spare refresh token takes the place of a refused one. */
function withSpare(record: LiveRecord): LiveRecord {
  const { refused, spare, ...rest } = record;
  return refused === undefined || spare === undefined || spare === record.tokens.refreshToken
    ? record
    : withRefreshToken(rest, spare);
}

/** A refresh token that Cognito has not refused. */
function withRefreshToken({ refused: _refused, ...rest }: LiveRecord, refreshToken: string): LiveRecord {
  return { ...rest, tokens: { ...rest.tokens, refreshToken } };
}
