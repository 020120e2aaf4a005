import { NOW_MS, TOKENS, NEXT_TOKENS, live, attempt } from '../../../testing-support/record-fixtures';
import { signInStep, type NewSession, type StoredClaims } from './sign-in-step';
import { recordOf, tombstone, type Backoff, type LiveRecord, type RecordReading } from './session-record';

const REFUSED = 'refreshTokenExpired';
const BACKOFF: Backoff = { code: 'networkError', count: 1, until: NOW_MS + 5000 };

describe('a sign-in', () => {
  const claims: Readonly<Record<string, StoredClaims>> = {
    [TOKENS.accessToken]: { user: 'user-1', issuedAt: 100 },
    [NEXT_TOKENS.accessToken]: { user: 'user-1', issuedAt: 200 },
  };
  const claimsOf = ({ accessToken }: LiveRecord['tokens']): StoredClaims =>
    claims[accessToken] ?? { user: undefined, issuedAt: 0 };
  const begun: NewSession = { sid: 'b', tokens: NEXT_TOKENS, since: NOW_MS, user: 'user-1', issuedAt: 200 };
  const fresh = recordOf({ sid: 'b', gen: 1, tokens: NEXT_TOKENS, since: NOW_MS });
  const signIn = (reading: RecordReading, more: Partial<NewSession> = {}, isWanted = true) =>
    signInStep(reading, { ...begun, ...more }, claimsOf, isWanted);

  it.each([
    ['there is no record', 'none'],
    ['the record is corrupt', 'corrupt'],
    ['another session has ended', tombstone('a', NOW_MS)],
  ] as const)('begins a session if %s', (_, reading) => {
    const { next, result, dropped = [] } = signIn(reading);

    expect({ next, result, dropped }).toEqual({ next: fresh, result: fresh, dropped: [] });
  });

  it('stores nothing in the record of a newer version', () => {
    expect(signIn('future')).toEqual({ next: null, result: 'future' });
  });

  it.each(['none', 'future', live(), tombstone('b', NOW_MS)] as const)(
    'stores nothing if another command has overtaken it',
    (reading) => {
      expect(signIn(reading, {}, false)).toEqual({ next: null, result: 'superseded' });
    },
  );

  it.each([
    ['of another user', { user: 'user-2' }],
    ['of the same user, with another refresh token', {}],
  ])('%s replaces a session and drops all its tokens', (_, more) => {
    const record = live({ spare: 'refresh-s', refused: REFUSED, backoff: BACKOFF, attempts: [attempt('x')] });

    const { next, result, dropped } = signIn(record, more);

    const { accessToken } = TOKENS;
    expect({ next, result }).toEqual({ next: fresh, result: fresh });
    expect(dropped).toEqual([{ tokens: TOKENS }, { tokens: { accessToken, refreshToken: 'refresh-s' } }]);
  });

  it('begins a session if the stored tokens cannot be decoded', () => {
    const record = live({ tokens: { ...TOKENS, accessToken: 'damaged' } });

    expect(signIn(record).next).toEqual(fresh);
  });

  it.each([
    ['with the stored refresh token', { ...NEXT_TOKENS, refreshToken: 'refresh-3' }],
    ['without a refresh token', { ...NEXT_TOKENS, refreshToken: undefined }],
  ])('of the same user %s continues the session', (_, { refreshToken, ...rest }) => {
    const tokens = refreshToken === undefined ? rest : { ...rest, refreshToken };
    const record = live({ refused: REFUSED, backoff: BACKOFF, attempts: [attempt('x')] });

    const { next, result, dropped = [] } = signIn(record, { tokens });

    const continued = live({
      gen: 4,
      tokens: { ...NEXT_TOKENS, refreshToken: 'refresh-3' },
      attempts: [attempt('x')],
    });
    expect({ next, result, dropped }).toEqual({ next: continued, result: continued, dropped: [] });
  });

  it.each([
    ['keeps the device key', undefined, 'device-1'],
    ['takes a new device key', 'device-2', 'device-2'],
  ])('that continues the session %s', (_, deviceKey, expected) => {
    const record = live({ tokens: { ...TOKENS, deviceKey: 'device-1' } });
    const tokens = {
      ...NEXT_TOKENS,
      refreshToken: 'refresh-3',
      ...(deviceKey !== undefined && { deviceKey }),
    };

    expect(signIn(record, { tokens }).next).toMatchObject({ tokens: { deviceKey: expected } });
  });

  it('with tokens issued in the same second continues the session', () => {
    const tokens = { ...NEXT_TOKENS, refreshToken: 'refresh-3' };

    expect(signIn(live(), { tokens, issuedAt: 100 }).next).toMatchObject({ sid: 'a', gen: 4 });
  });

  it('with older tokens of the same user changes nothing', () => {
    const record = live();

    expect(signIn(record, { issuedAt: 99 })).toEqual({ next: null, result: record });
  });

  it.each([TOKENS, { ...TOKENS, refreshToken: undefined }])(
    'with the stored tokens changes nothing',
    ({ refreshToken, ...rest }) => {
      const record = live();
      const tokens = refreshToken === undefined ? rest : { ...rest, refreshToken };

      expect(signIn(record, { tokens, issuedAt: 100 })).toEqual({ next: null, result: record });
    },
  );

  it('with older tokens of another user replaces the session', () => {
    expect(signIn(live(), { user: 'user-2', issuedAt: 1 }).next).toEqual(fresh);
  });

  describe('that is tried again, because the first try was reported as failed', () => {
    it('changes nothing if the first try has stored it', () => {
      expect(signIn(fresh)).toEqual({ next: null, result: fresh });
    });

    it('does not undo the refresh of another tab', () => {
      const refreshed = { ...fresh, gen: 2, tokens: TOKENS, attempts: [attempt('x', 2)] };

      expect(signIn(refreshed)).toEqual({ next: null, result: refreshed });
    });

    it('does not bring back a session that another tab has signed out', () => {
      expect(signIn(tombstone('b', NOW_MS))).toEqual({ next: null, result: 'superseded' });
    });
  });
});
