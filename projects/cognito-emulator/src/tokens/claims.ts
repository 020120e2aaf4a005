import type { GroupRole } from '../config/pool-settings';
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
  /** Of the pool. */
  readonly groupRoles: readonly GroupRole[];
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
    ...(family.resource === null ? {} : { aud: family.resource }),
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
    ...roleClaims(input.groupRoles, groupsOf(input)),
    ...(nonce === undefined ? {} : { nonce }),
    aud: client.clientId,
    token_use: 'id',
    'cognito:username': user.username,
  };
}

function commonClaims(input: ClaimsInput, seconds: number): Claims {
  const { issuer, client, user, refreshToken, now } = input;
  const issuedAt = Math.floor(now / 1000);
  const groups = groupsOf(input);
  return {
    sub: user.sub,
    ...(groups.length > 0 ? { 'cognito:groups': [...groups] } : {}),
    iss: issuer,
    ...(client.settings.tokenRevocation
      ? { origin_jti: refreshToken.originJti, jti: crypto.randomUUID() }
      : {}),
    event_id: refreshToken.family.eventId,
    auth_time: refreshToken.family.authTime,
    iat: issuedAt,
    exp: issuedAt + seconds,
  };
}

function groupsOf({ trigger, user }: ClaimsInput): readonly string[] {
  return trigger.groups ?? user.groups;
}

/** The preferred role is that of the group with the lowest precedence; groups that share it and differ in their role leave none. */
function roleClaims(groupRoles: readonly GroupRole[], groups: readonly string[]): Claims {
  const own = groupRoles.filter(({ group }) => groups.includes(group));
  if (own.length === 0) return {};
  const precedenceOf = ({ precedence = Number.MAX_SAFE_INTEGER }: GroupRole) => precedence;
  const lowest = Math.min(...own.map(precedenceOf));
  const preferred = new Set(
    own.filter((each) => precedenceOf(each) === lowest).map(({ roleArn }) => roleArn),
  );
  return {
    'cognito:roles': [...new Set(own.map(({ roleArn }) => roleArn))],
    ...(preferred.size === 1 ? { 'cognito:preferred_role': [...preferred][0] } : {}),
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
