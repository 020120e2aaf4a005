import { SessionError, type Session, type SessionEvent } from 'ngx-cognito-session';
import { describeEvent } from './describe-event';

const origin = 'thisTab';
/** The fields that are read. */
const session = { user: { username: 'alice' }, expiresAt: new Date(2026, 0, 1, 12, 30, 5) } as Session;

describe('describeEvent', () => {
  it.each<[SessionEvent, string]>([
    [{ origin, type: 'tokenRefreshed', session }, 'alice, tokens until 12:30:05'],
    [{ origin, type: 'signedOut' }, ''],
    [
      { origin, type: 'sessionExpired', reason: 'refreshTokenExpired', final: true },
      'refreshTokenExpired, the session is over',
    ],
    [
      { origin, type: 'sessionExpired', reason: 'refreshFailed', final: false },
      'refreshFailed, will be tried again',
    ],
    [{ origin, type: 'sessionEnding', endsAt: new Date(2026, 0, 1, 8, 0, 0) }, 'at 08:00:00'],
    [{ origin, type: 'error', error: new SessionError('throttled', 'Slow down.') }, 'throttled: Slow down.'],
  ])('%#', (event, words) => {
    expect(describeEvent(event)).toBe(words);
  });
});
