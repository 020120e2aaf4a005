import { droppedOf, keep, type DroppedTokens, type Step } from './record-step';
import { liveRecord, tombstone, type EndReason, type LiveRecord, type RecordReading } from './session-record';

/** Which session a step ends: one by its `sid`, unless it is newer than `gen`, or whatever began before a moment. */
export type EndTarget = { readonly sid: string; readonly gen?: number } | { readonly before: number };

/** The end of a session by `signOut`, or because its tokens have expired. Gives the session that was there. */
export function endStep(
  reading: RecordReading,
  target: EndTarget,
  nowMs: number,
  { reason, ...options }: { readonly reason?: EndReason | undefined } & Omit<DroppedTokens, 'tokens'> = {},
): Step<LiveRecord | null> {
  const record = liveRecord(reading);
  // A session that began in the future began before the clock was set back.
  const isMeant =
    record &&
    ('sid' in target
      ? record.sid === target.sid && record.gen <= (target.gen ?? Infinity)
      : record.since < target.before || record.since > nowMs);
  if (!record || !isMeant) return keep(null);
  return {
    next: tombstone(record.sid, nowMs, reason),
    result: record,
    dropped: droppedOf(record, options),
  };
}
