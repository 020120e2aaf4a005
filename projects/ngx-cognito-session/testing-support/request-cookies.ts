import type { AuthTokens } from '../src/lib/core/token-set';
import { cookiesFor, headName } from '../src/lib/storage/cookie-value';

export interface RequestSession {
  readonly clientId: string;
  readonly tokens: Pick<AuthTokens, 'accessToken' | 'idToken' | 'refreshToken'>;
  readonly clockDrift?: number;
  readonly sid?: string;
}

const PREFIX = '__Host-cognito-session.';
const ROOM = 3900;

/** The cookies of a browser in which a user has signed in, as the `Cookie` header of a request carries them. */
export function requestCookies({ tokens, clockDrift = 0, ...session }: RequestSession): string {
  const { clientId, sid = 'sid-1' } = session;
  const copy = { v: 1, sid, gen: 1, since: 0, tokens: { ...tokens, expiresAt: 1, clockDrift } };
  return requestCookie({ clientId }, JSON.stringify(copy));
}

/** The same with any value, however odd. */
export function requestCookie(key: { clientId: string }, value: string): string {
  return cookiesFor(headName(PREFIX, key.clientId), '1-abc', value, ROOM)
    .map((cookie) => `${cookie.name}=${cookie.value}`)
    .join('; ');
}
