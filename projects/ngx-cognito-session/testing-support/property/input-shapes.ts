import type { TokenInput } from '../../src/public-api';
import { decodeUnverifiedJwt } from '../../src/public-api';
import type { IssuedSet } from './cognito-tables';

export type InputShape = 'sdk' | 'oauth' | 'authTokens' | 'withoutIdToken' | 'bareRefreshToken';

export interface KnownTokens {
  readonly set: IssuedSet;
  /** The refresh token that goes with the set. */
  readonly refreshToken: string | undefined;
}

/** Tokens as the app hands them over. Old ones never in a shape that counts as just issued: that would be the app's lie. */
export function toInput(
  { set, refreshToken }: KnownTokens,
  shape: InputShape,
  isFresh: boolean,
  driftSeconds: number,
): TokenInput {
  const { accessToken, idToken } = set;
  if (shape === 'bareRefreshToken' && refreshToken !== undefined) return { refreshToken };
  if (isFresh && shape === 'sdk')
    return { AccessToken: accessToken, IdToken: idToken, RefreshToken: refreshToken };
  if (isFresh && shape === 'oauth')
    return { access_token: accessToken, id_token: idToken, refresh_token: refreshToken };
  return {
    accessToken,
    ...(shape !== 'withoutIdToken' && { idToken }),
    ...(refreshToken !== undefined && { refreshToken }),
    expiresAt: (decodeUnverifiedJwt(accessToken).expiresAt?.getTime() ?? 0) / 1000,
    clockDrift: driftSeconds,
  };
}
