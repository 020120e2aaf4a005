import { SessionError } from '../errors/session-error';
import {
  readAccessClaims,
  readIdClaims,
  type AccessTokenClaims,
  type ExpectedIssuance,
  type IdTokenClaims,
} from './claims';

/** The tokens of a session as an app may carry them elsewhere. Times are Unix seconds in server time. */
export interface AuthTokens {
  /** The JWT that an API is called with. */
  accessToken: string;
  /** A JWT with the user's attributes; absent if the sign-in returned none, as OAuth does without the scope `openid`. */
  idToken?: string;
  /** Opaque; absent if the session has none, which then ends with its tokens. Never send it to an API. */
  refreshToken?: string;
  /** When the first of the tokens expires. */
  expiresAt: number;
  /** How far the server's clock is ahead of the device's, seconds; negative if it is behind. */
  clockDrift: number;
  /** The device key that belongs to the refresh token, if the pool remembers devices. */
  deviceKey?: string;
}

/** Raw token strings, wherever they came from. */
export interface RawTokens {
  /** A JWT. */
  readonly accessToken: string;
  /** A JWT; `undefined` if the sign-in returned none. */
  readonly idToken?: string | undefined;
  /** Opaque; `undefined` if the session has none. */
  readonly refreshToken?: string | undefined;
  /** The device key that belongs to the refresh token, if the pool remembers devices. */
  readonly deviceKey?: string | undefined;
}

/** Checked tokens of one user with their claims. */
export interface TokenSet extends RawTokens {
  readonly accessClaims: AccessTokenClaims;
  readonly idClaims: IdTokenClaims | null;
}

/** Reads and checks raw tokens. Throws `invalidToken`. */
export function readTokenSet(raw: RawTokens, expected: ExpectedIssuance): TokenSet {
  const accessClaims = readAccessClaims(raw.accessToken, expected);
  const idClaims = raw.idToken === undefined ? null : readIdClaims(raw.idToken, expected);
  if (idClaims !== null && idClaims.sub !== accessClaims.sub)
    throw new SessionError('invalidToken', 'Access token and ID token belong to different users.');
  return {
    accessToken: raw.accessToken,
    idToken: raw.idToken,
    refreshToken: raw.refreshToken,
    deviceKey: raw.deviceKey ?? text(accessClaims.device_key),
    accessClaims,
    idClaims,
  };
}

/** Claims may be of any type: what is not a text would make the stored record unreadable. */
function text(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' ? claim : undefined;
}

/**
 * The set after a refresh: new access and ID token, the new refresh token if the answer carried one (rotation), else
 * the old one. Throws `invalidResponse` for tokens of another user or client.
 */
export function mergeRenewedTokens(held: TokenSet, renewed: RawTokens, expected: ExpectedIssuance): TokenSet {
  const merged = {
    ...renewed,
    refreshToken: renewed.refreshToken ?? held.refreshToken,
    deviceKey: renewed.deviceKey ?? held.deviceKey,
  };
  let tokens: TokenSet;
  try {
    tokens = readTokenSet(merged, expected);
  } catch (cause) {
    throw new SessionError('invalidResponse', 'The refreshed tokens are not usable.', { cause });
  }
  if (tokens.accessClaims.sub !== held.accessClaims.sub)
    throw new SessionError('invalidResponse', 'The refreshed tokens belong to another user.');
  return tokens;
}

/** When the first of the tokens expires, epoch ms in server time. */
export function expiresAtMs(tokens: TokenSet): number {
  return Math.min(tokens.accessClaims.exp, tokens.idClaims?.exp ?? Infinity) * 1000;
}

/** The lifetime the shortest-lived token was issued with, ms. */
export function lifetimeMs(tokens: TokenSet): number {
  const { accessClaims, idClaims } = tokens;
  const idLifetime = idClaims === null ? Infinity : idClaims.exp - idClaims.iat;
  return Math.min(accessClaims.exp - accessClaims.iat, idLifetime) * 1000;
}

export function toAuthTokens(tokens: TokenSet, clockDriftMs: number): AuthTokens {
  return {
    accessToken: tokens.accessToken,
    ...(tokens.idToken !== undefined && { idToken: tokens.idToken }),
    ...(tokens.refreshToken !== undefined && { refreshToken: tokens.refreshToken }),
    ...(tokens.deviceKey !== undefined && { deviceKey: tokens.deviceKey }),
    expiresAt: expiresAtMs(tokens) / 1000,
    clockDrift: clockDriftMs / 1000,
  };
}
