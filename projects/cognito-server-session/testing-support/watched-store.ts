import type { RowChange, SessionKey, SessionRow } from '../src/model/session-row';
import type { RowCondition, SessionStore } from '../src/store/session-store';

type Operation = keyof SessionStore;

/** What happens to the next write. */
export type WriteFault =
  /** Applied; the caller sees a broken connection. */
  | 'appliedThenReset'
  /** Applied; the client of the store repeats it, and the repetition fails on its condition. */
  | 'appliedThenConflict'
  /** Not applied. */
  | 'refused';

/** A store that counts, fails and holds as a test tells it. */
export class WatchedStore implements SessionStore {
  readonly calls: Operation[] = [];
  /** Ids of the attempts that were claimed. */
  readonly claims = new Set<string>();
  private faults: WriteFault[] = [];
  private heldReads: (() => void)[] = [];
  private readBarrier = 0;
  private between: { readonly operation: Operation; readonly work: () => Promise<void> } | null = null;

  constructor(private readonly inner: SessionStore) {}

  /** The next writes fail. */
  failWrites(...faults: readonly WriteFault[]): void {
    this.faults.push(...faults);
  }

  clearFaults(): void {
    this.faults = [];
  }

  /** Holds all reads after they have read, until there are that many. */
  holdReadsUntil(count: number): void {
    this.readBarrier = count;
  }

  /** Does something right before the next operation of this kind reaches the store. */
  interleave(operation: Operation, work: () => Promise<void>): void {
    this.between = { operation, work };
  }

  async read(key: SessionKey): Promise<SessionRow | null> {
    this.calls.push('read');
    const row = await this.inner.read(key);
    if (this.readBarrier > 0) await this.hold();
    return row;
  }

  create(row: SessionRow): Promise<SessionRow | null> {
    return this.write('create', () => this.inner.create(row));
  }

  update(key: SessionKey, condition: RowCondition, change: RowChange): Promise<SessionRow | null> {
    return this.write('update', async () => {
      const before = await this.inner.update(key, condition, change);
      if (before !== null && change.attempt) this.claims.add(change.attempt.id);
      return before;
    });
  }

  delete(key: SessionKey, condition: RowCondition): Promise<SessionRow | null> {
    return this.write('delete', () => this.inner.delete(key, condition));
  }

  list(sub: string): Promise<readonly SessionRow[]> {
    this.calls.push('list');
    return this.inner.list(sub);
  }

  private async write(
    operation: Operation,
    apply: () => Promise<SessionRow | null>,
  ): Promise<SessionRow | null> {
    this.calls.push(operation);
    const fault = this.faults.shift();
    if (fault === 'refused') throw new Error('throttled');
    const { between } = this;
    if (between?.operation === operation) {
      this.between = null;
      await between.work();
    }
    const result = await apply();
    if (fault === 'appliedThenReset') throw new Error('socket hang up');
    return fault === 'appliedThenConflict' ? null : result;
  }

  private async hold(): Promise<void> {
    await new Promise<void>((go) => {
      this.heldReads.push(go);
      if (this.heldReads.length < this.readBarrier) return;
      this.readBarrier = 0;
      for (const each of this.heldReads) each();
    });
  }
}
