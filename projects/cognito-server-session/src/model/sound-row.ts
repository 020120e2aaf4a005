import type { SessionRow } from './session-row';

/** A row whose members may be anything: other programs can write to the table of a store. */
type UncheckedRow = { readonly [K in keyof SessionRow]: unknown };

const TIMES = [
  'renewalDueAt',
  'tokensExpireAt',
  'createdAt',
  'updatedAt',
  'lastSeenAt',
  'endsAt',
] as const satisfies readonly (keyof SessionRow)[];
const TEXTS_OR_NULL = ['refreshToken', 'spare', 'revocable', 'userAgent'] as const;
/** The last time that a `Date` can hold. */
const MAX_TIME_MS = 8.64e15;
/** Codes of failures become part of errors, so a text of another program must not pass for one. */
const CODE = /^[a-zA-Z]{1,40}$/;

/** Whether each member of a row may have been written by this package. Pure. */
export function isSound(row: UncheckedRow): boolean {
  return (
    isCount(row.version) &&
    typeof row.tokens === 'string' &&
    TIMES.every((field) => isTime(row[field])) &&
    TEXTS_OR_NULL.every((field) => row[field] === null || typeof row[field] === 'string') &&
    (row.attempt === null || isAttempt(row.attempt)) &&
    (row.backoff === null || isBackoff(row.backoff))
  );
}

/** Without its id, no instance could ever claim the next refresh. */
function isAttempt(value: unknown): boolean {
  const { id, at } = membersOf(value);
  return typeof id === 'string' && id !== '' && isTime(at);
}

function isBackoff(value: unknown): boolean {
  const { code, count, until } = membersOf(value);
  return typeof code === 'string' && CODE.test(code) && isCount(count) && isTime(until);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isTime(value: unknown): boolean {
  return Number.isFinite(value) && Math.abs(Number(value)) <= MAX_TIME_MS;
}
