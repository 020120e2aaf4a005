import type { AccessTokenClaims, IdTokenClaims } from './claims';
import { expiresAtMs, type TokenSet } from './token-set';
import { toSessionUser, type SessionUser } from './session-user';

/** One user's signed-in life in this app. No raw token anywhere in it: safe to log, to bind, to serialise. */
export interface Session {
  /** The signed-in user, from the claims of both tokens. */
  readonly user: SessionUser;
  /** `cognito:groups` of the access token, else of the ID token. */
  readonly groups: readonly string[];
  /** `scope` of the access token, one by one; empty if it has none. */
  readonly scopes: readonly string[];
  /** Claims of the current access token; a refresh brings new ones. They are for display: an API verifies the token. */
  readonly accessClaims: Readonly<AccessTokenClaims>;
  /** `null` if the session has no ID token. */
  readonly idClaims: Readonly<IdTokenClaims> | null;
  /** When the access token was issued, in server time. */
  readonly issuedAt: Date;
  /** The earlier of the tokens' expiries, in server time. */
  readonly expiresAt: Date;
  /** `auth_time` of the access token (`iat` if it has none), in server time. A refresh does not change `auth_time`. */
  readonly signedInAt: Date;
  /**
   * When the refresh token ends, in server time: `signedInAt` plus `refreshTokenValidityDays`. `null` without that option or without a refresh token. A refresh does not change it.
   */
  readonly endsAt: Date | null;
  /** How far the server's clock is ahead of the device's, seconds; negative if it is behind. */
  readonly clockDrift: number;
  /** Whether the tokens are unexpired at a given server time; by default now. */
  isValid(at?: Date): boolean;
  /** Whether `groups` contains this name, case-sensitive. */
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
/** `Date` can show no later moment. */
const LAST_DATE_MS = 8.64e15;

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
        : new Date(Math.min(signedInAt + refreshTokenValidityDays * DAY_MS, LAST_DATE_MS)),
    clockDrift: driftMs / 1000,
    isValid: (at?: Date) => (at?.getTime() ?? serverNowMs()) < expiresAt,
    hasGroup: (group: string) => groups.includes(group),
  });
}

/** A trigger of the pool may set claims to values of any type. */
function texts(claim: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(claim) ? claim : [];
  return Object.freeze(list.filter((entry): entry is string => typeof entry === 'string' && entry !== ''));
}
