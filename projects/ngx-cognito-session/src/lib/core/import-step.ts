import { keep, type Step } from './record-step';
import { recordOf, type RecordReading, type StoredSession } from './session-record';

/**
 * A session that another library has stored, in one step. It enters a record that has never been written: a stored session is
 * newer, and a tombstone is a sign-out. Gives what the record says afterwards. Pure.
 */
export function importStep(
  reading: RecordReading,
  session: StoredSession,
  isWanted: boolean,
): Step<RecordReading> {
  if (reading !== 'none' || !isWanted) return keep(reading);
  const next = recordOf(session);
  return { next, result: next };
}
