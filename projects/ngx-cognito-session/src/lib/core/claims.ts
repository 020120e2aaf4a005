import { SessionError } from '../errors/session-error';
import { readJwt } from './jwt-parts';

/** Claims that access and ID tokens of a user pool share; names as Cognito writes them. Times are Unix seconds. */
export interface CognitoClaims {
  /** The user's id in the pool; the same in the access and the ID token. */
  readonly sub: string;
  /** The issuer: a URL that ends with the user pool's id. Its host has two forms, and emulators have their own. */
  readonly iss: string;
  /** When the token expires, Unix seconds by the server's clock. */
  readonly exp: number;
  /** When the token was issued, Unix seconds by the server's clock; a refresh changes it. */
  readonly iat: number;
  /** Which token this is. */
  readonly token_use: 'access' | 'id';
  /** When the user signed in, Unix seconds by the server's clock; a refresh keeps it. */
  readonly auth_time?: number;
  /** Identifies this token; present if the app client has token revocation. */
  readonly jti?: string;
  /** Identifies the sign-in; present if the app client has token revocation. */
  readonly origin_jti?: string;
  /** Id that Cognito gave the authentication event. */
  readonly event_id?: string;
  /** The user's groups; absent if there are none. */
  readonly 'cognito:groups'?: readonly string[];
  /** Other claims, of Cognito or of a pre-token-generation trigger. Their types are not checked. */
  readonly [claim: string]: unknown;
}

/** Claims of an access token: what the user may do, and in which app client. */
export interface AccessTokenClaims extends CognitoClaims {
  /** Always `access`: `setTokens` rejects other tokens. */
  readonly token_use: 'access';
  /** The app client that the token was issued for: `clientId` of the configuration. */
  readonly client_id: string;
  /** Scopes, separated by spaces. */
  readonly scope?: string;
  /** The name in the user pool, as in `cognito:username` of the ID token. */
  readonly username?: string;
  /** The device that the refresh token is bound to; present if the pool remembers devices. */
  readonly device_key?: string;
  /** Only with resource binding; app clients are in `client_id`. */
  readonly aud?: string | readonly string[];
}

/** Claims of an ID token: who the user is. Custom attributes are named `custom:…`. */
export interface IdTokenClaims extends CognitoClaims {
  /** Always `id`: `setTokens` rejects other tokens. */
  readonly token_use: 'id';
  /** The app client that the token was issued for: `clientId` of the configuration. */
  readonly aud: string;
  /** The name in the user pool; the first source of `SessionUser.username`. */
  readonly 'cognito:username'?: string;
  /** The address; `email_verified` shows whether the pool has verified it. */
  readonly email?: string;
  /** A string in pools that map attributes from a provider. */
  readonly email_verified?: boolean | string;
}

/** The app client and pool that the tokens must be issued for. */
export interface ExpectedIssuance {
  readonly clientId: string;
  readonly userPoolId?: string | undefined;
}

/** Claims of an access token of this app client. Throws `invalidToken`; does not check the signature. */
export function readAccessClaims(token: string, expected: ExpectedIssuance): AccessTokenClaims {
  const payload = readCommonClaims(token, 'access', expected);
  if (payload['client_id'] !== expected.clientId)
    throw invalid('The access token was issued for another app client.');
  return payload as unknown as AccessTokenClaims;
}

/** Claims of an ID token of this app client. Throws `invalidToken`; does not check the signature. */
export function readIdClaims(token: string, expected: ExpectedIssuance): IdTokenClaims {
  const payload = readCommonClaims(token, 'id', expected);
  if (payload['aud'] !== expected.clientId) throw invalid('The ID token was issued for another app client.');
  return payload as unknown as IdTokenClaims;
}

function readCommonClaims(
  token: string,
  use: CognitoClaims['token_use'],
  expected: ExpectedIssuance,
): Readonly<Record<string, unknown>> {
  const { payload } = readJwt(token);
  if (payload['token_use'] !== use) throw invalid(`Expected an ${use} token by its token_use claim.`);
  if (typeof payload['sub'] !== 'string' || payload['sub'] === '')
    throw invalid('The token has no sub claim.');
  if (!isTime(payload['exp'])) throw invalid('The token has no usable exp claim.');
  if (!isTime(payload['iat']) || payload['iat'] >= payload['exp'])
    throw invalid('The token has no usable iat claim.');
  const authTime = payload['auth_time'] ?? null;
  if (authTime !== null && !isTime(authTime)) throw invalid('The token has no usable auth_time claim.');
  if (typeof payload['iss'] !== 'string') throw invalid('The token has no iss claim.');
  // Two issuer forms exist, and emulators have their own host: only the pool id at the end identifies the pool.
  if (expected.userPoolId !== undefined && !payload['iss'].endsWith(`/${expected.userPoolId}`))
    throw invalid('The token was issued by another user pool.');
  return Object.freeze(payload);
}

/** The end of the year 9999. Later times, and NaN, are mistakes, and calculations with them leave the range of `Date`. */
const LAST_SECOND = 253_402_300_799;

/** Whether it is a time in Unix seconds. Pure. */
export function isTime(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= LAST_SECOND;
}

/** Whether it is a time in epoch ms. Pure. */
export function isTimeMs(value: unknown): boolean {
  return value === 0 || (typeof value === 'number' && isTime(value / 1000));
}

/** Whether it is the difference of two clocks, in seconds. Pure. */
export function isClockDrift(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LAST_SECOND;
}

function invalid(message: string): SessionError {
  return new SessionError('invalidToken', message);
}
