import type { Session } from '../../../ngx-cognito-session/src/lib/core/session';
import type { AccessTokenClaims, IdTokenClaims } from '../../../ngx-cognito-session/src/lib/core/claims';
import type { SessionUser } from '../../../ngx-cognito-session/src/lib/core/session-user';

/** What a browser learns about its session: claims and times, and no token. It is what `GET session` answers. */
export interface ClientSession {
  /** The signed-in user. */
  readonly user: SessionUser;
  /** `cognito:groups` of the access token, else of the ID token. */
  readonly groups: readonly string[];
  /** `scope` of the access token, one by one. */
  readonly scopes: readonly string[];
  /** Claims of the access token. */
  readonly accessClaims: AccessTokenClaims;
  /** Claims of the ID token; `null` without one. */
  readonly idClaims: IdTokenClaims | null;
  /** When the access token was issued, ISO 8601. */
  readonly issuedAt: string;
  /** The earlier of the tokens' expiries, ISO 8601. The server refreshes them. */
  readonly expiresAt: string;
  /** When the user signed in, ISO 8601. */
  readonly signedInAt: string;
  /** The deadline of the session, ISO 8601; `null` without a refresh token. */
  readonly endsAt: string | null;
}

/**
 * The part of a session that may leave the server.
 *
 * ```ts
 * const requestContext = { session: session && toClientSession(session) };
 * ```
 */
export function toClientSession(session: Session): ClientSession {
  const { user, groups, scopes, accessClaims, idClaims, issuedAt, expiresAt, signedInAt, endsAt } = session;
  return {
    user,
    groups,
    scopes,
    accessClaims,
    idClaims,
    issuedAt: issuedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    signedInAt: signedInAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
  };
}
