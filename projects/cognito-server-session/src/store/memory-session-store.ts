import { environmentOf, isProduction } from '../platform/environment';
import { ConfigurationError } from '../errors/server-session-error';
import type { RowChange, SessionKey, SessionRow } from '../model/session-row';
import type { RowCondition, SessionStore } from './session-store';

/**
 * Keeps sessions in the memory of one process, for development and tests. It throws in production and on AWS Lambda, where
 * several processes would not see each other's sessions.
 *
 * ```ts
 * const sessions = createServerSessions({ ...options, store: new MemorySessionStore() });
 * ```
 */
export class MemorySessionStore implements SessionStore {
  readonly #users = new Map<string, Map<string, SessionRow>>();

  constructor() {
    if (isProduction(environmentOf()))
      throw new ConfigurationError(
        'store',
        'must not be a MemorySessionStore in production or on AWS Lambda',
      );
  }

  /** Resolves with the row, or with `null`. */
  read({ sub, sidHash }: SessionKey): Promise<SessionRow | null> {
    return Promise.resolve(this.#users.get(sub)?.get(sidHash) ?? null);
  }

  /** Resolves with `null`: a user may have several sessions. */
  create(row: SessionRow): Promise<SessionRow | null> {
    const rows = this.#users.get(row.sub) ?? new Map<string, SessionRow>();
    this.#users.set(row.sub, rows.set(row.sidHash, row));
    return Promise.resolve(null);
  }

  /** Resolves with the row as it was, or with `null`. */
  update(key: SessionKey, condition: RowCondition, change: RowChange): Promise<SessionRow | null> {
    const row = this.#rowIf(key, condition);
    if (row !== null) this.#users.get(key.sub)?.set(key.sidHash, { ...row, ...change });
    return Promise.resolve(row);
  }

  /** Resolves with the row as it was, or with `null`. */
  delete(key: SessionKey, condition: RowCondition): Promise<SessionRow | null> {
    const row = this.#rowIf(key, condition);
    const rows = this.#users.get(key.sub);
    if (row !== null && rows?.delete(key.sidHash) === true && rows.size === 0) this.#users.delete(key.sub);
    return Promise.resolve(row);
  }

  /** Resolves with all rows of the user. */
  list(sub: string): Promise<readonly SessionRow[]> {
    return Promise.resolve([...(this.#users.get(sub)?.values() ?? [])]);
  }

  #rowIf({ sub, sidHash }: SessionKey, { version, attempt, lastSeenAt }: RowCondition): SessionRow | null {
    const row = this.#users.get(sub)?.get(sidHash);
    if (row === undefined) return null;
    if (version !== undefined && row.version !== version) return null;
    if (lastSeenAt !== undefined && row.lastSeenAt !== lastSeenAt) return null;
    if (attempt !== undefined && (row.attempt?.id ?? null) !== attempt) return null;
    return row;
  }
}
