import { normalizeTokenInput, type TokenInput } from '../../../ngx-cognito-session/src/lib/core/token-input';
import type { TokenSet } from '../../../ngx-cognito-session/src/lib/core/token-set';
import { sessionCookie } from '../cookies/session-cookie';
import { newSessionSecret, toCookieValue } from '../crypto/session-secret';
import { InvalidTokensError } from '../errors/server-session-error';
import { SECOND_MS, USER_AGENT_LENGTH } from '../model/numbers';
import type { SessionRow } from '../model/session-row';
import { tokenTimes } from '../model/token-times';
import { secretOfRequest } from './find-session';
import { asked, readRow, removeRow } from './guarded-store';
import { revocableTokensOf } from './open-session';
import { createHandle, type SessionHandle } from './server-session';
import { renewalContextOf, sealsOf, type SessionParts } from './session-parts';

const DAY_MS = 86_400 * SECOND_MS;

/** A new session and the `Set-Cookie` value that gives it to the browser. */
export interface SignedIn {
  readonly handle: SessionHandle;
  readonly setCookie: string;
}

/**
 * Begins a session with tokens that are checked first. It always gets a new secret, so that a cookie which an attacker has
 * planted is worth nothing; the session that the request brought along ends. If it rejects, no session has begun, and no token is
 * revoked.
 */
export async function signIn(parts: SessionParts, input: TokenInput, request?: Request): Promise<SignedIn> {
  const tokens = await parts.verify(rawTokensOf(input));
  const { options } = parts;
  const { sub } = tokens.accessClaims;
  const secret = await newSessionSecret(sub);
  const context = await renewalContextOf(parts, secret);
  const row: SessionRow = {
    ...context.key,
    ...(await context.seals.seal(tokens)),
    ...tokenTimes(tokens, { bufferMs: options.bufferMs, random: Math.random() }),
    ...beginning(parts, tokens),
    version: 1,
    spare: null,
    attempt: null,
    backoff: null,
    userAgent: request?.headers.get('user-agent')?.slice(0, USER_AGENT_LENGTH) ?? null,
  };
  try {
    const replaced = await asked(options, options.store.create(row));
    const ended = request === undefined ? null : await endPrevious(parts, { request, replaced, tokens });
    // A write that the store repeats replaces itself.
    if (replaced !== null && ![row.sidHash, ended].includes(replaced.sidHash))
      await revokeReplaced(parts, replaced, tokens);
  } catch (error) {
    // No cookie opens the row. The tokens are still the caller's.
    await asked(options, options.store.delete(row, {})).catch(() => undefined);
    throw error;
  }
  const handle = createHandle(context, parts.renewals, { row, tokens });
  return { handle, setCookie: sessionCookie(toCookieValue(secret), row.endsAt - options.now(), options) };
}

function rawTokensOf(input: TokenInput) {
  let normalized;
  try {
    normalized = normalizeTokenInput(input);
  } catch (cause) {
    throw new InvalidTokensError('The input holds no tokens.', { cause });
  }
  if (normalized.kind === 'refreshTokenOnly')
    throw new InvalidTokensError('The input holds no access token.');
  return normalized.raw;
}

/** No refresh moves the deadline: Cognito counts it from the sign-in as well. */
function beginning({ options }: SessionParts, { accessClaims, refreshToken, idClaims }: TokenSet) {
  const now = options.now();
  const signedInAt = (accessClaims.auth_time ?? accessClaims.iat) * SECOND_MS;
  const lastsMs = options.refreshTokenValidityDays * DAY_MS;
  const expiresAt = Math.min(accessClaims.exp, idClaims?.exp ?? Infinity) * SECOND_MS;
  const endsAt = refreshToken === undefined ? expiresAt : signedInAt + lastsMs;
  if (endsAt <= now)
    throw new InvalidTokensError('The sign-in is longer ago than refreshTokenValidityDays allows.');
  return { createdAt: now, updatedAt: now, lastSeenAt: now, endsAt };
}

/** A store with one session per user has replaced the row of another device. Only the master key opens its refresh tokens. */
async function revokeReplaced(parts: SessionParts, replaced: SessionRow, tokens: TokenSet): Promise<void> {
  const readable = await revocableTokensOf(replaced, await parts.masterKeys());
  if (readable === null)
    parts.options.logger.warn('The refresh token of a replaced session was not revoked: it cannot be read.');
  else await parts.revoke(readable.filter((token) => token !== tokens.refreshToken));
}

/**
 * Ends the session of the cookie that came with the sign-in, and gives its `sidHash`. Tokens that the new session continues with
 * are not revoked.
 */
async function endPrevious(
  parts: SessionParts,
  {
    request,
    replaced,
    tokens,
  }: { readonly request: Request; readonly replaced: SessionRow | null; readonly tokens: TokenSet },
): Promise<string | null> {
  const { options } = parts;
  const secret = await secretOfRequest(options, request);
  if (secret === null) return null;
  const isReplaced = replaced?.sidHash === secret.sidHash;
  const row = isReplaced ? replaced : await readRow(options, secret);
  if (row === null) return null;
  const seals = await sealsOf(parts, secret);
  const previous = await seals.open(row);
  const removed = isReplaced ? row : await removeRow(options, row);
  const origin = previous?.tokens.accessClaims.origin_jti;
  const isContinued =
    previous?.tokens.refreshToken === tokens.refreshToken ||
    (origin !== undefined && origin === tokens.accessClaims.origin_jti);
  if (!isContinued) await parts.revoke(await seals.refreshTokensOf(removed));
  return row.sidHash;
}
