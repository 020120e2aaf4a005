import type { Refusal } from '../core/attempt-steps';
import type { AuthTokens } from '../core/token-set';
import type { SessionError } from '../errors/session-error';
import type { CommitOutcome, RecordEntry, RecordReading, RecordRefusal } from './session-record';
import type { StoredSession } from './stored-session';

/** What steps on a record lead to, in the words of `SessionRecord`. */

export function sessionReading(session: StoredSession): RecordReading {
  return { type: 'session', session };
}

export function committed(unsaved: SessionError | null, isShown = unsaved === null): CommitOutcome {
  return { type: 'committed', unsaved, isShown };
}

/** Another commit came first; what it wrote is what there is now. */
export function supersededOrGone(
  reading: RecordReading,
  { sid, gen }: StoredSession,
  dropped: AuthTokens | null,
): CommitOutcome {
  if (reading.type !== 'session') return { type: 'gone' };
  return {
    type: 'superseded',
    by: reading.session,
    dropped: dropped === null ? null : { sid, gen, tokens: dropped },
  };
}

export function newerOrGone(reading: RecordReading): RecordEntry {
  return reading.type === 'session' ? { type: 'newer', session: reading.session } : { type: 'gone' };
}

export function toRecordRefusal(refusal: Refusal): RecordRefusal {
  return refusal.type === 'ended' ? { type: 'ended', reason: refusal.reason } : refusal;
}
