import type { SessionErrorCode, SignedOutReason } from '../errors/session-error-code';
import type { AuthTokens } from './token-set';

/** An attempt to renew whose outcome is unknown. */
export interface OpenAttempt {
  readonly id: string;
  /** The generation it renews. */
  readonly gen: number;
  /** When it was claimed; epoch ms, device time. */
  readonly at: number;
}

/** Why Cognito does not take a refresh token any more. */
export type RefusalReason = Extract<
  SignedOutReason,
  | 'refreshTokenExpired'
  | 'rotationLost'
  | 'userNotFound'
  | 'passwordResetRequired'
  | 'userNotConfirmed'
  | 'sessionEnded'
>;

/** Why a session is over without anybody having signed out. */
export type LedgerEndReason = RefusalReason | 'tokensExpired' | 'storageCleared';

/** The back-off all tabs share after a transient failure. */
export interface LedgerFailure {
  readonly kind: SessionErrorCode;
  /** How many came in a row, this one included. */
  readonly n: number;
  /** Nobody calls Cognito before; epoch ms, device time. */
  readonly until: number;
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
  /** Where the tabs carry the tokens themselves: the name of these, and of the spare ones. */
  readonly tokensId?: string;
  readonly spareId?: string;
  readonly open: readonly OpenAttempt[];
  /** Cognito has called the stored refresh token used or invalid. In a tombstone: why the session ended, unless by a sign-out. */
  readonly spent?: { readonly reason: LedgerEndReason };
  /** A good answer that came too late: its refresh token may be the one that lives. */
  readonly spare?: AuthTokens;
  readonly fail?: LedgerFailure;
  /** When the tokens of the sign-in were issued; epoch ms, server time. One that comes late tells by it whether it counts. */
  readonly begun?: number;
  /** In a tombstone: the session that ended. A write of it that was still on its way must not bring it back. */
  readonly ended?: string;
}

export type LedgerReading =
  | {
      readonly type: 'ledger';
      readonly ledger: SessionLedger;
      /** Word was left that this session has ended; its record could not be changed in time. */
      readonly unfinished?: SessionLedger;
    }
  | { readonly type: 'none' }
  /** Written by a newer version of the library: left alone. */
  | { readonly type: 'future' }
  | { readonly type: 'corrupt' };

const VERSION = 1;

/** Reads what lies in the database; anything odd in it makes all of it corrupt. Pure. */
export function readLedger(value: unknown): LedgerReading {
  if (value === undefined || value === null) return { type: 'none' };
  if (typeof value !== 'object') return { type: 'corrupt' };
  const ledger = value as Fields<SessionLedger>;
  if (typeof ledger.v === 'number' && ledger.v > VERSION) return { type: 'future' };
  const isSound =
    ledger.v === VERSION &&
    (ledger.sid === null || (typeof ledger.sid === 'string' && ledger.sid !== '')) &&
    Number.isSafeInteger(ledger.gen) &&
    isOptional(ledger.tokens, isTokens) &&
    [ledger.refreshToken, ledger.tokensId, ledger.spareId, ledger.ended].every((field) =>
      isOptional(field, isText),
    ) &&
    Array.isArray(ledger.open) &&
    ledger.open.every(isAttempt) &&
    isOptional(ledger.spent, isRefusal) &&
    isOptional(ledger.spare, isTokens) &&
    isOptional(ledger.fail, isFailure) &&
    isOptional(ledger.begun, Number.isFinite);
  return isSound ? { type: 'ledger', ledger: value as SessionLedger } : { type: 'corrupt' };
}

/** Whether a stored value holds tokens that can be read. Pure. */
export function isTokens(value: unknown): value is AuthTokens {
  const tokens = fieldsOf<AuthTokens>(value);
  return (
    isText(tokens.accessToken) &&
    // NaN would make every comparison false and serve a dead token for ever.
    Number.isFinite(tokens.clockDrift) &&
    Number.isFinite(tokens.expiresAt) &&
    [tokens.idToken, tokens.refreshToken, tokens.deviceKey].every((field) => isOptional(field, isText))
  );
}

type Fields<T> = Partial<Record<keyof T, unknown>>;

function fieldsOf<T>(value: unknown): Fields<T> {
  return typeof value === 'object' && value !== null ? value : {};
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isOptional(value: unknown, isSound: (value: unknown) => boolean): boolean {
  return value === undefined || isSound(value);
}

function isAttempt(value: unknown): boolean {
  const { id, gen, at } = fieldsOf<OpenAttempt>(value);
  return isText(id) && Number.isSafeInteger(gen) && Number.isFinite(at);
}

/** What the texts say is for those who show them: a later version may know more of them. */
function isRefusal(value: unknown): boolean {
  return isText(fieldsOf<NonNullable<SessionLedger['spent']>>(value).reason);
}

function isFailure(value: unknown): boolean {
  const { kind, n, until } = fieldsOf<LedgerFailure>(value);
  return isText(kind) && Number.isSafeInteger(n) && Number.isFinite(until);
}
