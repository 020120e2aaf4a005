import { liveRecord, tombstone, type RecordReading } from '../core/session-record';

/** Any script of the origin can send sign-outs. They must not fill the memory. */
const MOST_SESSIONS = 1000;

/** Sessions that were signed out, here or by a hint of another tab. The record may not say so yet. */
export class EndedSessions {
  private readonly sids = new Set<string>();
  private storedUntil = -Infinity;

  add(sid: string): void {
    this.sids.add(sid);
    const [oldest] = this.sids;
    if (oldest !== undefined && this.sids.size > MOST_SESSIONS) this.sids.delete(oldest);
  }

  /** A sign-out whose session is not known: the stored one has ended, until this page signs in. */
  addStored(at: number): void {
    this.storedUntil = at;
  }

  /** A session of this page has taken the place of the stored one. */
  forgetStored(): void {
    this.storedUntil = -Infinity;
  }

  /** A reading in which these sessions have ended. */
  honour(reading: RecordReading): RecordReading {
    const record = liveRecord(reading);
    const isEnded = record !== null && (this.sids.has(record.sid) || record.since < this.storedUntil);
    return isEnded ? tombstone(record.sid, record.since) : reading;
  }
}
