import type { AuthTokens, Session } from 'ngx-cognito-session';
import { START_MS } from './manual-time';
import { refreshTokenFor } from './test-refresh-token';
import { toAccessClaims, toIdClaims, type NamedClaims, type TestClaims } from './test-claims';
import { unsignedJwt } from './unsigned-jwt';
import { withoutUndefined } from './without-undefined';

/** The app client of tests without one of their own. */
export const TEST_CLIENT_ID = 'test-client';

const LIFETIME_SECONDS = 3600;

const STANDARD = {
  emailVerified: true,
  scopes: ['aws.cognito.signin.user.admin'],
  clientId: TEST_CLIENT_ID,
} satisfies TestClaims;

/**
 * Tokens as Cognito issues them, except for the signature, which no browser code may trust. Pure: the same claims give the
 * same tokens. They are valid for an hour from the start time of `provideSessionTesting`. Later in such a test use
 * `SessionTestingController.createTokens`.
 *
 * ```ts
 * const tokens = createTestTokens({ username: 'alice', groups: ['admin'] });
 * TestBed.inject(SessionService).setTokens(tokens);
 * ```
 */
export function createTestTokens(claims: TestClaims = {}): AuthTokens {
  return issueTokens(claims, START_MS / 1000);
}

/** Tokens of a sign-in at this time, Unix seconds, or early enough before it if they are to be expired. Pure. */
export function issueTokens(claims: TestClaims, now: number): AuthTokens {
  const said = withoutUndefined(claims);
  const { username = 'test-user', userPoolId = testPoolIn('eu-west-1') } = said;
  const { sub = `${username}-sub` } = said;
  const { iat = said.exp !== undefined && said.exp <= now ? said.exp - LIFETIME_SECONDS : now } = said;
  const { exp = iat + LIFETIME_SECONDS } = said;
  const { refreshToken = refreshTokenFor({ ...said, iat, exp }) } = said;
  const email = `${username}@example.com`;
  return tokensOf(
    { access: { origin_jti: `sign-in-of-${sub}` }, id: { origin_jti: `sign-in-of-${sub}` } },
    { ...STANDARD, email, ...said, sub, username, userPoolId, iat, exp, refreshToken },
  );
}

/** The pool of tests without one of their own. */
export function testPoolIn(region: string): string {
  return `${region}_TestPool1`;
}

/** Cognito's answer to a refresh: the same claims with later times and these changes. Pure. */
export function renewedTokens(session: Session, iat: number, changes: TestClaims): AuthTokens {
  const { accessClaims, idClaims } = session;
  const exp = iat + accessClaims.exp - accessClaims.iat;
  const hasIdToken = idClaims !== null && changes.idToken !== false;
  return tokensOf(
    { access: accessClaims, id: idClaims ?? {} },
    { refreshToken: null, exp, iat, ...withoutUndefined(changes), ...(!hasIdToken && { idToken: false }) },
  );
}

interface Base {
  readonly access: NamedClaims;
  readonly id: NamedClaims;
}

function tokensOf(
  base: Base,
  claims: TestClaims & { readonly iat: number; readonly exp: number },
): AuthTokens {
  const { iat, exp, refreshToken = null, idToken } = claims;
  const times = { auth_time: iat, ...only(base.access, 'auth_time'), iat, exp };
  const accessToken = { ...base.access, ...times, token_use: 'access', ...toAccessClaims(claims) };
  const id = { ...base.id, ...times, token_use: 'id', ...toIdClaims(claims) };
  return {
    accessToken: unsignedJwt(accessToken),
    ...(idToken !== false && { idToken: unsignedJwt(id) }),
    ...(refreshToken !== null && { refreshToken }),
    expiresAt: exp,
    clockDrift: 0,
  };
}

function only(claims: NamedClaims, name: string): NamedClaims {
  return name in claims ? { [name]: claims[name] } : {};
}
