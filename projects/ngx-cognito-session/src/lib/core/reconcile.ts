import { SessionError } from '../errors/session-error';
import type { ActiveSession } from './active-session';
import { liveRecord, type LiveRecord, type RecordReading, type StoredSession } from './session-record';
import { isHeld, type InternalState } from './session-state';
import type { SessionChange } from './session-change';

/**
 * What a reading of the record means for this page. `null`: nothing. Pure: `open` only decodes tokens and reads clocks.
 * Throws what `open` throws for tokens that cannot be used.
 */
export function reconcile(
  state: InternalState,
  reading: RecordReading,
  open: (stored: StoredSession) => ActiveSession,
  onUserSwitch: 'adopt' | 'signOut',
): SessionChange | null {
  const stored = liveRecord(reading);
  return stored === null ? withoutSession(state, reading) : withSession(state, stored, open, onUserSwitch);
}

function withSession(
  state: InternalState,
  stored: LiveRecord,
  open: (stored: StoredSession) => ActiveSession,
  onUserSwitch: 'adopt' | 'signOut',
): SessionChange {
  const { active } = state;
  if (active?.sid === stored.sid) {
    const { accessToken, refreshToken } = stored.tokens;
    const isSame = active.gen === stored.gen && active.tokens.accessToken === accessToken;
    return (isSame && active.tokens.refreshToken === refreshToken) || active.gen > stored.gen
      ? { type: 'verified', sid: active.sid }
      : { type: 'renewed', active: open(stored), origin: 'otherTab' };
  }
  const next = open(stored);
  // A session that only the copy has shown was replaced before this page started.
  const isSwitch =
    isHeld(state) && !state.unannounced && next.session.user.sub !== state.active.session.user.sub;
  return isSwitch && onUserSwitch === 'signOut'
    ? { type: 'ended', sid: state.active.sid, reason: 'userSwitched', origin: 'otherTab' }
    : { type: 'adopted', active: next, origin: 'otherTab' };
}

function withoutSession({ status, active }: InternalState, reading: RecordReading): SessionChange | null {
  const isUndecided = status === 'restoring' && active === null;
  if (reading === 'corrupt' || reading === 'future')
    return isUndecided || active !== null ? { type: 'unreadable', error: unreadable(reading) } : null;
  if (active === null) return isUndecided ? { type: 'notRestored', reason: 'noSession' } : null;
  if (typeof reading === 'string' || reading.sid !== null)
    return { type: 'ended', sid: active.sid, reason: 'storageCleared', origin: 'thisTab' };
  const reason = (reading.ended === active.sid ? reading.reason : undefined) ?? 'signedOutElsewhere';
  return { type: 'ended', sid: active.sid, reason, origin: 'otherTab' };
}

/** Why a record cannot be used. Pure. */
export function unreadable(reading: 'corrupt' | 'future'): SessionError {
  return new SessionError(
    'storageError',
    reading === 'future'
      ? 'The stored session was written by a newer version of the library. Reload the page.'
      : 'The stored session is corrupt.',
  );
}
