import { SessionUnavailableError } from '../errors/server-session-error';
import { isEqualInConstantTime } from '../crypto/constant-time';
import type { SessionKey, SessionRow } from '../model/session-row';
import type { SessionStore } from '../store/session-store';

/** The row of this key, or `null`: a store with one session per user gives the row of a later sign-in as well. */
export async function readRow(store: SessionStore, key: SessionKey): Promise<SessionRow | null> {
  const row = await asked(store.read(key));
  return row !== null && isEqualInConstantTime(row.sidHash, key.sidHash) ? row : null;
}

/**
 * Removes a row for good, and gives its last state. A delete that the store repeats, or whose answer is lost, gives no row: what
 * was read before stands in for it.
 */
export async function removeRow(store: SessionStore, seen: SessionRow): Promise<SessionRow> {
  try {
    return (await store.delete(seen, {})) ?? seen;
  } catch (cause) {
    if ((await readRow(store, seen)) === null) return seen;
    throw new SessionUnavailableError('storeError', 1, { cause });
  }
}

/** An operation of the store. What it rejects with becomes a `SessionUnavailableError`. */
export async function asked<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (cause) {
    throw new SessionUnavailableError('storeError', 1, { cause });
  }
}
