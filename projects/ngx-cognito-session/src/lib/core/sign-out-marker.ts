import type { EndedBy } from './session-event';
import { droppedOf, type RecordStep, type Step } from './record-step';
import { liveRecord, tombstone, type LiveRecord, type RecordReading } from './session-record';

/**
 * A sign-out that has not reached the record yet. It is written synchronously, because a browser drops requests to
 * IndexedDB of a page that is being closed.
 */
export interface SignOutMarker {
  /** `'*'`: the session was not known yet. It ends only a session that began earlier. */
  readonly sid: string;
  /** Epoch ms, device time. */
  readonly at: number;
  readonly revoke?: boolean | undefined;
  readonly global?: boolean | undefined;
  /** Absent: the user has signed out. */
  readonly reason?: EndedBy | undefined;
}

/** Whether a marker ends this session. Pure. */
function ends({ sid, at }: SignOutMarker, session: LiveRecord): boolean {
  return sid === '*' ? session.since < at : session.sid === sid;
}

/** A reading that honours the markers: a marked session has ended. Pure. */
export function honourMarkers(reading: RecordReading, markers: readonly SignOutMarker[]): RecordReading {
  const record = liveRecord(reading);
  const marker = record && markers.find((one) => ends(one, record));
  return record && marker ? tombstone(record.sid, marker.at, marker.reason) : reading;
}

/** A step that honours the markers: it ends a marked session, and drops its tokens, besides its own work. Pure. */
export function honouringMarkers<T>(step: RecordStep<T>, markers: readonly SignOutMarker[]): RecordStep<T> {
  return (reading): Step<T> => {
    const record = liveRecord(reading);
    const marker = record && markers.find((one) => ends(one, record));
    if (!record || !marker) return step(reading);
    const { revoke, global, reason } = marker;
    const ended = tombstone(record.sid, marker.at, reason);
    const { next, result, dropped = [] } = step(ended);
    return {
      next: next ?? ended,
      result,
      dropped: [...dropped, ...droppedOf(record, { revoke, global })],
    };
  };
}

/** Whether a marker has nothing left to end, given the record. Pure. */
export function isSettled(marker: SignOutMarker, reading: RecordReading): boolean {
  const record = liveRecord(reading);
  return record === null || !ends(marker, record);
}
