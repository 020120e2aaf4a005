import type { ActiveSession } from '../core/active-session';
import type { TokenSet } from '../core/token-set';

/** What new tokens are to the session held. */
export type Continuation =
  /** A sign-in of its own. */
  | { readonly type: 'new' }
  /** What is held, or older: they change nothing. */
  | { readonly type: 'older'; readonly active: ActiveSession }
  /** The next generation of the same session. */
  | { readonly type: 'same'; readonly sid: string; readonly gen: number; readonly tokens: TokenSet };

/**
 * Another user always starts a new session; for the same user the same refresh token continues the old one, and so do
 * tokens that came without a refresh token, as renewals without rotation do. Pure.
 */
export function continuationOf(held: ActiveSession | null, tokens: TokenSet): Continuation {
  if (held?.tokens.accessClaims.sub !== tokens.accessClaims.sub) return { type: 'new' };
  const refreshToken = tokens.refreshToken ?? held.tokens.refreshToken;
  const isKnown = tokens.accessToken === held.tokens.accessToken && refreshToken === held.tokens.refreshToken;
  if (isKnown || tokens.accessClaims.iat < held.tokens.accessClaims.iat)
    return { type: 'older', active: held };
  if (refreshToken !== held.tokens.refreshToken) return { type: 'new' };
  const deviceKey = tokens.deviceKey ?? held.tokens.deviceKey;
  return { type: 'same', sid: held.sid, gen: held.gen + 1, tokens: { ...tokens, refreshToken, deviceKey } };
}
