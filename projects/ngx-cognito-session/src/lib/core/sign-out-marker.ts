import type { EndedBy } from './session-event';
import { tokensOf, type RecordStep, type Step } from './record-step';
import { liveRecord, tombstone, type RecordReading, type StoredSession } from './session-record';

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

/** The marker that ends this session. Pure. */
export function markerOf(
  { sid, since }: Pick<StoredSession, 'sid' | 'since'>,
  markers: readonly SignOutMarker[],
): SignOutMarker | undefined {
  return markers.find((marker) => marker.sid === sid || (marker.sid === '*' && since < marker.at));
}

/** A reading that honours the markers: a marked session has ended. Pure. */
export function honourMarkers(reading: RecordReading, markers: readonly SignOutMarker[]): RecordReading {
  const record = liveRecord(reading);
  const marker = record && markerOf(record, markers);
  return record && marker ? tombstone(record.sid, marker.at, marker.reason) : reading;
}

/** A step that honours the markers: it ends a marked session, and drops its tokens, besides its own work. Pure. */
export function honouringMarkers<T>(
  step: RecordStep<T>,
  readMarkers: () => readonly SignOutMarker[],
): RecordStep<T> {
  return (reading): Step<T> => {
    const record = liveRecord(reading);
    const marker = record && markerOf(record, readMarkers());
    if (!record || !marker) return step(reading);
    const { revoke, global, reason } = marker;
    const ended = tombstone(record.sid, marker.at, reason);
    const { next, result, dropped = [] } = step(ended);
    return {
      next: next ?? ended,
      result,
      dropped: [...dropped, ...tokensOf(record).map((tokens) => ({ tokens, revoke, global }))],
    };
  };
}

/** Whether a marker has nothing left to end, given the record. Pure. */
export function isSettled({ sid, at }: SignOutMarker, reading: RecordReading): boolean {
  const record = liveRecord(reading);
  return record === null || (sid === '*' ? record.since >= at : record.sid !== sid);
}
