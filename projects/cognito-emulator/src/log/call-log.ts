import type { CallRecord } from './call-record';

export type NewCall = Omit<
  CallRecord,
  | 'number'
  | 'endedAt'
  | 'outcome'
  | 'isProcessed'
  | 'status'
  | 'errorType'
  | 'tokensOut'
  | 'identityOut'
  | 'fault'
>;

interface Waiter {
  readonly isMet: () => boolean;
  readonly resolve: () => void;
}

/** All calls in the order of their arrival. Preflights and the control path are not calls. */
export interface CallLog {
  /** Every call, or every call of one operation; the ones still being answered included. */
  calls(operation?: string): readonly CallRecord[];
  /** How many there were. */
  count(operation?: string): number;
  /** The one that arrived last. */
  last(operation?: string): CallRecord | undefined;
  /** How many calls submitted each refresh token: more than one is a second fetch for one attempt. */
  fetchesPerRefreshToken(operation?: string): ReadonlyMap<string, number>;
  /** Waits until `operation` was called `count` times in all (default 1) and each of those calls has ended. */
  whenEnded(operation: string, count?: number): Promise<readonly CallRecord[]>;
  /** Waits until `operation` has arrived `count` times in all (default 1), answered or not. */
  whenArrived(operation: string, count?: number): Promise<readonly CallRecord[]>;
  /** Waits for the next call that starts after now, of one operation or of any, and for its end. */
  next(operation?: string): Promise<CallRecord>;
  /** Forgets all calls. */
  clear(): void;
}

/** The log in the hands of those who enter calls. */
export class RecordedCalls implements CallLog {
  private records: CallRecord[] = [];
  private waiters: Waiter[] = [];
  private lastNumber = 0;

  calls(operation?: string): readonly CallRecord[] {
    return this.records.filter((record) => operation === undefined || record.operation === operation);
  }

  count(operation?: string): number {
    return this.calls(operation).length;
  }

  last(operation?: string): CallRecord | undefined {
    return this.calls(operation).at(-1);
  }

  fetchesPerRefreshToken(operation?: string): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { tokensIn } of this.calls(operation))
      if (tokensIn.refresh !== undefined)
        counts.set(tokensIn.refresh, (counts.get(tokensIn.refresh) ?? 0) + 1);
    return counts;
  }

  async whenEnded(operation: string, count = 1): Promise<readonly CallRecord[]> {
    const ended = () => this.calls(operation).filter((record) => record.outcome !== 'pending');
    await this.until(() => ended().length >= count);
    return ended();
  }

  async whenArrived(operation: string, count = 1): Promise<readonly CallRecord[]> {
    await this.until(() => this.count(operation) >= count);
    return this.calls(operation);
  }

  async next(operation?: string): Promise<CallRecord> {
    const before = this.lastNumber;
    const found = () =>
      this.calls(operation).find((record) => record.number > before && record.outcome !== 'pending');
    await this.until(() => found() !== undefined);
    const record = found();
    if (record === undefined) throw new Error('The log was cleared while a call was awaited');
    return record;
  }

  clear(): void {
    this.records = [];
  }

  /** Enters a call that has just arrived. */
  open(call: NewCall): CallRecord {
    const record: CallRecord = {
      ...call,
      number: ++this.lastNumber,
      endedAt: null,
      outcome: 'pending',
      isProcessed: false,
      status: null,
      errorType: null,
      tokensOut: {},
      identityOut: null,
      fault: null,
    };
    this.records.push(record);
    this.wake();
    return record;
  }

  update(number: number, change: Partial<CallRecord>): void {
    this.records = this.records.map((record) =>
      record.number === number ? { ...record, ...change } : record,
    );
    this.wake();
  }

  private until(isMet: () => boolean): Promise<void> {
    return isMet() ? Promise.resolve() : new Promise((resolve) => this.waiters.push({ isMet, resolve }));
  }

  private wake(): void {
    const met = this.waiters.filter((waiter) => waiter.isMet());
    this.waiters = this.waiters.filter((waiter) => !met.includes(waiter));
    for (const waiter of met) waiter.resolve();
  }
}
