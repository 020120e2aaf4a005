import { signInOf } from '../../../ngx-cognito-session/src/lib/core/sign-in-of';
import type { ResolvedOptions } from '../config/resolved-options';
import { cookieOf } from '../cookies/session-cookie';
import { fromCookieValue, type SessionSecret } from '../crypto/session-secret';
import { isOver } from '../model/decide-renewal';
import { LAST_SEEN_INTERVAL_MS } from '../model/numbers';
import type { SessionKey, SessionRow } from '../model/session-row';
import { readRow, removeRow } from './guarded-store';
import type { OpenSession } from './open-session';
import type { RenewalContext } from './renewal-context';
import { codeOf } from './revoke-tokens';
import { createHandle, type SessionHandle } from './server-session';
import { renewalContextOf, type SessionParts } from './session-parts';

/** The secret in the session cookie of a request; `null` without a well-formed cookie. */
export function secretOfRequest(
  { cookieName }: Pick<ResolvedOptions, 'cookieName'>,
  request: Request,
): Promise<SessionSecret | null> {
  const value = cookieOf(request, cookieName);
  return value === undefined ? Promise.resolve(null) : fromCookieValue(value);
}

/** The session of a request with good tokens. Rejects with a `SessionUnavailableError`. */
export async function findSession(parts: SessionParts, request: Request): Promise<SessionHandle | null> {
  const found = await findRow(parts, request);
  if (found === null) return null;
  const { context, row } = found;
  const opened = await openRow(context, row);
  const fresh = opened && (await parts.renewals.fresh(context, opened));
  if (fresh === null) return null;
  await touch(context, fresh.row);
  return createHandle(context, parts.renewals, fresh);
}

/** The session of a request by its name alone, whatever its tokens are. Rejects with a `SessionUnavailableError`. */
export async function findKey(parts: SessionParts, request: Request): Promise<SessionKey | null> {
  const found = await findRow(parts, request);
  if (found === null) return null;
  await touch(found.context, found.row);
  return found.context.key;
}

/** Names the sign-in of a request, whatever its tokens are; `null` without a session. Rejects with a `SessionUnavailableError`. */
export async function findSignIn(parts: SessionParts, request: Request): Promise<string | null> {
  const found = await findRow(parts, request);
  const opened = found && (await openRow(found.context, found.row));
  return opened && signInOf(opened.tokens);
}

interface FoundRow {
  readonly context: RenewalContext;
  readonly row: SessionRow;
}

/** The row of a request, unless the session is over: then it is removed, best effort. */
async function findRow(parts: SessionParts, request: Request): Promise<FoundRow | null> {
  const { options } = parts;
  const secret = await secretOfRequest(options, request);
  const row = secret && (await readRow(options, secret));
  if (secret === null || row === null) return null;
  const context = await renewalContextOf(parts, secret);
  if (!isOver(row, { now: options.now(), idleMs: options.idleMs })) return { context, row };
  await endSession(context).catch((error: unknown) => {
    options.logger.warn('A session that is over was not removed.', { code: codeOf(error) });
  });
  return null;
}

/** A row that its own secret does not open was changed from outside. */
async function openRow(
  { key, options, seals }: RenewalContext,
  row: SessionRow,
): Promise<OpenSession | null> {
  const opened = await seals.open(row);
  if (opened === null) options.logger.error('A session could not be read.', { sub: key.sub });
  return opened;
}

/** Removes the session and revokes its refresh tokens. Resolves with whether there was a session. */
export async function endSession({ key, options, revoke, seals }: RenewalContext): Promise<boolean> {
  const seen = await readRow(options, key);
  if (seen === null) return false;
  // A refresh may have been committed since, so the removed row tells which tokens there were.
  const removed = await removeRow(options, seen);
  const tokens = await Promise.all([seen, removed].map((row) => seals.refreshTokensOf(row)));
  await revoke(tokens.flat());
  return true;
}

/** Notes that the user is active, at most once in five minutes. It never brings a removed session back. */
async function touch({ key, options }: RenewalContext, row: SessionRow): Promise<void> {
  const now = options.now();
  if (now - row.lastSeenAt < LAST_SEEN_INTERVAL_MS) return;
  try {
    await options.store.update(key, { lastSeenAt: row.lastSeenAt }, { lastSeenAt: now });
  } catch (error) {
    options.logger.warn('The last-seen time was not stored.', { code: codeOf(error) });
  }
}
