import { recordView } from './record-view';
import type { LiveRecord } from './session-record';

const RECORD: LiveRecord = {
  v: 1,
  sid: '0123456789abcdef',
  gen: 4,
  since: 1000,
  tokens: {
    accessToken: 'secret-access',
    idToken: 'secret-id',
    refreshToken: 'secret-refresh',
    deviceKey: 'secret-device',
    expiresAt: 5000,
    clockDrift: 1.5,
  },
  spare: 'secret-spare',
  attempts: [{ id: 'fedcba9876543210', gen: 4, at: 2000, locked: true }],
  backoff: { code: 'throttled', count: 2, until: 3000 },
  refused: 'refreshTokenExpired',
};

const expiryOf = (token: string) => (token === 'secret-access' ? 5000 : null);

describe('what can be shown of a record', () => {
  it('is every field but the tokens, of which length and expiry are known', () => {
    expect(recordView(RECORD, expiryOf)).toEqual({
      status: 'session',
      sid: '01234567',
      gen: 4,
      since: 1000,
      clockDrift: 1.5,
      tokens: {
        accessToken: { length: 13, expiresAt: 5000 },
        idToken: { length: 9, expiresAt: null },
        refreshToken: { length: 14, expiresAt: null },
        spare: { length: 12, expiresAt: null },
      },
      attempts: [{ id: 'fedcba98', gen: 4, at: 2000, locked: true }],
      backoff: { code: 'throttled', count: 2, until: 3000 },
      reason: 'refreshTokenExpired',
    });
  });

  it('holds nothing that another version has added', () => {
    const foreign = {
      ...RECORD,
      more: 'secret',
      attempts: [{ id: 'a', gen: 1, at: 1, locked: false, token: 'secret' }],
      backoff: { code: 'throttled', count: 1, until: 1, token: 'secret' },
    } as unknown as LiveRecord;

    expect(JSON.stringify(recordView(foreign, () => null))).not.toContain('secret');
  });

  it('is of a session that has ended its reason', () => {
    const ended = { v: 1, sid: null, ended: '0123456789abcdef', since: 7, reason: 'rotationLost' } as const;

    expect(recordView(ended, () => null)).toEqual({
      status: 'tombstone',
      sid: '01234567',
      since: 7,
      reason: 'rotationLost',
    });
  });

  it.each(['none', 'future', 'corrupt'] as const)('is no more than %s, if that is what it is', (status) => {
    expect(recordView(status, () => null)).toEqual({ status });
  });
});
