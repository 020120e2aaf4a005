import { authTokens } from '../../../testing-support/test-tokens';
import {
  copyOf,
  isAhead,
  liveRecord,
  parseCopy,
  parseRecord,
  readRecord,
  recordOf,
  tombstone,
  type LiveRecord,
  type RecordReading,
} from './session-record';

const NOW_MS = 1_767_614_400_000;
const TOKENS = authTokens({ iat: 1_767_614_400 });
const SESSION = { sid: 'a', gen: 3, tokens: TOKENS, since: NOW_MS };
const ATTEMPT = { id: 'x', gen: 3, at: NOW_MS, locked: true };
const BACKOFF = { code: 'networkError', count: 1, until: NOW_MS + 5000 } as const;
const TOMBSTONE = tombstone('a', NOW_MS, 'refreshTokenExpired');
const EVERYTHING: LiveRecord = {
  v: 1,
  ...SESSION,
  attempts: [ATTEMPT, { ...ATTEMPT, id: 'y', locked: false }],
  refused: 'refreshTokenExpired',
  spare: 'refresh-2',
  backoff: BACKOFF,
};

function kindOf(reading: RecordReading): string {
  if (typeof reading === 'string') return reading;
  return reading.sid === null ? 'tombstone' : 'live';
}

describe('readRecord', () => {
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'none'],
    ['null', null, 'none'],
    ['a newer version', { v: 2, whatever: true }, 'future'],
    ['a version in between', { ...EVERYTHING, v: 1.5 }, 'future'],
    ['an endless version', { ...EVERYTHING, v: Infinity }, 'future'],
    ['an older version', { ...EVERYTHING, v: 0 }, 'corrupt'],
    ['a text', 'x', 'corrupt'],
    ['an empty text', '', 'corrupt'],
    ['a number', 1, 'corrupt'],
    ['a boolean', false, 'corrupt'],
    ['an array', [], 'corrupt'],
    ['an empty object', {}, 'corrupt'],
    ['a record with every field', EVERYTHING, 'live'],
    ['a record without attempts', recordOf(SESSION), 'live'],
    ['a record with a field of a later version', { ...EVERYTHING, more: 1 }, 'live'],
    ['a reason of a later version', { ...EVERYTHING, refused: 'new' }, 'live'],
    ['a tombstone', TOMBSTONE, 'tombstone'],
    ['a tombstone of a sign-out', tombstone('a', NOW_MS), 'tombstone'],
    ['a tombstone with a reason of a later version', { ...TOMBSTONE, reason: 'new' }, 'tombstone'],
  ])('recognizes %s', (_, value, kind) => {
    const reading = readRecord(value);

    expect(kindOf(reading)).toBe(kind);
  });

  it.each([EVERYTHING, TOMBSTONE])('returns what is stored, unchanged', (record) => {
    const reading = readRecord(structuredClone(record));

    expect(reading).toEqual(record);
  });

  it('keeps the fields of a later version, so that a step does not remove them', () => {
    const stored = { ...EVERYTHING, more: { of: 'it' } };

    expect(readRecord(stored)).toEqual(stored);
  });

  it.each(['refused', 'spare', 'backoff'] as const)('does without %s', (field) => {
    const { [field]: _left, ...rest } = EVERYTHING;

    expect(readRecord(rest)).toEqual(rest);
    expect(kindOf(readRecord({ ...rest, [field]: undefined }))).toBe('live');
  });

  it.each<[keyof LiveRecord, readonly unknown[]]>([
    ['v', [undefined, null, '1', NaN, -1, true]],
    ['sid', [undefined, '', 7, {}, []]],
    ['gen', [undefined, null, '1', 1.5, NaN, Infinity, -1, 2 ** 53 - 1]],
    ['tokens', [undefined, null, 'x', {}, []]],
    ['since', [undefined, null, '1', NaN, Infinity, -1, 8.64e15]],
    ['attempts', [undefined, null, {}, 'x', [null], ['x'], [{}], [ATTEMPT, {}]]],
    ['refused', [null, '', 7, {}]],
    ['spare', [null, '', 7, {}]],
    ['backoff', [null, 'x', {}, []]],
  ])('calls a record with a damaged %s corrupt', (field, values) => {
    const readings = values.map((value) => [value, readRecord({ ...EVERYTHING, [field]: value })]);

    expect(readings).toEqual(values.map((value) => [value, 'corrupt']));
  });

  it.each<[string, readonly unknown[]]>([
    ['accessToken', [undefined, null, '', 7]],
    ['expiresAt', [undefined, null, '1', NaN, Infinity, 0, 8.64e12]],
    ['clockDrift', [undefined, null, '1', NaN, -Infinity, 1e300, -1e12]],
    ['idToken', [null, '', 7]],
    ['refreshToken', [null, '', 7]],
    ['deviceKey', [null, '', {}]],
  ])('calls tokens with a damaged %s corrupt', (field, values) => {
    const readings = values.map((value) => {
      const tokens = { ...TOKENS, [field]: value };
      return [value, readRecord({ ...EVERYTHING, tokens })];
    });

    expect(readings).toEqual(values.map((value) => [value, 'corrupt']));
  });

  it.each([
    ['only the required fields', { accessToken: 'x', expiresAt: 1, clockDrift: 0 }],
    ['a negative clock drift', { accessToken: 'x', expiresAt: 1, clockDrift: -30.5 }],
    ['all fields', { ...TOKENS, deviceKey: 'device-1' }],
  ])('accepts tokens with %s', (_, tokens) => {
    expect(kindOf(readRecord({ ...EVERYTHING, tokens }))).toBe('live');
  });

  it.each<[string, readonly unknown[]]>([
    ['id', [undefined, null, '', 7]],
    ['gen', [undefined, null, '3', 1.5, NaN, -1]],
    ['at', [undefined, null, '0', NaN, Infinity, -1, 8.64e15]],
    ['locked', [undefined, null, 1, 'true']],
  ])('calls an attempt with a damaged %s corrupt', (field, values) => {
    const readings = values.map((value) => {
      const attempts = [ATTEMPT, { ...ATTEMPT, [field]: value }];
      return [value, readRecord({ ...EVERYTHING, attempts })];
    });

    expect(readings).toEqual(values.map((value) => [value, 'corrupt']));
  });

  it.each<[string, readonly unknown[]]>([
    ['code', [undefined, null, '', 7]],
    ['count', [undefined, null, '1', 1.5, NaN, -1]],
    ['until', [undefined, null, '0', NaN, Infinity]],
  ])('calls a back-off with a damaged %s corrupt', (field, values) => {
    const readings = values.map((value) => {
      const backoff = { ...BACKOFF, [field]: value };
      return [value, readRecord({ ...EVERYTHING, backoff })];
    });

    expect(readings).toEqual(values.map((value) => [value, 'corrupt']));
  });

  it.each<[string, readonly unknown[]]>([
    ['ended', [undefined, null, '', 7]],
    ['since', [undefined, null, '1', NaN, -Infinity, -1, 1e300]],
    ['reason', [null, '', 7]],
  ])('calls a tombstone with a damaged %s corrupt', (field, values) => {
    const readings = values.map((value) => [value, readRecord({ ...TOMBSTONE, [field]: value })]);

    expect(readings).toEqual(values.map((value) => [value, 'corrupt']));
  });
});

describe('liveRecord', () => {
  it.each(['none', 'future', 'corrupt', TOMBSTONE] as const)('finds no session in %j', (reading) => {
    expect(liveRecord(reading)).toBeNull();
  });

  it('finds the session', () => {
    expect(liveRecord(EVERYTHING)).toBe(EVERYTHING);
  });

  it.each([
    ['the one asked for', 'a', EVERYTHING],
    ['not another one', 'b', null],
    ['not one without a name', '', null],
  ])('finds a session by its sid: %s', (_, sid, found) => {
    expect(liveRecord(EVERYTHING, sid)).toBe(found);
  });
});

describe('tombstone', () => {
  it('has no reason after a sign-out', () => {
    expect(tombstone('a', NOW_MS)).toStrictEqual({ v: 1, sid: null, ended: 'a', since: NOW_MS });
  });

  it('says why the session ended otherwise', () => {
    expect(tombstone('a', NOW_MS, 'rotationLost')).toStrictEqual({
      v: 1,
      sid: null,
      ended: 'a',
      since: NOW_MS,
      reason: 'rotationLost',
    });
  });
});

describe('a copy', () => {
  it('holds the session, and nothing about attempts, refusals and waits', () => {
    expect(copyOf(EVERYTHING)).toStrictEqual({ v: 1, ...SESSION, spare: 'refresh-2' });
  });

  it('holds no spare refresh token if there is none', () => {
    expect(copyOf(SESSION)).toStrictEqual({ v: 1, ...SESSION });
  });

  it('holds no spare refresh token where it must not hold refresh tokens', () => {
    const { refreshToken: _left, ...tokens } = TOKENS;

    expect(copyOf({ ...EVERYTHING, tokens })).toStrictEqual({ v: 1, ...SESSION, tokens });
  });

  it('becomes a record without attempts', () => {
    const ahead = { ...copyOf(EVERYTHING), ahead: true } as const;

    expect(recordOf(ahead)).toStrictEqual({ v: 1, ...SESSION, spare: 'refresh-2', attempts: [] });
  });

  it('is read as it was written', () => {
    const reading = parseCopy(JSON.stringify(copyOf(EVERYTHING)));

    expect(reading).toEqual({ v: 1, ...SESSION, spare: 'refresh-2', attempts: [] });
  });

  it.each<[string, unknown, boolean]>([
    ['true', true, true],
    ['missing', undefined, false],
    ['false', false, false],
    ['a text', 'true', false],
  ])('is ahead of the record only if it says so: %s', (_, ahead, expected) => {
    const reading = liveRecord(parseCopy(JSON.stringify({ ...copyOf(SESSION), ahead })));

    expect(reading && isAhead(reading)).toBe(expected);
  });

  it.each<[string, string | null, string]>([
    ['no text', null, 'none'],
    ['null', 'null', 'corrupt'],
    ['an empty text', '', 'corrupt'],
    ['text that is not JSON', '{', 'corrupt'],
    ['a number', '7', 'corrupt'],
    ['an array', '[]', 'corrupt'],
    ['an empty object', '{}', 'corrupt'],
    ['a newer version', '{"v":2}', 'future'],
    ['a damaged session', JSON.stringify({ ...copyOf(SESSION), gen: '3' }), 'corrupt'],
    ['damaged attempts', JSON.stringify({ ...copyOf(SESSION), attempts: [{}] }), 'corrupt'],
    ['a tombstone', JSON.stringify(TOMBSTONE), 'tombstone'],
  ])('is recognized: %s', (_, text, kind) => {
    expect(kindOf(parseCopy(text))).toBe(kind);
  });
});

describe('parseRecord', () => {
  it.each([EVERYTHING, TOMBSTONE])('reads what was written as text', (record) => {
    expect(parseRecord(JSON.stringify(record))).toEqual(record);
  });

  it.each<[string, string | null, string]>([
    ['no text', null, 'none'],
    ['null', 'null', 'corrupt'],
    ['an empty text', '', 'corrupt'],
    ['text that is not JSON', 'x', 'corrupt'],
    ['a newer version', '{"v":2}', 'future'],
    ['a copy, which has no attempts', JSON.stringify(copyOf(SESSION)), 'corrupt'],
  ])('recognizes %s', (_, text, kind) => {
    expect(kindOf(parseRecord(text))).toBe(kind);
  });
});
