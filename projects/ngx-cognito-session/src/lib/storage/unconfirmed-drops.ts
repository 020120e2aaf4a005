import { tokensOf, type DroppedTokens, type RecordStep } from '../core/record-step';
import { liveRecord, type RecordReading } from '../core/session-record';

/**
 * The tokens that steps of this page have taken out of the record, until it is certain that they are out. A step may be on
 * disk although the storage reported it as failed, so a later step decides by what it finds.
 */
export class UnconfirmedDrops {
  #tokens: readonly DroppedTokens[] = [];

  /**
   * `isRecord`: the step reads the record itself, not the copy that stands in for it. `onDropped` is called for each token that
   * is out of the record, once the step is on disk.
   */
  tracking<T>(
    step: RecordStep<T>,
    isRecord: () => boolean,
    onDropped: (dropped: DroppedTokens) => void,
  ): RecordStep<T> {
    return (reading) => {
      const taken = step(reading);
      const after = taken.next ?? reading;
      const missing = this.#tokens.filter((one) => !holds(reading, one) && !holds(after, one));
      // Neither a newer version nor a copy that is missing or damaged shows what the record holds.
      const isUndecided = reading === 'future' || (typeof reading === 'string' && !isRecord());
      const undecided = isUndecided ? missing : [];
      const dropped = [...(isUndecided ? [] : missing), ...(taken.dropped ?? [])];
      const all = [...undecided, ...dropped];
      this.#tokens = all;
      const onStored = () => {
        // Also for a step whose caller has left: the one that is taken again instead finds nothing to drop.
        if (this.#tokens === all) this.#tokens = undecided;
        const kept = liveRecord(after)?.tokens;
        for (const tokens of dropped) onDropped({ ...tokens, kept });
      };
      return { ...taken, onStored };
    };
  }
}

/** Whether the record of a reading holds the refresh token of these tokens. */
function holds(reading: RecordReading, { tokens: { refreshToken } }: DroppedTokens): boolean {
  const record = liveRecord(reading);
  return record !== null && tokensOf(record).some((held) => held.refreshToken === refreshToken);
}
