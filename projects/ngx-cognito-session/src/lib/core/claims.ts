import { SessionError } from '../errors/session-error';
import { decodeUnverifiedJwt } from './unverified-jwt';

/** Claims that access and ID tokens of a user pool share; names as Cognito writes them. Times are Unix seconds. */
export interface CognitoClaims {
  readonly sub: string;
  readonly iss: string;
  readonly exp: number;
  readonly iat: number;
  readonly token_use: 'access' | 'id';
  readonly auth_time?: number;
  readonly jti?: string;
  /** Names the sign-in; there if the app client has token revocation. */
  readonly origin_jti?: string;
  readonly event_id?: string;
  readonly 'cognito:groups'?: readonly string[];
  readonly [claim: string]: unknown;
}

/** Claims of an access token: what the user may do, and in which app client. */
export interface AccessTokenClaims extends CognitoClaims {
  readonly token_use: 'access';
  readonly client_id: string;
  /** Scopes, separated by spaces. */
  readonly scope?: string;
  readonly username?: string;
  readonly device_key?: string;
  /** Only with resource binding; app clients are in `client_id`. */
  readonly aud?: string | readonly string[];
}

/** Claims of an ID token: who the user is. Custom attributes are named `custom:…`. */
export interface IdTokenClaims extends CognitoClaims {
  readonly token_use: 'id';
  /** The app client. */
  readonly aud: string;
  readonly 'cognito:username'?: string;
  readonly email?: string;
  /** A text in pools that map attributes from a provider. */
  readonly email_verified?: boolean | string;
}

/** Whom the tokens must have been issued for. */
export interface ExpectedIssuance {
  readonly clientId: string;
  readonly userPoolId?: string | undefined;
}

/** Claims of an access token of this app client. Throws `invalidToken`; says nothing about the signature. */
export function readAccessClaims(token: string, expected: ExpectedIssuance): AccessTokenClaims {
  const payload = readCommonClaims(token, 'access', expected);
  if (payload['client_id'] !== expected.clientId)
    throw invalid('The access token was issued for another app client.');
  return payload as unknown as AccessTokenClaims;
}

/** Claims of an ID token of this app client. Throws `invalidToken`; says nothing about the signature. */
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
  const { payload } = decodeUnverifiedJwt(token);
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

/** The last second that a `Date` can show: later ones, NaN among them, would end in timers that never stop. */
const LAST_SECOND = 8.64e12;

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= LAST_SECOND;
}

function invalid(message: string): SessionError {
  return new SessionError('invalidToken', message);
}
