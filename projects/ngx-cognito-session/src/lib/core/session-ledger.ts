import type { AuthTokens } from './token-set';

/** An attempt to renew whose outcome is unknown. */
export interface OpenAttempt {
  readonly id: string;
  readonly gen: number;
  /** Epoch ms, device time. */
  readonly at: number;
}

/**
 * The record all tabs of an origin share, one per region and client id, in its final form. Every step on it is one
 * atomic read-modify-write.
 */
export interface SessionLedger {
  readonly v: 1;
  /** Random per sign-in; `null` after a sign-out: a tombstone, so that no record at all means it was cleared. */
  readonly sid: string | null;
  /** One more for each committed renewal. */
  readonly gen: number;
  /** With IndexedDB as the app's storage always; else only until the value has been written. */
  readonly tokens?: AuthTokens;
  /** What a storage that others read, such as cookies, must not hold. */
  readonly refreshToken?: string;
  readonly open: readonly OpenAttempt[];
}

export type LedgerReading =
  | { readonly type: 'ledger'; readonly ledger: SessionLedger }
  | { readonly type: 'none' }
  /** Written by a newer version of the library: left alone. */
  | { readonly type: 'future' }
  | { readonly type: 'corrupt' };

const VERSION = 1;

/** Reads what lies in the database; anything odd in it makes all of it corrupt. Pure. */
export function readLedger(value: unknown): LedgerReading {
  if (value === undefined || value === null) return { type: 'none' };
  if (typeof value !== 'object') return { type: 'corrupt' };
  const ledger = value as Partial<Record<keyof SessionLedger, unknown>>;
  if (typeof ledger.v === 'number' && ledger.v > VERSION) return { type: 'future' };
  const isSound =
    ledger.v === VERSION &&
    (ledger.sid === null || (typeof ledger.sid === 'string' && ledger.sid !== '')) &&
    Number.isSafeInteger(ledger.gen) &&
    (ledger.tokens === undefined || isTokens(ledger.tokens)) &&
    (ledger.refreshToken === undefined || typeof ledger.refreshToken === 'string') &&
    Array.isArray(ledger.open);
  return isSound ? { type: 'ledger', ledger: value as SessionLedger } : { type: 'corrupt' };
}

/** Whether a stored value holds tokens that can be read. Pure. */
export function isTokens(value: unknown): value is AuthTokens {
  if (typeof value !== 'object' || value === null) return false;
  const tokens = value as Partial<Record<keyof AuthTokens, unknown>>;
  return (
    typeof tokens.accessToken === 'string' &&
    // NaN would make every comparison false and serve a dead token for ever.
    Number.isFinite(tokens.clockDrift) &&
    Number.isFinite(tokens.expiresAt) &&
    [tokens.idToken, tokens.refreshToken, tokens.deviceKey].every(isOptionalText)
  );
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
