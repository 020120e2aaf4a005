import type { ActiveSession } from './active-session';
import { mayGoStale, remainingWaitMs, type RetryPolicy } from './renewal-failure';
import type { HeldState } from './session-state';

/** What the passing of time asks for. */
export type DueStep =
  | { readonly type: 'renew' }
  /** The access token died while renewals fail. */
  | { readonly type: 'die' }
  /** The tokens ran out and there is no refresh token. */
  | { readonly type: 'end' }
  | { readonly type: 'announceEnding' }
  | { readonly type: 'wait'; readonly ms: number };

export interface DueContext {
  readonly serverNowMs: number;
  readonly deviceNowMs: number;
  readonly retry: RetryPolicy;
  readonly endingLeadMs: number;
}

/** The next thing the clock alone brings about, or how long there is nothing to do. Pure. */
export function dueStep(state: HeldState, context: DueContext): DueStep {
  const { active, failure } = state;
  const { serverNowMs } = context;
  const isDead = serverNowMs >= active.diesAtMs;
  if (active.tokens.refreshToken === undefined) {
    if (!isDead) return { type: 'wait', ms: active.diesAtMs - serverNowMs };
    // A copy in cookies lacks the refresh token that the record may hold. A refresh looks at the record first.
    if (!state.unannounced) return { type: 'end' };
  }

  const endingAt = endingAnnouncementAtMs(state, context.endingLeadMs);
  if (serverNowMs >= endingAt) return { type: 'announceEnding' };
  if (isDead && failure !== null && state.status !== 'stale' && mayGoStale(failure, context.retry))
    return { type: 'die' };
  if (state.refreshing) return { type: 'wait', ms: Infinity };

  const untilRetry = remainingWaitMs(failure, context.deviceNowMs);
  // A refresh that failed for now is tried again, whatever had asked for it.
  const untilDue = failure === null ? active.renewalDueAtMs - serverNowMs : 0;
  if (untilRetry <= 0 && untilDue <= 0) return { type: 'renew' };
  return {
    type: 'wait',
    ms: Math.min(untilNextRenewal(active, serverNowMs, untilDue, untilRetry), endingAt - serverNowMs),
  };
}

function untilNextRenewal(
  active: ActiveSession,
  serverNowMs: number,
  untilDue: number,
  untilRetry: number,
): number {
  const untilDead = active.diesAtMs - serverNowMs;
  const next = Math.max(untilDue, untilRetry);
  // The moment of death is looked at too: while renewals fail, the state must not call a dead session signed in.
  return untilDead > 0 ? Math.min(next, untilDead) : next;
}

function endingAnnouncementAtMs(state: HeldState, leadMs: number): number {
  const { endsAt } = state.active.session;
  // While a stored session is being restored, or only the copy was read, no event mentions the session.
  return endsAt === null || state.endingAnnounced || state.unannounced || state.status === 'restoring'
    ? Infinity
    : endsAt.getTime() - leadMs;
}
