import type { TokenInput } from '../src/lib/core/token-input';
import type { AuthTokens } from '../src/lib/core/token-set';

/** Unsigned tokens with Cognito's claims: for logic that reads tokens and never verifies them. */
export const CLIENT_ID = 'client123';
export const USER_POOL_ID = 'eu-west-1_TestPool1';

export interface TokenSpec {
  readonly sub?: string;
  /** Epoch seconds. */
  readonly iat: number;
  readonly lifetimeSeconds?: number;
  readonly idLifetimeSeconds?: number;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly idClaims?: Readonly<Record<string, unknown>>;
}

export function encodeJwt(payload: Readonly<Record<string, unknown>>): string {
  return [{ alg: 'RS256', kid: 'test' }, payload, 'not a signature'].map(encodePart).join('.');
}

export function accessToken({ sub = 'user-1', iat, lifetimeSeconds = 3600, claims }: TokenSpec): string {
  return encodeJwt({
    sub,
    iss: `https://cognito-idp.eu-west-1.amazonaws.com/${USER_POOL_ID}`,
    client_id: CLIENT_ID,
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    auth_time: iat,
    iat,
    exp: iat + lifetimeSeconds,
    jti: `access-${String(iat)}`,
    origin_jti: 'origin-1',
    username: 'alice',
    ...claims,
  });
}

export function idToken({
  sub = 'user-1',
  iat,
  lifetimeSeconds = 3600,
  idLifetimeSeconds,
  idClaims,
}: TokenSpec): string {
  return encodeJwt({
    sub,
    iss: `https://cognito-idp.eu-west-1.amazonaws.com/${USER_POOL_ID}`,
    aud: CLIENT_ID,
    token_use: 'id',
    'cognito:username': 'alice',
    email: 'alice@example.com',
    auth_time: iat,
    iat,
    exp: iat + (idLifetimeSeconds ?? lifetimeSeconds),
    ...idClaims,
  });
}

/** An `AuthenticationResult` as the SDK gives it. */
export function sdkTokens(spec: TokenSpec, refreshToken: string | undefined = 'refresh-1'): TokenInput {
  return { AccessToken: accessToken(spec), IdToken: idToken(spec), RefreshToken: refreshToken };
}

export function authTokens(spec: TokenSpec, clockDrift = 0): AuthTokens {
  return {
    accessToken: accessToken(spec),
    idToken: idToken(spec),
    refreshToken: 'refresh-1',
    expiresAt: spec.iat + (spec.lifetimeSeconds ?? 3600),
    clockDrift,
  };
}

function encodePart(part: unknown): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}
