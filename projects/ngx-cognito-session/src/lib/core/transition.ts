import type { SessionError } from '../errors/session-error';
import type { SignedOutReason } from '../errors/session-error-code';
import type { ActiveSession } from './active-session';
import type { RenewalFailure } from './renewal-failure';
import type { EventOrigin, ExpiryReason, SessionEvent } from './session-event';
import { signedOut, type Transition } from './signed-out';
import { isHeld } from './is-held';
import type { HeldState, InternalState } from './session-state';

export type NotRestoredReason =
  'noSession' | 'tokensExpired' | 'storageCleared' | 'storageUnreadable' | 'configurationFailed';

/** What can happen to a session. Results carry the `sid` and `gen` they belong to, so that late ones change nothing. */
export type SessionChange =
  /** The storage held a session; `live` tells whether its tokens can be handed out. */
  | {
      readonly type: 'restored';
      readonly active: ActiveSession;
      readonly live: boolean;
      /** The record has yet to be read. */
      readonly suspect?: true;
    }
  | {
      readonly type: 'notRestored';
      readonly reason: NotRestoredReason;
      readonly error?: SessionError;
    }
  /** A sign-in, or the app's own newer tokens of the session held. */
  | { readonly type: 'signedIn'; readonly active: ActiveSession }
  | { readonly type: 'renewalStarted'; readonly sid: string }
  | {
      readonly type: 'renewed';
      readonly active: ActiveSession;
      readonly origin: EventOrigin;
      /** The record could not be asked: whether the session still counts is as open as before. */
      readonly unverified?: boolean;
    }
  | {
      readonly type: 'renewalFailed';
      readonly sid: string;
      readonly gen: number;
      readonly failure: RenewalFailure;
      /** Whether the access token is dead and the configured retries are used up. */
      readonly stale: boolean;
      /** Who was refused; default this tab. */
      readonly origin?: EventOrigin;
    }
  /** The wait after a failure was shortened. */
  | { readonly type: 'waitChanged'; readonly sid: string; readonly failure: RenewalFailure }
  /** The access token died while renewals fail. */
  | { readonly type: 'died'; readonly sid: string; readonly gen: number }
  | { readonly type: 'endingAnnounced'; readonly sid: string }
  /** The page was not looking: the record may have changed. */
  | { readonly type: 'suspected'; readonly sid: string }
  /** The record says that these tokens still count. */
  | {
      readonly type: 'verified';
      readonly sid: string;
      /** The same generation, more complete: the storage that was quicker does not hold all of it. */
      readonly active?: ActiveSession;
    }
  /** Another tab has signed somebody in, in the place of this session. */
  | { readonly type: 'replaced'; readonly sid: string; readonly by: ActiveSession }
  /** Another tab has signed somebody in, where nobody was. `live` as for `restored`. */
  | { readonly type: 'signedInElsewhere'; readonly active: ActiveSession; readonly live: boolean }
  /** Another tab has signed out. */
  | { readonly type: 'signedOutElsewhere'; readonly sid: string }
  /** The session is over without anybody having asked for it. */
  | {
      readonly type: 'ended';
      readonly sid: string;
      readonly reason: Exclude<ExpiryReason, 'refreshFailed'>;
      /** Who found out; default this tab. */
      readonly origin?: EventOrigin;
    }
  | { readonly type: 'signedOut' };

/** The one place that decides what a change does to the state, and which moments it makes. Pure. */
export function transition(state: InternalState, change: SessionChange): Transition {
  switch (change.type) {
    case 'restored':
      return isUndecided(state)
        ? restored(change.active, change.live, change.suspect === true)
        : unchanged(state);
    case 'notRestored':
      return isUndecided(state) ? notRestored(change.reason, change.error) : unchanged(state);
    case 'signedIn':
      return signedIn(state, change.active);
    case 'signedInElsewhere':
      return state.status === 'signedOut' && isWelcome(change.active, state.displaced)
        ? foundLater(state.reason, change.active, change.live)
        : unchanged(state);
    case 'signedOut':
      return signedOut(state);
    default:
      return isHeld(state) && state.active.sid === sidOf(change)
        ? heldTransition(state, change)
        : unchanged(state);
  }
}

type HeldChange = Exclude<
  SessionChange,
  { type: 'restored' | 'notRestored' | 'signedIn' | 'signedInElsewhere' | 'signedOut' }
>;

function heldTransition(state: HeldState, change: HeldChange): Transition {
  switch (change.type) {
    case 'renewalStarted':
      return { state: { ...state, refreshing: true }, events: [] };
    case 'renewed':
      return change.active.gen > state.active.gen
        ? renewed(state, change.active, change.origin, change.unverified === true)
        : unchanged(state);
    case 'renewalFailed':
      return change.gen === state.active.gen
        ? renewalFailed(state, change.failure, change.stale, change.origin ?? 'thisTab')
        : unchanged(state);
    case 'waitChanged':
      return { state: { ...state, failure: change.failure }, events: [] };
    case 'died':
      return change.gen === state.active.gen && state.failure !== null && state.status !== 'stale'
        ? { state: { ...state, status: 'stale', failure: state.failure }, events: [refreshFailed()] }
        : unchanged(state);
    case 'endingAnnounced':
      return endingAnnounced(state);
    case 'suspected':
      return state.suspect ? unchanged(state) : { state: { ...state, suspect: true }, events: [] };
    case 'verified':
      return verified(state, change.active);
    case 'replaced':
      return { state: hold(change.by), events: [beginning(state, change.by, 'otherTab')] };
    case 'signedOutElsewhere':
      return {
        state: { status: 'signedOut', active: null, reason: 'signedOutElsewhere' },
        events: [{ type: 'signedOut', origin: 'otherTab' }],
      };
    case 'ended':
      return {
        state: {
          status: 'signedOut',
          active: null,
          reason: change.reason,
          ...(change.reason === 'userSwitched' && { displaced: state.active.session.user.sub }),
        },
        events: [
          { type: 'sessionExpired', origin: change.origin ?? 'thisTab', reason: change.reason, final: true },
        ],
      };
  }
}

function sidOf(change: HeldChange): string {
  return change.type === 'renewed' ? change.active.sid : change.sid;
}

function isUndecided(state: InternalState): boolean {
  return state.status === 'restoring' && !isHeld(state);
}

function unchanged(state: InternalState): Transition {
  return { state, events: [] };
}

function hold(active: ActiveSession, status: 'restoring' | 'signedIn' = 'signedIn'): HeldState {
  return { status, active, refreshing: false, failure: null, endingAnnounced: false, suspect: false };
}

function restored(active: ActiveSession, live: boolean, suspect: boolean): Transition {
  // A dead access token proves nothing: whether anybody is signed in is known once the refresh token has been tried.
  if (!live) return { state: { ...hold(active, 'restoring'), suspect }, events: [] };
  return {
    state: { ...hold(active), suspect },
    events: [{ type: 'sessionRestored', origin: 'thisTab', session: active.session }],
  };
}

function notRestored(reason: NotRestoredReason, error: SessionError | undefined): Transition {
  const events: SessionEvent[] = error === undefined ? [] : [{ type: 'error', origin: 'thisTab', error }];
  if (reason === 'tokensExpired' || reason === 'storageCleared')
    events.push({ type: 'sessionExpired', origin: 'thisTab', reason, final: true });
  return { state: { status: 'signedOut', active: null, reason }, events };
}

function signedIn(state: InternalState, active: ActiveSession): Transition {
  if (isHeld(state) && state.active.sid === active.sid)
    return active.gen > state.active.gen ? renewed(state, active, 'thisTab') : unchanged(state);
  return { state: hold(active), events: [beginning(state, active, 'thisTab')] };
}

/** A sign-in, by the user who was there or by another one. */
function beginning(state: InternalState, { session }: ActiveSession, origin: EventOrigin): SessionEvent {
  const isOtherUser = isHeld(state) && state.active.session.user.sub !== session.user.sub;
  return { type: isOtherUser ? 'sessionReplaced' : 'signedIn', origin, session };
}

function isWelcome({ session }: ActiveSession, displaced: string | undefined): boolean {
  return displaced === undefined || displaced === session.user.sub;
}

/** What could not be read at start was there all along. */
function foundLater(reason: SignedOutReason, active: ActiveSession, live: boolean): Transition {
  const found = restored(active, live, false);
  if (!live || reason === 'storageUnreadable') return found;
  return { ...found, events: [{ type: 'signedIn', origin: 'otherTab', session: active.session }] };
}

function renewed(
  state: HeldState,
  active: ActiveSession,
  origin: EventOrigin,
  unverified = false,
): Transition {
  const { session } = active;
  const refreshed: SessionEvent = { type: 'tokenRefreshed', origin, session };
  return {
    state: {
      ...hold(active),
      endingAnnounced: state.endingAnnounced,
      suspect: unverified && state.suspect,
    },
    events:
      state.status === 'restoring'
        ? [{ type: 'sessionRestored', origin: 'thisTab', session }, refreshed]
        : [refreshed],
  };
}

function renewalFailed(
  state: HeldState,
  failure: RenewalFailure,
  stale: boolean,
  origin: EventOrigin,
): Transition {
  const error: SessionEvent = { type: 'error', origin, error: failure.error };
  const base = { ...state, refreshing: false, failure };
  if (!stale) return { state: base, events: [error] };
  return {
    state: { ...base, status: 'stale' },
    events: state.status === 'stale' ? [error] : [...restoredFirst(state), error, refreshFailed()],
  };
}

/** A stored session that could not be renewed for want of a network is a session all the same. */
function restoredFirst(state: HeldState): readonly SessionEvent[] {
  return state.status === 'restoring'
    ? [{ type: 'sessionRestored', origin: 'thisTab', session: state.active.session }]
    : [];
}

function refreshFailed(): SessionEvent {
  return { type: 'sessionExpired', origin: 'thisTab', reason: 'refreshFailed', final: false };
}

function verified(state: HeldState, active: ActiveSession | undefined): Transition {
  if (!state.suspect) return unchanged(state);
  // The same session to everybody who looks at it, by the same clock.
  const { session, anchor, serverNowMs } = state.active;
  const held = active?.gen === state.active.gen ? { ...active, session, anchor, serverNowMs } : state.active;
  return { state: { ...state, active: held, suspect: false }, events: [] };
}

function endingAnnounced(state: HeldState): Transition {
  const { endsAt } = state.active.session;
  if (state.endingAnnounced || endsAt === null) return unchanged(state);
  return {
    state: { ...state, endingAnnounced: true },
    events: [{ type: 'sessionEnding', origin: 'thisTab', endsAt }],
  };
}
