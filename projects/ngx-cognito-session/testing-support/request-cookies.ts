import type { AuthTokens } from '../src/lib/core/token-set';
import { cookiesFor, headName } from '../src/lib/storage/cookie-value';
import { serializeSession } from '../src/lib/storage/stored-session';

export interface RequestSession {
  readonly region: string;
  readonly clientId: string;
  readonly tokens: Pick<AuthTokens, 'accessToken' | 'idToken' | 'refreshToken'>;
  readonly clockDrift?: number;
  readonly sid?: string;
}

const PREFIX = 'cognito-session.';
const ROOM = 3900;

/** The cookies of a browser in which somebody has signed in, as the `Cookie` header of a request carries them. */
export function requestCookies({ tokens, clockDrift = 0, ...session }: RequestSession): string {
  const { region, clientId, sid = 'sid-1' } = session;
  const value = serializeSession({ sid, gen: 1, tokens: { ...tokens, expiresAt: 0, clockDrift } });
  return requestCookie({ region, clientId, sid }, value);
}

/** The same with any value, however odd. */
export function requestCookie(key: { region: string; clientId: string; sid: string }, value: string): string {
  return cookiesFor(headName(PREFIX, `${key.region}/${key.clientId}/${key.sid}`), '1-abc', value, ROOM)
    .map((cookie) => `${cookie.name}=${cookie.value}`)
    .join('; ');
}
