import { COMMIT_PAUSE_MS, MAX_COMMIT_PAUSE_MS } from '../model/numbers';
import type { RowChange, SessionRow } from '../model/session-row';
import type { RowCondition } from '../store/session-store';
import { readOwn, storeFailed } from './guarded-store';
import type { RenewalContext } from './renewal-context';

/** One change of a row. */
export interface RowWrite {
  readonly condition: RowCondition;
  readonly change: RowChange;
  /** Whether the row shows that this very change was applied. */
  readonly isApplied: (row: SessionRow) => boolean;
  /** How often it is tried when the store fails. */
  readonly tries: number;
}

export type RowWritten =
  /** `before` is `null` if only the row showed that the change had been applied. */
  | { readonly type: 'done'; readonly row: SessionRow; readonly before: SessionRow | null }
  /** `row` is `null` if the session has ended. */
  | { readonly type: 'conflict'; readonly row: SessionRow | null };

/**
 * Changes the row, again while the store fails. A failed condition may be one's own success: the store applied the change
 * before it failed, or the connection broke after it. The row tells.
 */
export async function writeRow(context: RenewalContext, write: RowWrite): Promise<RowWritten> {
  const { key, options } = context;
  const { condition, change, isApplied, tries } = write;
  for (let failures = 0; ; failures++) {
    try {
      const before = await options.store.update(key, condition, change);
      if (before !== null) return { type: 'done', row: { ...before, ...change }, before };
      const row = await readOwn(options.store, key);
      return row !== null && isApplied(row) ? { type: 'done', row, before } : { type: 'conflict', row };
    } catch (cause) {
      if (failures + 1 >= tries) throw storeFailed(options, cause);
      await options.wait(Math.min(MAX_COMMIT_PAUSE_MS, COMMIT_PAUSE_MS * 2 ** failures));
    }
  }
}
