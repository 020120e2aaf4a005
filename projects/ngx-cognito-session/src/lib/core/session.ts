import type { AccessTokenClaims, IdTokenClaims } from './claims';
import { expiresAtMs, type TokenSet } from './token-set';
import { toSessionUser, type SessionUser } from './session-user';

/** One user's signed-in life in this app. No raw token anywhere in it: safe to log, to bind, to serialise. */
export interface Session {
  readonly user: SessionUser;
  /** `cognito:groups` of the access token, else of the ID token. */
  readonly groups: readonly string[];
  /** Of the access token. */
  readonly scopes: readonly string[];
  readonly accessClaims: Readonly<AccessTokenClaims>;
  /** `null` if the session has no ID token. */
  readonly idClaims: Readonly<IdTokenClaims> | null;
  /** When the access token was issued, in server time. */
  readonly issuedAt: Date;
  /** The earlier of the tokens' expiries, in server time. */
  readonly expiresAt: Date;
  /** `auth_time`, in server time. Renewals do not move it. */
  readonly signedInAt: Date;
  /** When the refresh token ends, if `refreshTokenValidityDays` is configured. Renewals do not move it. */
  readonly endsAt: Date | null;
  /** Seconds, server minus device. */
  readonly clockDrift: number;
  /** Whether the tokens are unexpired at a moment of server time; by default now. */
  isValid(at?: Date): boolean;
  hasGroup(group: string): boolean;
}

export interface SessionFacts {
  readonly tokens: TokenSet;
  readonly driftMs: number;
  readonly refreshTokenValidityDays: number | undefined;
  /** Server time, ms, whenever it is asked. */
  readonly serverNowMs: () => number;
}

const DAY_MS = 86_400_000;

export function createSession({
  tokens,
  driftMs,
  refreshTokenValidityDays,
  serverNowMs,
}: SessionFacts): Session {
  const { accessClaims, idClaims } = tokens;
  const groups = texts(accessClaims['cognito:groups'] ?? idClaims?.['cognito:groups']);
  const expiresAt = expiresAtMs(tokens);
  const signedInAt = (accessClaims.auth_time ?? accessClaims.iat) * 1000;
  return Object.freeze({
    user: toSessionUser(accessClaims, idClaims),
    groups,
    scopes: texts(typeof accessClaims.scope === 'string' ? accessClaims.scope.split(' ') : []),
    accessClaims,
    idClaims,
    issuedAt: new Date(accessClaims.iat * 1000),
    expiresAt: new Date(expiresAt),
    signedInAt: new Date(signedInAt),
    endsAt:
      refreshTokenValidityDays === undefined || tokens.refreshToken === undefined
        ? null
        : new Date(signedInAt + refreshTokenValidityDays * DAY_MS),
    clockDrift: driftMs / 1000,
    isValid: (at?: Date) => (at?.getTime() ?? serverNowMs()) < expiresAt,
    hasGroup: (group: string) => groups.includes(group),
  });
}

/** Claims come from a trigger of the pool as likely as from Cognito: nothing is sure to be what it should be. */
function texts(claim: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(claim) ? claim : [];
  return Object.freeze(list.filter((entry): entry is string => typeof entry === 'string' && entry !== ''));
}
