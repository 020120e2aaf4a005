import { accessToken, CLIENT_ID } from '../../../testing-support/test-tokens';
import { heldSession, START_SECONDS } from '../../../testing-support/held-sessions';
import { readTokenSet, type TokenSet } from '../core/token-set';
import { continuationOf } from './continuation';

const HELD = heldSession({ gen: 4 });

function tokens(more: {
  sub?: string;
  laterSeconds?: number;
  refreshToken?: string;
  deviceKey?: string;
}): TokenSet {
  const { sub = 'user-1', laterSeconds = 60, ...raw } = more;
  return readTokenSet(
    { accessToken: accessToken({ sub, iat: START_SECONDS + laterSeconds }), ...raw },
    { clientId: CLIENT_ID },
  );
}

describe('new tokens', () => {
  it('start a session when nobody is signed in', () => {
    expect(continuationOf(null, tokens({ refreshToken: 'refresh-1' }))).toEqual({ type: 'new' });
  });

  it.each([
    ['with a refresh token of their own', { refreshToken: 'refresh-2' }],
    ['with the refresh token held', { refreshToken: 'refresh-1' }],
    ['without a refresh token', {}],
    ['that are older', { laterSeconds: -60 }],
  ])('of another user always start a session: %s', (_, more) => {
    expect(continuationOf(HELD, tokens({ sub: 'user-2', ...more }))).toEqual({ type: 'new' });
  });

  it('that are held already change nothing', () => {
    expect(continuationOf(HELD, tokens({ laterSeconds: 0 }))).toEqual({ type: 'older', active: HELD });
  });

  it.each([
    ['newer', 60],
    ['as old as those held', 0],
  ])('of the same user with another refresh token are a sign-in of its own: %s', (_, laterSeconds) => {
    expect(continuationOf(HELD, tokens({ laterSeconds, refreshToken: 'refresh-2' }))).toEqual({
      type: 'new',
    });
  });

  it.each([
    ['with the refresh token held', { refreshToken: 'refresh-1' }],
    ['without one, as renewals without rotation come', {}],
  ])('of the same user continue the session: %s', (_, more) => {
    const given = tokens(more);

    expect(continuationOf(HELD, given)).toEqual({
      type: 'same',
      sid: 'sid-1',
      gen: 5,
      tokens: { ...given, refreshToken: 'refresh-1' },
    });
  });

  it.each([
    ['with the refresh token held', { refreshToken: 'refresh-1' }],
    ['with another one', { refreshToken: 'refresh-2' }],
    ['without one', {}],
  ])('of the same user that are older change nothing: %s', (_, more) => {
    expect(continuationOf(HELD, tokens({ laterSeconds: -1, ...more }))).toEqual({
      type: 'older',
      active: HELD,
    });
  });

  it.each([
    ['keep the device key held', undefined, 'held'],
    ['bring their own device key', 'own', 'own'],
  ])('that continue a session %s', (_, deviceKey, expected) => {
    const held = { ...HELD, tokens: { ...HELD.tokens, deviceKey: 'held' } };

    const continued = continuationOf(held, tokens({ ...(deviceKey !== undefined && { deviceKey }) }));

    expect(continued).toMatchObject({ type: 'same', tokens: { deviceKey: expected } });
  });

  it('without a refresh token continue a session that has none either', () => {
    expect(continuationOf(heldSession({ refreshToken: null }), tokens({}))).toMatchObject({ type: 'same' });
  });
});
