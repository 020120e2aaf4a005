import type { AccessTokenClaims } from './claims';

/** Tabs ignore longer ones. */
const MAX_ID_LENGTH = 128;

/**
 * Names a sign-in: a refresh keeps it, and another sign-in has another one. Pools without token revocation have only the time at
 * which the user signed in. Pure.
 */
export function signInOf({ accessClaims }: { readonly accessClaims: AccessTokenClaims }): string {
  const { sub, origin_jti: origin, auth_time: at } = accessClaims;
  return (typeof origin === 'string' ? origin : `${sub} ${String(at)}`).slice(0, MAX_ID_LENGTH);
}
