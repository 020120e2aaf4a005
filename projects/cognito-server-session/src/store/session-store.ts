import type { RowChange, SessionKey, SessionRow } from '../model/session-row';

/** What the stored row must still be for a write. `sidHash` of the key is always part of the condition. */
export interface RowCondition {
  /** The version that was read. */
  readonly version?: number;
  /** Id of the newest attempt that was read; `null`: there is none. */
  readonly attempt?: string | null;
  /** The last-seen time that was read. */
  readonly lastSeenAt?: number;
}

/**
 * Where sessions are kept. Every write is one conditional write of one row, and a method rejects only if the store cannot
 * answer. A store may apply a write and then reject, or apply it twice.
 */
export interface SessionStore {
  /**
   * Reads one row, consistently: a write that has completed before is seen. A store that keeps one session per user gives
   * that user's row, whatever its `sidHash`.
   */
  read(key: SessionKey): Promise<SessionRow | null>;
  /** Writes a new row. Gives the row that it replaced, which only a store with one session per user has. */
  create(row: SessionRow): Promise<SessionRow | null>;
  /** Changes the row of this key if the condition holds. Gives the row as it was, or `null` if the condition failed. */
  update(key: SessionKey, condition: RowCondition, change: RowChange): Promise<SessionRow | null>;
  /** Removes the row of this key if the condition holds. Gives the row as it was, or `null` if the condition failed. */
  delete(key: SessionKey, condition: RowCondition): Promise<SessionRow | null>;
  /** All rows of a user, read consistently. */
  list(sub: string): Promise<readonly SessionRow[]>;
}
