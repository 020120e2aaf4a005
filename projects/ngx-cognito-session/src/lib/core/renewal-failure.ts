import type { SessionError } from '../errors/session-error';
import type { SessionErrorCode } from '../errors/session-error-code';
import type { Backoff } from './session-record';

/** The last transient failure of a renewal and when the next try may be made. */
export interface RenewalFailure {
  readonly error: SessionError;
  /** How many transient failures came in a row, this one included. */
  readonly count: number;
  /** No tab calls Cognito before: epoch ms, device time. */
  readonly until: number;
  /** The longest this wait can be, ms. */
  readonly waitMs: number;
}

/** How long no tab calls Cognito after a transient failure. */
export interface RetryPolicy {
  /** So many failures in a row are followed by `delayMs`; those after them back off, and may make the state `stale`. */
  readonly count: number;
  /** The wait after each of the first failures, ms. */
  readonly delayMs: number;
  /** The longest wait of the later ones before jitter, ms; they begin with 1 s and double. */
  readonly maxBackoffMs: number;
  /** The share of a later wait that chance may add or take away. */
  readonly backoffJitter: number;
}

/** `retry.delaySeconds` for the first `retry.count` failures, then min(60 s, 1 s·2ⁿ) ± 25 % with n from 0. */
export function nextBackoff(
  code: SessionErrorCode,
  failuresBefore: number,
  policy: RetryPolicy,
  nowMs: number,
  random: number,
): Backoff {
  const count = failuresBefore + 1;
  return { code, count, until: nowMs + waitAfterMs(count, policy, random) };
}

/** The wait after so many transient failures in a row. */
export function waitAfterMs(count: number, policy: RetryPolicy, random: number): number {
  return count <= policy.count ? policy.delayMs : backoffMs(count - policy.count - 1, policy, random);
}

function backoffMs(n: number, policy: RetryPolicy, random: number): number {
  const base = Math.min(policy.maxBackoffMs, 1000 * 2 ** n);
  return base * (1 + policy.backoffJitter * (2 * random - 1));
}

/** The device came online: after a network failure the next try comes within 500 ms. */
export function bringForward(failure: RenewalFailure, nowMs: number, random: number): RenewalFailure {
  const waitMs = 500 * random;
  return { ...failure, until: Math.min(failure.until, nowMs + waitMs), waitMs };
}

/** How long no tab may call Cognito yet. */
export function remainingWaitMs(failure: RenewalFailure | null, nowMs: number): number {
  return failure === null ? 0 : plausibleWaitMs(failure.until - nowMs, failure.waitMs);
}

/**
 * What is left of a wait. A wall clock set back by a little stretches it to twice its length at most; set back further it
 * has lost sight of the moment, and waiting for that to come round again would never end.
 */
export function plausibleWaitMs(remainingMs: number, longestMs: number): number {
  return remainingMs > 2 * longestMs ? 0 : Math.max(0, Math.min(remainingMs, longestMs));
}

/**
 * Whether a dead token makes the session `stale`: the retries are used up, or there is nothing to retry before another
 * tab wakes up.
 */
export function mayGoStale(failure: RenewalFailure, policy: RetryPolicy): boolean {
  return isRotationPending(failure) || failure.count > policy.count;
}

/** Whether only the owner of another attempt can bring the next refresh token. */
export function isRotationPending({ error }: RenewalFailure): boolean {
  return error.code === 'rotationPending';
}
