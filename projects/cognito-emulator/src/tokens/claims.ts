import { randomUUID } from 'node:crypto';
import type { PreTokenResponse } from '../config/pre-token-generation';
import type { Client } from '../pool/client';
import type { RefreshTokenRecord } from '../pool/token-records';
import type { User } from '../pool/user';

export type Claims = Record<string, unknown>;

export interface ClaimsInput {
  readonly issuer: string;
  readonly client: Client;
  readonly user: User;
  /** The refresh token handed out with the tokens. */
  readonly refreshToken: RefreshTokenRecord;
  readonly trigger: PreTokenResponse;
  /** Of the authorization request. */
  readonly nonce?: string | undefined;
  readonly now: number;
}

export function accessTokenClaims(input: ClaimsInput): Claims {
  const { client, user, trigger } = input;
  const { family } = input.refreshToken;
  return {
    ...trigger.accessTokenClaims,
    ...commonClaims(input, client.settings.accessTokenSeconds),
    ...(family.deviceKey === null ? {} : { device_key: family.deviceKey }),
    client_id: client.clientId,
    token_use: 'access',
    scope: [family.scope, ...(trigger.scopesToAdd ?? [])].join(' '),
    username: user.username,
    ...(family.isManagedLogin ? { version: 2 } : {}),
  };
}

export function idTokenClaims(input: ClaimsInput): Claims {
  const { client, user, nonce, trigger } = input;
  return {
    ...userAttributeClaims(user.attributes),
    ...trigger.idTokenClaims,
    ...commonClaims(input, client.settings.idTokenSeconds),
    ...(nonce === undefined ? {} : { nonce }),
    aud: client.clientId,
    token_use: 'id',
    'cognito:username': user.username,
  };
}

function commonClaims(
  { issuer, client, user, refreshToken, trigger, now }: ClaimsInput,
  seconds: number,
): Claims {
  const issuedAt = Math.floor(now / 1000);
  const groups = trigger.groups ?? user.groups;
  return {
    sub: user.sub,
    ...(groups.length > 0 ? { 'cognito:groups': [...groups] } : {}),
    iss: issuer,
    ...(client.settings.tokenRevocation ? { origin_jti: refreshToken.originJti, jti: randomUUID() } : {}),
    event_id: refreshToken.family.eventId,
    auth_time: refreshToken.family.authTime,
    iat: issuedAt,
    exp: issuedAt + seconds,
  };
}

/** Attributes are strings; the two verified flags are booleans in the token. */
function userAttributeClaims(attributes: Readonly<Record<string, string>>): Claims {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      name.endsWith('_verified') ? value === 'true' : value,
    ]),
  );
}
