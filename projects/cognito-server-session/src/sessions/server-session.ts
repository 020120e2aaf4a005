import { createSession, type Session } from '../../../ngx-cognito-session/src/lib/core/session';
import { NoSessionError } from '../errors/server-session-error';
import { UNAUTHORIZED_PAUSE_MS } from '../model/numbers';
import type { OpenSession } from './open-session';
import type { RenewalContext } from './renewal-context';
import type { Renewals } from './renewals';

/** The session of a request. Its tokens are behind functions, so that no serialiser and no logger finds them. */
export interface ServerSession extends Session {
  /** Names the session in `GET sessions` and `DELETE sessions/:id`. It opens nothing. */
  readonly id: string;
  /**
   * A valid access token for a call to an API, refreshed if it is due. Rejects with `NoSessionError` if the session has ended,
   * and with `SessionUnavailableError` if it cannot be refreshed now. The tokens are those of the request: after a sign-out that
   * happens meanwhile it still gives them, revoked, until a refresh is due.
   */
  accessToken(): Promise<string>;
  /** The ID token that belongs to it; `null` if the session has none. Rejects as `accessToken` does. */
  idToken(): Promise<string | null>;
}

/** What the package itself does with a session besides. */
export interface SessionHandle {
  readonly session: ServerSession;
  /** Another access token after an API rejected this one; `null` if there is none, or no reason for one. */
  tokenAfterRefusal(accessToken: string): Promise<string | null>;
}

/** A session with good tokens. */
export function createHandle(
  context: RenewalContext,
  renewals: Renewals,
  opened: OpenSession,
): SessionHandle {
  const { options } = context;
  let current = opened;
  const renew = async (refused: number | null) => {
    const fresh = await renewals.fresh(context, current, refused);
    if (fresh === null) throw new NoSessionError();
    current = fresh;
    return fresh.tokens;
  };
  const session: ServerSession = Object.freeze({
    ...createSession({
      tokens: opened.tokens,
      driftMs: 0,
      refreshTokenValidityDays: options.refreshTokenValidityDays,
      serverNowMs: options.now,
    }),
    id: opened.row.sidHash,
    accessToken: async () => (await renew(null)).accessToken,
    idToken: async () => (await renew(null)).idToken ?? null,
  });
  return {
    session,
    tokenAfterRefusal: async (accessToken) => {
      if (current.tokens.accessToken !== accessToken) return current.tokens.accessToken;
      const ageMs = options.now() - current.tokens.accessClaims.iat * 1000;
      if (ageMs < UNAUTHORIZED_PAUSE_MS) return null;
      const renewed = (await renew(current.row.version)).accessToken;
      return renewed === accessToken ? null : renewed;
    },
  };
}
