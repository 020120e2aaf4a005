import { droppedOf, keep, replacedSpare, withLate, withTokens, type Step } from './record-step';
import { liveRecord, recordOf, type RecordReading, type StoredSession } from './session-record';

/** Tokens that an app hands over. */
export interface NewSession extends Omit<StoredSession, 'gen'> {
  /** `sub` of the access token. */
  readonly user: string;
  /** `iat` of the access token, seconds. */
  readonly issuedAt: number;
  /** `origin_jti`: the same for all tokens of one sign-in. */
  readonly origin?: unknown;
}

/** What the record says about the user and the age of tokens, which the steps do not decode. */
export interface StoredClaims {
  readonly user: string | undefined;
  readonly issuedAt: number;
  readonly origin?: unknown;
}

/**
 * A sign-in, in one step. Tokens of the same user with the same refresh token, or of the same sign-in, continue the stored
 * session, older ones change nothing, all others begin a session.
 */
export function signInStep(
  reading: RecordReading,
  { user, issuedAt, origin, ...session }: NewSession,
  claimsOf: (tokens: StoredSession['tokens']) => StoredClaims,
  isWanted: boolean,
): Step<StoredSession | 'superseded' | 'future'> {
  if (!isWanted) return keep('superseded');
  if (reading === 'future') return keep('future');
  // An earlier try reached the record although it was reported as failed. Another tab has ended the session since.
  if (typeof reading === 'object' && reading.sid === null && reading.ended === session.sid)
    return keep('superseded');
  const before = liveRecord(reading);
  // The same, and other tabs may have refreshed it.
  if (before?.sid === session.sid) return keep(before);
  const known = before && claimsOf(before.tokens);
  if (before !== null && known?.user === user) {
    const { refreshToken = before.tokens.refreshToken, accessToken } = session.tokens;
    const isKnown = accessToken === before.tokens.accessToken && refreshToken === before.tokens.refreshToken;
    if (isKnown || issuedAt < known.issuedAt) return keep(before);
    if (refreshToken === before.tokens.refreshToken || (origin !== undefined && origin === known.origin)) {
      const { deviceKey = before.tokens.deviceKey } = session.tokens;
      const tokens = {
        ...session.tokens,
        ...(refreshToken !== undefined && { refreshToken }),
        ...(deviceKey !== undefined && { deviceKey }),
      };
      const continued = withTokens(before, { gen: before.gen + 1, tokens });
      // Which of two refresh tokens is the newer one is not known.
      const next = withLate(continued, before.tokens.refreshToken);
      return { next, result: next, dropped: replacedSpare(before, next) };
    }
  }
  const next = recordOf({ ...session, gen: 1 });
  return { next, result: next, dropped: droppedOf(before) };
}
