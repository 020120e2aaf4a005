import type { ActiveSession } from '../core/active-session';
import { readJwt } from '../core/jwt-parts';
import { driftByIssuedAt } from '../core/session-time';
import type { ExpectedIssuance } from '../core/claims';
import { mergeRenewedTokens } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import type { RefreshAnswer } from './refresh-call';
import type { SessionParts } from './session-factory';

/** A good answer of Cognito. */
export interface GoodAnswer {
  readonly active: ActiveSession;
  /** Whether Cognito has issued a new refresh token. */
  readonly rotated: boolean;
}

/**
 * The next generation of a session, from an answer of Cognito. Throws `invalidResponse` for tokens that are of another
 * user, not newer than those held, expired, or due again immediately: a cache or a server in between gave them.
 */
export function readAnswer(
  held: ActiveSession,
  sent: string,
  { raw, asked, received }: RefreshAnswer,
  expected: ExpectedIssuance,
  create: (parts: SessionParts) => ActiveSession,
): GoodAnswer {
  const tokens = mergeRenewedTokens({ ...held.tokens, refreshToken: sent }, raw, expected);
  const { accessToken, accessClaims } = held.tokens;
  if (tokens.accessToken === accessToken || tokens.accessClaims.iat < accessClaims.iat)
    throw new SessionError('invalidResponse', 'The new tokens are not newer than the current ones.');
  const driftMs = driftByIssuedAt(tokens.accessClaims.iat, asked, received);
  const { sid, gen, since } = held;
  const active = create({ sid, gen: gen + 1, since, tokens, driftMs, isFresh: true });
  if (active.serverNowMs() >= active.renewalDueAtMs)
    throw new SessionError('invalidResponse', 'The new tokens are due immediately.');
  return { active, rotated: raw.refreshToken !== undefined };
}

/** Whether the tokens are of another user: then their refresh token is not for this session either. */
export function isForeign({ tokens }: ActiveSession, { raw }: RefreshAnswer): boolean {
  try {
    return readJwt(raw.accessToken).payload['sub'] !== tokens.accessClaims.sub;
  } catch {
    return false;
  }
}
