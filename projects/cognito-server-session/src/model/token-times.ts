import { diesAtMs, renewalDueAtMs } from '../../../ngx-cognito-session/src/lib/core/session-time';
import { expiresAtMs, lifetimeMs, type TokenSet } from '../../../ngx-cognito-session/src/lib/core/token-set';
import { BUFFER_JITTER_SHARE, BUFFER_SHARE } from './numbers';
import type { SessionRow } from './session-row';

/** When the tokens expire, and when a refresh is due. Pure. */
export function tokenTimes(
  tokens: TokenSet,
  { bufferMs, random }: { readonly bufferMs: number; readonly random: number },
): Pick<SessionRow, 'renewalDueAt' | 'tokensExpireAt'> {
  const expiry = expiresAtMs(tokens);
  const lifetime = lifetimeMs(tokens);
  const renewalDueAt = renewalDueAtMs({
    expiresAtMs: expiry,
    lifetimeMs: lifetime,
    bufferMs,
    bufferShare: BUFFER_SHARE,
    jitterShare: BUFFER_JITTER_SHARE,
    random,
  });
  return {
    renewalDueAt: Math.round(renewalDueAt),
    // A token that is handed out needs time to reach the API.
    tokensExpireAt: Math.round(diesAtMs(expiry, lifetime)),
  };
}
