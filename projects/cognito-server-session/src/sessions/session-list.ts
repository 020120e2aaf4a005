import { isEqualInConstantTime } from '../crypto/constant-time';
import { isSecretHash } from '../crypto/session-secret';
import { isOver } from '../model/decide-renewal';
import type { SessionKey, SessionRow } from '../model/session-row';
import { asked, readRow, removeRow } from './guarded-store';
import { revocableTokensOf } from './open-session';
import type { SessionParts } from './session-parts';

/** A session of a user, as a list of devices shows it. */
export interface SessionSummary {
  /** Names the session in `DELETE sessions/:id`. */
  readonly id: string;
  /** When the user signed in there. */
  readonly createdAt: Date;
  /** The last request of the session, up to five minutes late. */
  readonly lastSeenAt: Date;
  /** `User-Agent` of the sign-in; `null` if it is not known. */
  readonly userAgent: string | null;
  /** Whether it is the session of the request. */
  readonly isCurrent: boolean;
}

/** What became of sessions that were ended without their cookies. */
export interface EndedSessions {
  /** How many sessions were removed. */
  readonly removed: number;
  /** How many of them have refresh tokens that Cognito still accepts: without `masterKey` they cannot be read, so not revoked. */
  readonly notRevoked: number;
}

/** The user's sessions that have not ended. */
export async function listSessions(
  { options }: SessionParts,
  { sub, sidHash }: SessionKey,
): Promise<readonly SessionSummary[]> {
  const rows = await asked(options, options.store.list(sub));
  const now = options.now();
  return rows
    .filter((row) => !isOver(row, { now, idleMs: options.idleMs }))
    .map((row) => ({
      id: row.sidHash,
      createdAt: new Date(row.createdAt),
      lastSeenAt: new Date(row.lastSeenAt),
      userAgent: row.userAgent,
      isCurrent: isEqualInConstantTime(row.sidHash, sidHash),
    }));
}

/** Removes one session of the user. */
export async function endSessionOf(parts: SessionParts, key: SessionKey): Promise<EndedSessions> {
  const row = isSecretHash(key.sidHash) ? await readRow(parts.options, key) : null;
  return row === null ? { removed: 0, notRevoked: 0 } : endRows(parts, [row]);
}

/** Removes all sessions of the user. */
export async function endAllSessionsOf(parts: SessionParts, sub: string): Promise<EndedSessions> {
  return endRows(parts, await asked(parts.options, parts.options.store.list(sub)));
}

/** Each row is removed and revoked, even if another one cannot be; then the failure is reported. */
async function endRows(parts: SessionParts, rows: readonly SessionRow[]): Promise<EndedSessions> {
  const ended = await Promise.allSettled(rows.map((row) => endRow(parts, row)));
  const failed = ended.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const isRevoked = ended.map((result) => result.status === 'fulfilled' && result.value);
  return { removed: rows.length, notRevoked: isRevoked.filter((is) => !is).length };
}

/** Resolves with whether its refresh tokens are revoked. */
async function endRow(parts: SessionParts, seen: SessionRow): Promise<boolean> {
  const row = await removeRow(parts.options, seen);
  if (row.refreshToken === null) return true;
  const tokens = await revocableTokensOf(row, await parts.masterKeys());
  return tokens !== null && parts.revoke(tokens);
}
