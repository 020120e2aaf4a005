import { aheadOf, mergeAhead } from '../core/ahead-copy';
import { tokensOf, type DroppedTokens } from '../core/record-step';
import { liveRecord, type RecordReading, type StoredSession } from '../core/session-record';

/**
 * The session that the storage has refused, until a step stores it. Looks and steps treat it like a copy that is ahead of
 * the record.
 */
export class UnsavedSession {
  /** The session, marked as ahead of the record; `none` if everything is stored. */
  reading: RecordReading = 'none';

  /** Whether it is of this `sid`, and of this generation if one is given. */
  is(sid: string, gen?: number): boolean {
    const session = liveRecord(this.reading, sid);
    return session !== null && (gen === undefined || session.gen === gen);
  }

  /** The later one of two sessions counts. Returns the tokens of the other one. */
  add(session: StoredSession): readonly DroppedTokens[] {
    const { reading, loser } = mergeAhead(this.reading, aheadOf(session));
    this.reading = aheadOf(liveRecord(reading) ?? session);
    return loser === null ? [] : tokensOf(loser).map((tokens) => ({ tokens }));
  }

  /** A step has stored this reading. What was refused since then remains. */
  settle(stored: RecordReading): void {
    if (this.reading === stored) this.reading = 'none';
  }
}
