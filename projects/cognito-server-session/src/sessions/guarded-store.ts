import type { ResolvedOptions } from '../config/resolved-options';
import { isEqualInConstantTime } from '../crypto/constant-time';
import { SessionUnavailableError } from '../errors/server-session-error';
import type { SessionKey, SessionRow } from '../model/session-row';
import type { SessionStore } from '../store/session-store';
import { codeOf } from './revoke-tokens';

type Options = Pick<ResolvedOptions, 'logger' | 'store'>;

/** The row of this key, or `null`. */
export function readRow(options: Options, key: SessionKey): Promise<SessionRow | null> {
  return asked(options, readOwn(options.store, key));
}

/** The same with the error of the store. A store with one session per user gives the row of a later sign-in as well. */
export async function readOwn(store: SessionStore, key: SessionKey): Promise<SessionRow | null> {
  const row = await store.read(key);
  return row !== null && isEqualInConstantTime(row.sidHash, key.sidHash) ? row : null;
}

/**
 * Removes a row for good, and gives its last state. A delete that the store repeats, or whose answer is lost, gives no row: what
 * was read before stands in for it.
 */
export async function removeRow(options: Options, seen: SessionRow): Promise<SessionRow> {
  try {
    return (await options.store.delete(seen, {})) ?? seen;
  } catch (cause) {
    if ((await readRow(options, seen)) === null) return seen;
    throw storeFailed(options, cause);
  }
}

/** An operation of the store. What it rejects with becomes a `SessionUnavailableError`. */
export async function asked<T>(options: Pick<Options, 'logger'>, operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (cause) {
    throw storeFailed(options, cause);
  }
}

/** The error of a request that the store has failed. A wrong table name looks like an outage to it, so the log has the reason. */
export function storeFailed({ logger }: Pick<Options, 'logger'>, cause: unknown): SessionUnavailableError {
  logger.error('The session store failed.', { code: codeOf(cause) });
  return new SessionUnavailableError('storeError', 1, { cause });
}
