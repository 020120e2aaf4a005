import type { SessionErrorCode } from '../errors/session-error-code';
import { tombstoneOf, withoutAttempt, type LedgerStep } from './ledger-steps';
import type { RetryPolicy } from './renewal-failure';
import type {
  LedgerEndReason,
  LedgerFailure,
  LedgerReading,
  OpenAttempt,
  RefusalReason,
  SessionLedger,
} from './session-ledger';
import { hurrySharedFailure, nextSharedFailure, remainingSharedWaitMs } from './shared-failure';

/** What this page knows about the attempts of others. */
export interface AttemptKnowledge {
  /** Its owner may still be at work, or asleep with the answer in hand. */
  readonly mayLive: (attempt: OpenAttempt) => boolean;
  /** Watched for so long that another call is the smaller risk, although its owner may live. */
  readonly isOverdue: (attempt: OpenAttempt) => boolean;
}

/** Somebody who wants to renew the generation he holds. */
export interface Claimant {
  readonly sid: string;
  readonly gen: number;
  /** The attempt it would be. */
  readonly id: string;
  /** Epoch ms, device time. */
  readonly nowMs: number;
  readonly retry: RetryPolicy;
  /** Only wants to know what there is to do. */
  readonly isOnlooker?: boolean;
}

export type Entry =
  /** The attempt is ours: call Cognito, once. */
  | { readonly type: 'claimed'; readonly ledger: SessionLedger }
  /** Signed out, replaced, cleared, or unreadable for this version. */
  | { readonly type: 'gone' }
  /** Somebody has renewed. */
  | { readonly type: 'newer'; readonly ledger: SessionLedger }
  /** The record has forgotten the generation held: power failed before it was on disk. */
  | { readonly type: 'older' }
  | { readonly type: 'failing'; readonly fail: LedgerFailure }
  /** Nobody is at it any more; `wasAtWork`: somebody was, and has died. */
  | { readonly type: 'vacant'; readonly wasAtWork: boolean }
  /** Somebody else is at it. */
  | { readonly type: 'wait'; readonly open: readonly OpenAttempt[] }
  /** The stored refresh token is spent, but an owner of these attempts may hold the good answer. */
  | { readonly type: 'pending'; readonly open: readonly OpenAttempt[] }
  /** The stored refresh token is spent, and nobody can hold another one. */
  | { readonly type: 'ended'; readonly reason: LedgerEndReason; readonly ledger: SessionLedger };

/** Steps 1 and 2 of the renewal protocol, look and claim, in one transaction: exactly one claimant wins. Pure. */
export function enterStep(
  reading: LedgerReading,
  { sid, gen, id, nowMs, retry, isOnlooker = false }: Claimant,
  { mayLive, isOverdue }: AttemptKnowledge,
): LedgerStep<Entry> {
  if (reading.type !== 'ledger' || reading.ledger.sid !== sid) return keep({ type: 'gone' });
  if (reading.ledger.gen > gen) return keep({ type: 'newer', ledger: reading.ledger });
  if (reading.ledger.gen < gen) return keep({ type: 'older' });
  // It may have come after the refusal: whoever brought it was asleep meanwhile.
  const ledger = withSpare(reading.ledger) ?? reading.ledger;
  if (ledger.spent !== undefined) {
    const step = refused(ledger, mayLive);
    return step.result.type === 'pending' ? keep(step.result) : step;
  }
  if (ledger.fail !== undefined && remainingSharedWaitMs(ledger.fail, retry, nowMs) > 0)
    return keep({ type: 'failing', fail: ledger.fail });
  const ofThisGen = ledger.open.filter((attempt) => attempt.gen === gen);
  const newest = ofThisGen.at(-1);
  if (newest !== undefined && ofThisGen.some(mayLive) && !isOverdue(newest))
    return keep({ type: 'wait', open: ledger.open });
  if (isOnlooker) return keep({ type: 'vacant', wasAtWork: newest !== undefined });
  // The newest stays: it is the evidence that an answer of this generation may have been lost.
  const open = ledger.open.filter((attempt) => attempt === newest || mayLive(attempt));
  const next = { ...ledger, open: [...open, { id, gen, at: nowMs }] };
  return { next, result: { type: 'claimed', ledger: next } };
}

/** An attempt that has come to its end. */
export interface Attempt {
  readonly sid: string;
  readonly gen: number;
  readonly id: string;
  /** The refresh token it sent. */
  readonly sent: string;
}

export type Refusal =
  /** The record names tokens that this tab does not hold: whether they would be refused as well is not known. */
  | { readonly type: 'unsure' }
  /** The refused token is not the stored one any more. */
  | { readonly type: 'outdated' }
  /** A good answer that had come too late is stored now: try with that. */
  | { readonly type: 'spare' }
  | Extract<Entry, { type: 'pending' | 'ended' }>;

/** Step 5: Cognito does not take the refresh token any more. Pure. */
export function refuseStep(
  reading: LedgerReading,
  { sid, gen, id, sent }: Attempt,
  reason: RefusalReason,
  { mayLive }: Pick<AttemptKnowledge, 'mayLive'>,
): LedgerStep<Refusal> {
  if (reading.type !== 'ledger' || reading.ledger.sid !== sid) return keep({ type: 'outdated' });
  const ledger = { ...reading.ledger, open: withoutAttempt(reading.ledger.open, id) };
  if (ledger.tokensId !== undefined || ledger.spareId !== undefined)
    return { next: ledger, result: { type: 'unsure' } };
  const stored = ledger.tokens?.refreshToken ?? ledger.refreshToken ?? sent;
  if (ledger.gen !== gen || stored !== sent) return { next: ledger, result: { type: 'outdated' } };
  const spent = { ...ledger, spent: { reason } };
  const renewed = withSpare(spent);
  return renewed === null ? refused(spent, mayLive) : { next: renewed, result: { type: 'spare' } };
}

/** A spare answer in place of a spent token; `null`: nothing is spent, or there is none. */
function withSpare({
  spare,
  spent,
  refreshToken: _refused,
  tokensId: _spent,
  ...kept
}: SessionLedger): SessionLedger | null {
  return spent === undefined || spare === undefined ? null : { ...kept, tokens: spare };
}

/** The end only when nobody can hold the good answer any more. */
function refused(
  ledger: SessionLedger,
  mayLive: AttemptKnowledge['mayLive'],
): LedgerStep<Extract<Entry, { type: 'pending' | 'ended' }>> {
  // Some other tab may hold the spare one.
  if (ledger.open.some(mayLive) || ledger.spareId !== undefined)
    return { next: ledger, result: { type: 'pending', open: ledger.open } };
  const reason = reasonOf(ledger);
  return { next: tombstoneOf(ledger, reason), result: { type: 'ended', reason, ledger } };
}

/** Refused, while an answer of the same generation was lost: rotation has spent the token, and its successor with it. */
function reasonOf({ spent, open, gen }: SessionLedger): LedgerEndReason {
  const reason = spent?.reason ?? 'refreshTokenExpired';
  return reason === 'refreshTokenExpired' && open.some((attempt) => attempt.gen === gen)
    ? 'rotationLost'
    : reason;
}

export interface TransientFailure {
  readonly kind: SessionErrorCode;
  /** Whether Cognito may have rotated the token although nothing of it arrived. */
  readonly isOutcomeUnknown: boolean;
  readonly retry: RetryPolicy;
  /** How long Cognito still takes a refresh token that it has rotated. */
  readonly graceMs: number;
  readonly nowMs: number;
  /** 0 ≤ random < 1 */
  readonly random: number;
}

/** Step 6: nobody knows more than before, and all wait for the same moment. Gives `null` if the session has moved on. Pure. */
export function failStep(
  reading: LedgerReading,
  { sid, gen, id }: Attempt,
  { kind, isOutcomeUnknown, retry, graceMs, nowMs, random }: TransientFailure,
): LedgerStep<LedgerFailure | null> {
  if (reading.type !== 'ledger' || reading.ledger.sid !== sid) return keep(null);
  const { ledger } = reading;
  const settled = withoutAttempt(ledger.open, id);
  if (ledger.gen !== gen) return { next: { ...ledger, open: settled }, result: null };
  // It stays until the next claim: whoever is refused then knows that the answer may have been lost.
  const open = isOutcomeUnknown ? ledger.open : settled;
  const lostAtMs = Math.min(...open.filter((attempt) => attempt.gen === gen).map(({ at }) => at));
  const grace = { graceMs, lostAtMs };
  const fail = nextSharedFailure(kind, ledger.fail ?? null, retry, grace, { nowMs, random });
  return { next: { ...ledger, open, fail }, result: fail };
}

/** The device came online: what failed for want of a network is tried again almost at once, by all tabs. Pure. */
export function hurryStep(
  reading: LedgerReading,
  sid: string,
  { nowMs, random }: Pick<TransientFailure, 'nowMs' | 'random'>,
): LedgerStep<LedgerFailure | null> {
  if (reading.type !== 'ledger' || reading.ledger.sid !== sid || reading.ledger.fail === undefined)
    return keep(null);
  const fail = hurrySharedFailure(reading.ledger.fail, nowMs, random);
  return { next: fail === reading.ledger.fail ? null : { ...reading.ledger, fail }, result: fail };
}

function keep<T>(result: T): LedgerStep<T> {
  return { next: null, result };
}
