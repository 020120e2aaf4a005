import type { ActiveSession } from '../core/active-session';
import type { RecordReading } from '../storage/session-record';
import type { StoredSession } from '../storage/stored-session';

/** What the stored record says about the session held. */
export type Look =
  /** Nobody was faster. */
  | { readonly type: 'unchanged' }
  /** Another tab has renewed it. */
  | { readonly type: 'newer'; readonly stored: StoredSession }
  /** The session is not stored any more. */
  | { readonly type: 'gone' };

/** Step 1 of the renewal protocol. Pure. */
export function look(active: ActiveSession, reading: RecordReading): Look {
  if (reading.type !== 'session') return { type: 'gone' };
  return reading.session.gen > active.gen
    ? { type: 'newer', stored: reading.session }
    : { type: 'unchanged' };
}
