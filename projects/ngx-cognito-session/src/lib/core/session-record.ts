import type { SessionErrorCode } from '../errors/session-error-code';
import { isClockDrift, isTime, isTimeMs } from './claims';
import type { ExpiryReason } from './session-event';
import type { AuthTokens } from './token-set';

/** A refresh whose outcome is unknown. */
export interface Attempt {
  /** Random. Its owner holds a Web Lock of this name. */
  readonly id: string;
  /** The generation that it refreshes. */
  readonly gen: number;
  /** When it was claimed: epoch ms, device time. */
  readonly at: number;
  /** Whether its owner holds a Web Lock of its name. Without one, other tabs go by `at`. */
  readonly locked: boolean;
}

/** The wait after a transient failure, shared by all tabs. */
export interface Backoff {
  /** The failure that is waited for. */
  readonly code: SessionErrorCode;
  /** How many transient failures came in a row, this one included. */
  readonly count: number;
  /** No tab calls Cognito before: epoch ms, device time. */
  readonly until: number;
}

/** Why a session ended without `signOut()`, as far as the record says. */
export type EndReason = Exclude<ExpiryReason, 'refreshFailed' | 'userSwitched'>;

/** A session as it is stored. */
export interface StoredSession {
  /** Random per sign-in. */
  readonly sid: string;
  /** Grows by one with each committed refresh. */
  readonly gen: number;
  readonly tokens: AuthTokens;
  /** When the session was signed in: epoch ms, device time. */
  readonly since: number;
}

/** The record of a session that lives. */
export interface LiveRecord extends StoredSession {
  readonly v: 1;
  readonly attempts: readonly Attempt[];
  /** Why Cognito rejected the stored refresh token. */
  readonly refused?: EndReason;
  /** The refresh token of a good answer that arrived second. */
  readonly spare?: string;
  readonly backoff?: Backoff;
}

/** What remains of a session that has ended. Without it, a missing record means that the storage was cleared. */
export interface Tombstone {
  readonly v: 1;
  readonly sid: null;
  /** The `sid` of the session that ended. */
  readonly ended: string;
  /** When it ended: epoch ms, device time. */
  readonly since: number;
  /** Absent after a sign-out. */
  readonly reason?: EndReason;
}

/** The one document that all tabs share. It is the truth about the session. */
export type SessionRecord = LiveRecord | Tombstone;

/** `future`: written by a newer version of the library. `corrupt`: any field of it is damaged. */
export type RecordReading = SessionRecord | 'none' | 'future' | 'corrupt';

/** The copy of the record in a browser storage. `ahead`: written by a page without its database. */
export interface RecordCopy extends StoredSession {
  readonly v: 1;
  readonly spare?: string;
  readonly ahead?: true;
}

type AnyRecord = Record<keyof LiveRecord | keyof Tombstone, unknown>;

const VERSION = 1;

/** Reads a stored record. One damaged field makes all of it `corrupt`. Pure. */
export function readRecord(value: unknown): RecordReading {
  if (value === undefined || value === null) return 'none';
  const record = fieldsOf<AnyRecord>(value);
  const { v, sid } = record;
  if (typeof v === 'number' && v > VERSION) return 'future';
  const isSound =
    v === VERSION &&
    isTimeMs(record.since) &&
    (sid === null
      ? isText(record.ended) && isOptional(record.reason, isText)
      : isText(sid) &&
        isCount(record.gen) &&
        isTokens(record.tokens) &&
        Array.isArray(record.attempts) &&
        record.attempts.every(isAttempt) &&
        isOptional(record.refused, isText) &&
        isOptional(record.spare, isText) &&
        isOptional(record.backoff, isBackoff));
  return isSound ? (value as SessionRecord) : 'corrupt';
}

/** The session of a reading; `null` if there is none, or none of this `sid`. Pure. */
export function liveRecord(reading: RecordReading, sid?: string): LiveRecord | null {
  return typeof reading === 'string' || reading.sid === null || (sid !== undefined && reading.sid !== sid)
    ? null
    : reading;
}

/** What remains after a session. Pure. */
export function tombstone(ended: string, since: number, reason?: EndReason): Tombstone {
  return { v: VERSION, sid: null, ended, since, ...(reason !== undefined && { reason }) };
}

/** The copy of a session. A copy without the refresh token is also without the spare one. Pure. */
export function copyOf({
  sid,
  gen,
  tokens,
  since,
  spare,
}: StoredSession & Pick<LiveRecord, 'spare'>): RecordCopy {
  const isWhole = spare !== undefined && tokens.refreshToken !== undefined;
  return { v: VERSION, sid, gen, tokens, since, ...(isWhole && { spare }) };
}

/** A session, or its copy, as a record. Pure. */
export function recordOf(session: StoredSession & Pick<LiveRecord, 'spare'>): LiveRecord {
  return { ...copyOf(session), attempts: [] };
}

/** Reads a record that was stored as text. Pure. */
export function parseRecord(text: string | null): RecordReading {
  return parsed(text, readRecord);
}

/** Reads a copy as if it were the record, which it is for a page without its database. Pure. */
export function parseCopy(text: string | null): RecordReading {
  return parsed(text, (value) =>
    readRecord(typeof value === 'object' && value !== null ? { attempts: [], ...value } : value),
  );
}

function parsed(text: string | null, read: (value: unknown) => RecordReading): RecordReading {
  if (text === null) return 'none';
  try {
    return read(JSON.parse(text) ?? 'null');
  } catch {
    return 'corrupt';
  }
}

/** Whether a copy was written by a page without its database. Pure. */
export function isAhead(record: LiveRecord): boolean {
  return (record as Partial<RecordCopy>).ahead === true;
}

function isTokens(value: unknown): boolean {
  const tokens = fieldsOf<AuthTokens>(value);
  return (
    isText(tokens.accessToken) &&
    isClockDrift(tokens.clockDrift) &&
    isTime(tokens.expiresAt) &&
    [tokens.idToken, tokens.refreshToken, tokens.deviceKey].every((field) => isOptional(field, isText))
  );
}

function isAttempt(value: unknown): boolean {
  const { id, gen, at, locked } = fieldsOf<Attempt>(value);
  return isText(id) && isCount(gen) && isTimeMs(at) && typeof locked === 'boolean';
}

function isBackoff(value: unknown): boolean {
  const { code, count, until } = fieldsOf<Backoff>(value);
  // How long the wait may be is decided where it is read.
  return isText(code) && isCount(count) && Number.isFinite(until);
}

/** More than a session can count. The next number must be exact, too. */
const LAST_COUNT = 2 ** 32;

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= LAST_COUNT;
}

function fieldsOf<T>(value: unknown): Partial<Record<keyof T, unknown>> {
  return typeof value === 'object' && value !== null ? value : {};
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isOptional(value: unknown, isSound: (value: unknown) => boolean): boolean {
  return value === undefined || isSound(value);
}
