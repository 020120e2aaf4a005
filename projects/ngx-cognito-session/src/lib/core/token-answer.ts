import type { ActiveSession } from './active-session';
import { remainingWaitMs } from './renewal-failure';
import type { InternalState } from './session-state';

/** What a caller that asks for a token gets. */
export type TokenAnswer =
  | { readonly type: 'give'; readonly active: ActiveSession }
  /** Inside the buffer: renew, but do not keep the caller waiting for long, the token is still good. */
  | { readonly type: 'renewBriefly'; readonly active: ActiveSession }
  | { readonly type: 'renew'; readonly active: ActiveSession }
  /** Not known yet. */
  | { readonly type: 'wait' }
  /** Ask the record first whether the session still counts. */
  | { readonly type: 'verify'; readonly active: ActiveSession }
  | { readonly type: 'expired'; readonly active: ActiveSession }
  | { readonly type: 'signedOut' };

/** The decision behind every token that leaves the library. Pure. */
export function answerToken(
  state: InternalState,
  now: { readonly serverMs: (active: ActiveSession) => number; readonly deviceMs: number },
): TokenAnswer {
  if (state.status === 'restoring') return { type: 'wait' };
  if (state.status === 'signedOut') return { type: 'signedOut' };
  const { active, failure } = state;
  if (state.suspect) return { type: 'verify', active };
  const serverMs = now.serverMs(active);
  const isLiveNow = serverMs < active.diesAtMs;
  if (active.tokens.refreshToken === undefined) return { type: isLiveNow ? 'give' : 'expired', active };
  if (isLiveNow && serverMs < active.renewalDueAtMs) return { type: 'give', active };
  // A dead token: the record is asked all the same, another tab may have renewed.
  if (isLiveNow && remainingWaitMs(failure, now.deviceMs) > 0) return { type: 'give', active };
  return { type: isLiveNow ? 'renewBriefly' : 'renew', active };
}
