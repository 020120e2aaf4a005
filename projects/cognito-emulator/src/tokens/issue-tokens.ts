import { SignJWT } from 'jose';
import type { PreTokenResponse } from '../config/pre-token-generation';
import type { Client } from '../pool/client';
import type { Pool } from '../pool/pool';
import type { RefreshTokenRecord } from '../pool/token-records';
import type { User } from '../pool/user';
import type { AuthenticationResult } from './authentication-result';
import { accessTokenClaims, idTokenClaims, type Claims, type ClaimsInput } from './claims';
import type { TokenUse } from './key-ring';

export interface Grant {
  readonly client: Client;
  readonly user: User;
  /** The refresh token that was submitted; at sign-in the same as `refreshToken`. */
  readonly producedBy: RefreshTokenRecord;
  readonly refreshToken: RefreshTokenRecord;
  readonly trigger: PreTokenResponse;
  readonly nonce?: string | undefined;
}

/** Signs an access and an ID token for a grant that is already committed, and remembers the access token. */
export async function issueTokens(pool: Pool, grant: Grant, now: number): Promise<AuthenticationResult> {
  const { groupRoles } = pool.settings;
  const input: ClaimsInput = { ...grant, groupRoles, issuer: pool.issuer(), now };
  const accessClaims = accessTokenClaims(input);
  const [accessToken, idToken] = await Promise.all([
    sign(pool, 'access', accessClaims),
    sign(pool, 'id', idTokenClaims(input)),
  ]);
  const expiresIn = grant.client.settings.accessTokenSeconds;
  pool.tokens.recordAccessToken({
    token: accessToken,
    idToken,
    family: grant.refreshToken.family,
    producedBy: grant.producedBy,
    issuedWith: grant.refreshToken,
    scopes: String(accessClaims['scope']).split(' '),
    issuedAt: now,
    expiresAt: (Math.floor(now / 1000) + expiresIn) * 1000,
  });
  return { AccessToken: accessToken, ExpiresIn: expiresIn, IdToken: idToken, TokenType: 'Bearer' };
}

async function sign(pool: Pool, use: TokenUse, claims: Claims): Promise<string> {
  const { kid, privateKey } = await pool.keys.signingKey(use);
  return new SignJWT(claims).setProtectedHeader({ kid, alg: 'RS256' }).sign(privateKey);
}
