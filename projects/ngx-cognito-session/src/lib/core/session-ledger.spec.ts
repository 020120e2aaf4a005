import { authTokens } from '../../../testing-support/test-tokens';
import { beginStep, endStep } from './ledger-steps';
import { isTokens, readLedger, type LedgerReading, type SessionLedger } from './session-ledger';

const TOKENS = authTokens({ iat: 1_767_614_400 });
const ATTEMPT = { id: 'x', gen: 3, at: 1_767_614_400_000 };
const FAILURE = { kind: 'networkError', n: 1, until: 1_767_614_405_000 };
const EVERYTHING = {
  v: 1,
  sid: 'a',
  gen: 3,
  tokens: TOKENS,
  refreshToken: 'refresh-1',
  open: [ATTEMPT, { ...ATTEMPT, id: 'y' }],
  spent: { reason: 'refreshTokenExpired' },
  spare: TOKENS,
  fail: FAILURE,
  ended: 'b',
};

describe('readLedger', () => {
  it('reads what the steps write', () => {
    const begun = beginStep({ type: 'none' }, { sid: 'a', gen: 1, tokens: TOKENS }).next;
    const reading = readLedger(structuredClone(begun));
    expect(reading).toEqual({ type: 'ledger', ledger: begun });

    const ended = endStep(reading, ['a']).next;
    expect(readLedger(structuredClone(ended))).toEqual({ type: 'ledger', ledger: ended });
  });

  it.each<[string, unknown, LedgerReading['type']]>([
    ['nothing', undefined, 'none'],
    ['null', null, 'none'],
    ['a newer version', { v: 2, whatever: true }, 'future'],
    ['a version between', { ...EVERYTHING, v: 1.5 }, 'future'],
    ['an older version', { ...EVERYTHING, v: 0 }, 'corrupt'],
    ['text', 'x', 'corrupt'],
    ['a number', 1, 'corrupt'],
    ['a list', [], 'corrupt'],
    ['a record with every field', EVERYTHING, 'ledger'],
    ['a record with a field of a later version', { ...EVERYTHING, more: 1 }, 'ledger'],
    ['a record with a reason of a later version', { ...EVERYTHING, spent: { reason: 'new' } }, 'ledger'],
  ])('calls %s what it is', (_, value, type) => {
    expect(readLedger(value).type).toBe(type);
  });

  it.each(['tokens', 'refreshToken', 'spent', 'spare', 'fail', 'ended'])('can do without %s', (field) => {
    const { [field]: _, ...rest } = EVERYTHING as Record<string, unknown>;

    expect(readLedger(rest)).toEqual({ type: 'ledger', ledger: rest });
    expect(readLedger({ ...rest, [field]: undefined }).type).toBe('ledger');
  });

  it.each<[keyof SessionLedger, readonly unknown[]]>([
    ['v', [undefined, null, '1', NaN]],
    ['sid', [undefined, '', 7, {}]],
    ['gen', [undefined, null, '1', 1.5, NaN, Infinity]],
    ['tokens', [null, 'x', {}, { ...TOKENS, accessToken: undefined }]],
    ['refreshToken', [null, 7]],
    ['open', [undefined, null, {}, 'x', [null], ['x'], [{}], [ATTEMPT, {}]]],
    ['spent', [null, 'x', {}, { reason: 7 }]],
    ['spare', [null, 'x', {}, { ...TOKENS, expiresAt: '1' }]],
    ['fail', [null, 'x', {}]],
    ['ended', [null, 7]],
  ])('calls a record with an odd %s corrupt', (field, values) => {
    for (const value of values)
      expect([value, readLedger({ ...EVERYTHING, [field]: value }).type]).toEqual([value, 'corrupt']);
  });

  it.each([
    [{ id: 7 }, { id: undefined }],
    [{ gen: 1.5 }, { gen: '3' }, { gen: undefined }],
    [{ at: NaN }, { at: Infinity }, { at: undefined }, { at: '0' }],
  ])('calls a record with an odd attempt corrupt: %j', (...changes) => {
    for (const change of changes) {
      const open = [{ ...ATTEMPT, ...change }];
      expect([change, readLedger({ ...EVERYTHING, open }).type]).toEqual([change, 'corrupt']);
    }
  });

  it.each([
    [{ kind: 7 }, { kind: undefined }],
    [{ n: 1.5 }, { n: NaN }, { n: undefined }],
    [{ until: NaN }, { until: Infinity }, { until: undefined }, { until: '0' }],
  ])('calls a record with an odd back-off corrupt: %j', (...changes) => {
    for (const change of changes) {
      const fail = { ...FAILURE, ...change };
      expect([change, readLedger({ ...EVERYTHING, fail }).type]).toEqual([change, 'corrupt']);
    }
  });
});

describe('isTokens', () => {
  it.each([
    ['all fields', { ...TOKENS, deviceKey: 'device-1' }],
    ['only what is needed', { accessToken: 'x', expiresAt: 0, clockDrift: 0 }],
  ])('takes %s', (_, tokens) => {
    expect(isTokens(tokens)).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['text', 'x'],
    ['no access token', { ...TOKENS, accessToken: undefined }],
    ['a drift that is NaN, which would serve a dead token for ever', { ...TOKENS, clockDrift: NaN }],
    ['no drift', { ...TOKENS, clockDrift: undefined }],
    ['an expiry that never comes', { ...TOKENS, expiresAt: Infinity }],
    ['an expiry as text', { ...TOKENS, expiresAt: '1' }],
    ['an odd ID token', { ...TOKENS, idToken: null }],
    ['an odd refresh token', { ...TOKENS, refreshToken: 7 }],
    ['an odd device key', { ...TOKENS, deviceKey: {} }],
  ])('refuses %s', (_, value) => {
    expect(isTokens(value)).toBe(false);
  });
});
