import {
  droppedOf,
  replacedSpare,
  withLate,
  withTokens,
  type DroppedTokens,
  type RecordStep,
  type Step,
} from './record-step';
import {
  isAhead,
  liveRecord,
  recordOf,
  type LiveRecord,
  type RecordCopy,
  type RecordReading,
  type SessionRecord,
  type StoredSession,
} from './session-record';

interface Merged {
  readonly reading: RecordReading;
  /** The session that lost, if the two held different ones. */
  readonly loser: LiveRecord | null;
}

/** A session that the record does not hold yet, as a page without its database writes it. Pure. */
export function aheadOf(session: StoredSession): LiveRecord {
  const ahead: LiveRecord & Pick<RecordCopy, 'ahead'> = { ...recordOf(session), ahead: true };
  return ahead;
}

/** The record together with a copy that a page without its database wrote. Any copy stands in for a missing record. Pure. */
export function mergeAhead(reading: RecordReading, copy: RecordReading): Merged {
  const ahead = liveRecord(copy);
  const isMissing = reading === 'none' || reading === 'corrupt';
  if (ahead === null || reading === 'future' || !(isMissing || isAhead(ahead)))
    return { reading, loser: null };
  const record = liveRecord(reading);
  if (record?.sid === ahead.sid) return { reading: mergeSession(record, ahead), loser: null };
  if (typeof reading === 'object' && reading.sid === null && reading.ended === ahead.sid)
    return { reading, loser: ahead };
  const isLater = typeof reading === 'string' || reading.since < ahead.since;
  return isLater ? { reading: recordOf(ahead), loser: record } : { reading, loser: ahead };
}

/** Two branches of one session. The copy may hold the one refresh token that Cognito still accepts. */
function mergeSession(record: LiveRecord, { gen, tokens, spare }: LiveRecord): LiveRecord {
  if (gen < record.gen) return record;
  const merged =
    gen > record.gen ? withTokens(record, { gen, tokens }) : withLate(record, tokens.refreshToken);
  return withLate(merged, spare);
}

/** A step that takes over such a copy before its own work. Pure. */
export function mergingAhead<T>(step: RecordStep<T>, readCopy: () => RecordReading): RecordStep<T> {
  return (reading): Step<T> => {
    const merged = mergeAhead(reading, readCopy());
    const taken = step(merged.reading);
    if (merged.reading === reading && merged.loser === null) return taken;
    const { result, dropped = [] } = taken;
    const next: SessionRecord | null =
      taken.next ?? (typeof merged.reading === 'string' ? null : merged.reading);
    const lost = [...droppedOf(merged.loser), ...spareLost(reading, merged.reading)];
    return { next, result, dropped: [...dropped, ...lost] };
  };
}

function spareLost(reading: RecordReading, merged: RecordReading): readonly DroppedTokens[] {
  const [before, after] = [liveRecord(reading), liveRecord(merged)];
  return before !== null && before.sid === after?.sid ? replacedSpare(before, after) : [];
}
