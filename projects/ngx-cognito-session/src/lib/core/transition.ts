import type { SessionError } from '../errors/session-error';
import type { ActiveSession } from './active-session';
import type { SessionChange } from './session-change';
import type { EventOrigin, ExpiryReason, SessionEvent } from './session-event';
import { isHeld, type HeldState, type InternalState } from './session-state';

/** A state with the events that led to it. */
export interface Transition {
  readonly state: InternalState;
  readonly events: readonly SessionEvent[];
}

type HeldChange = Extract<SessionChange, { sid: string }> | Extract<SessionChange, { type: 'renewed' }>;

/** The one place that decides what a change does to the state, and which events it causes. Pure. */
export function transition(state: InternalState, change: SessionChange): Transition {
  switch (change.type) {
    case 'shown':
      return isUndecided(state)
        ? { state: { ...hold(change.active), suspect: true, unannounced: true }, events: [] }
        : unchanged(state);
    case 'adopted':
      return adopted(state, change.active, change.origin);
    case 'notRestored':
      return isUndecided(state) ? signedOutFor(change.reason, change.error) : unchanged(state);
    case 'unreadable':
      return state.status === 'signedOut'
        ? unchanged(state)
        : signedOutFor('storageUnreadable', change.error);
    case 'signedOut':
      return state.status === 'signedOut'
        ? unchanged(state)
        : {
            state: { status: 'signedOut', active: null, reason: change.reason ?? 'signedOut' },
            events: [over(change.reason, 'thisTab')],
          };
    default:
      return isHeld(state) && state.active.sid === sidOf(change)
        ? heldTransition(state, change)
        : unchanged(state);
  }
}

function heldTransition(state: HeldState, change: HeldChange): Transition {
  switch (change.type) {
    case 'renewing':
      return { state: { ...state, refreshing: true }, events: [] };
    case 'renewed':
      return renewed(state, change.active, change.origin);
    case 'failed':
      return change.gen === state.active.gen ? failed(state, change) : unchanged(state);
    case 'endingAnnounced':
      return endingAnnounced(state);
    case 'dueChanged': {
      const { renewalDueAtMs } = change;
      return { state: { ...state, active: { ...state.active, renewalDueAtMs } }, events: [] };
    }
    case 'suspected':
      return state.suspect ? unchanged(state) : { state: { ...state, suspect: true }, events: [] };
    case 'verified':
      return state.suspect
        ? { state: { ...state, suspect: false, unannounced: false }, events: announcement(state) }
        : unchanged(state);
    case 'ended':
      return ended(state, change.reason, change.origin);
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

function hold(active: ActiveSession): HeldState {
  return {
    status: 'signedIn',
    active,
    refreshing: false,
    failure: null,
    endingAnnounced: false,
    suspect: false,
    unannounced: false,
  };
}

function isDead(active: ActiveSession): boolean {
  return active.serverNowMs() >= active.diesAtMs;
}

function adopted(state: InternalState, active: ActiveSession, origin: EventOrigin): Transition {
  const { session } = active;
  const isFound = origin === 'otherTab' && !isAnnounced(state);
  if (isFound && state.status === 'signedOut' && (state.displaced ?? session.user.sub) !== session.user.sub)
    return unchanged(state);
  // A dead access token proves nothing. Whether the user is signed in is known once the refresh token has been tried.
  if (isFound && isDead(active)) return { state: { ...hold(active), status: 'restoring' }, events: [] };
  return { state: hold(active), events: [beginning(state, active, origin)] };
}

function beginning(state: InternalState, { session }: ActiveSession, origin: EventOrigin): SessionEvent {
  if (origin === 'otherTab' && isRestore(state)) return restored(session);
  const isOtherUser =
    isHeld(state) && !state.unannounced && state.active.session.user.sub !== session.user.sub;
  return { type: isOtherUser ? 'sessionReplaced' : 'signedIn', origin, session };
}

/** Whether subscribers have learned of the session that is held. */
function isAnnounced(state: InternalState): boolean {
  return isHeld(state) && state.status !== 'restoring' && !state.unannounced;
}

/** A stored session was there before this page; one that could not be read at first was so, too. */
function isRestore(state: InternalState): boolean {
  return (
    state.status === 'restoring' ||
    (state.status === 'signedOut' && state.reason === 'storageUnreadable') ||
    (isHeld(state) && state.unannounced)
  );
}

function restored(session: ActiveSession['session']): SessionEvent {
  return { type: 'sessionRestored', origin: 'thisTab', session };
}

/** The event of a first state that has been shown without one, or of a session whose dead token is being refreshed. */
function announcement(state: HeldState): readonly SessionEvent[] {
  return state.unannounced ? [restored(state.active.session)] : [];
}

function renewed(state: HeldState, active: ActiveSession, origin: EventOrigin): Transition {
  if (active.gen < state.active.gen || (active === state.active && !state.suspect)) return unchanged(state);
  // The same tokens with another refresh token, as the copy lacks it: no refresh has happened.
  if (active.gen === state.active.gen && active.tokens.accessToken === state.active.tokens.accessToken) {
    const { session, anchor, serverNowMs } = state.active;
    return {
      state: {
        ...state,
        active: { ...active, session, anchor, serverNowMs },
        suspect: false,
        unannounced: false,
      },
      events: announcement(state),
    };
  }
  const { session } = active;
  const refreshed = { type: 'tokenRefreshed', origin, session } as const;
  return {
    state: { ...hold(active), endingAnnounced: state.endingAnnounced },
    events: eventsOfRefresh(state, refreshed),
  };
}

/** The copy may be older than the record it was made from. That is no refresh. */
function eventsOfRefresh(
  state: HeldState,
  refreshed: Extract<SessionEvent, { session: unknown }>,
): readonly SessionEvent[] {
  const { session, origin } = refreshed;
  if (state.unannounced && origin === 'otherTab') return [restored(session)];
  return isAnnounced(state) ? [refreshed] : [restored(session), refreshed];
}

function failed(
  state: HeldState,
  { failure, stale, reported }: Extract<SessionChange, { type: 'failed' }>,
): Transition {
  const base = { ...state, refreshing: false, failure };
  const error: readonly SessionEvent[] =
    reported === null ? [] : [{ type: 'error', origin: reported, error: failure.error }];
  if (!stale) return { state: base, events: error };
  return {
    state: { ...base, status: 'stale', unannounced: false },
    events:
      state.status === 'stale'
        ? error
        : [
            ...(isAnnounced(state) ? [] : [restored(state.active.session)]),
            ...error,
            { type: 'sessionExpired', origin: 'thisTab', reason: 'refreshFailed', final: false },
          ],
  };
}

function endingAnnounced(state: HeldState): Transition {
  const { endsAt } = state.active.session;
  if (state.endingAnnounced || state.unannounced || endsAt === null) return unchanged(state);
  return {
    state: { ...state, endingAnnounced: true },
    events: [{ type: 'sessionEnding', origin: 'thisTab', endsAt }],
  };
}

function ended(
  state: HeldState,
  reason: Extract<SessionChange, { type: 'ended' }>['reason'],
  origin: EventOrigin,
): Transition {
  // The copy showed a session that had ended before this page began, or one that the record does not know.
  if (state.unannounced && (origin === 'otherTab' || reason === 'storageCleared'))
    return signedOutFor('noSession');
  return {
    state: {
      status: 'signedOut',
      active: null,
      reason,
      ...(reason === 'userSwitched' && { displaced: state.active.session.user.sub }),
    },
    events: [over(reason === 'signedOutElsewhere' ? undefined : reason, origin)],
  };
}

/** The last event of a session. Without a reason the user has signed out. */
function over(reason: Exclude<ExpiryReason, 'refreshFailed'> | undefined, origin: EventOrigin): SessionEvent {
  return reason === undefined
    ? { type: 'signedOut', origin }
    : { type: 'sessionExpired', origin, reason, final: true };
}

function signedOutFor(
  reason: Extract<SessionChange, { type: 'notRestored' }>['reason'],
  error?: SessionError,
): Transition {
  const events: SessionEvent[] = error === undefined ? [] : [{ type: 'error', origin: 'thisTab', error }];
  if (reason === 'storageCleared')
    events.push({ type: 'sessionExpired', origin: 'thisTab', reason, final: true });
  return { state: { status: 'signedOut', active: null, reason }, events };
}
