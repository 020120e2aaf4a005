import type { AccessTokenClaims, IdTokenClaims } from './claims';

/** The signed-in user, from the claims of the tokens. */
export interface SessionUser {
  /** `sub` of both tokens. Never changes and is never reused, unlike the name and the address. */
  readonly sub: string;
  /** `cognito:username` of the ID token, else `username` of the access token, else `sub`. */
  readonly username: string;
  /** `email` of the ID token; absent without an ID token, and if that has none. */
  readonly email?: string;
  /** Whether the pool has verified the address: `email_verified` of the ID token; absent if that is. */
  readonly emailVerified?: boolean;
  /** `phone_number` of the ID token; absent if that is. */
  readonly phoneNumber?: string;
  /** The full name: `name` of the ID token; absent if that is. */
  readonly name?: string;
  /** `given_name` of the ID token; absent if that is. */
  readonly givenName?: string;
  /** `family_name` of the ID token; absent if that is. */
  readonly familyName?: string;
  /** `custom:` attributes of the ID token without the prefix; values that are not strings are JSON. Empty without an ID token. */
  readonly customAttributes: Readonly<Record<string, string>>;
}

const CUSTOM_PREFIX = 'custom:';

export function toSessionUser(access: AccessTokenClaims, id: IdTokenClaims | null): SessionUser {
  const verified = id?.email_verified;
  return Object.freeze({
    sub: access.sub,
    username: text(id?.['cognito:username']) ?? text(access.username) ?? access.sub,
    ...named('email', id?.email),
    // Pools that map attributes from a provider write the flag as text.
    ...(verified !== undefined && { emailVerified: verified === true || verified === 'true' }),
    ...named('phoneNumber', id?.['phone_number']),
    ...named('name', id?.['name']),
    ...named('givenName', id?.['given_name']),
    ...named('familyName', id?.['family_name']),
    customAttributes: Object.freeze(customAttributes(id)),
  });
}

/** Whether two users look the same. All of their fields are texts and flags. */
export function isSameUser(a: SessionUser | null, b: SessionUser | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function text(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' ? claim : undefined;
}

function named<K extends string>(key: K, value: unknown): Partial<Record<K, string>> {
  return typeof value === 'string' ? ({ [key]: value } as Record<K, string>) : {};
}

function customAttributes(id: IdTokenClaims | null): Record<string, string> {
  return Object.fromEntries(
    Object.entries(id ?? {})
      .filter(([claim]) => claim.startsWith(CUSTOM_PREFIX))
      .map(([claim, value]) => [
        claim.slice(CUSTOM_PREFIX.length),
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
  );
}
