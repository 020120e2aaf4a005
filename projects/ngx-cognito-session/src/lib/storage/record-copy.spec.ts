import { firstValueFrom } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { throwSecurityError } from '../../../testing-support/replaced-global';
import {
  isAhead,
  liveRecord,
  recordOf,
  tombstone,
  type RecordReading,
  type StoredSession,
} from '../core/session-record';
import { RecordCopy } from './record-copy';

const KEY = 'client1';
const SESSION: StoredSession = {
  sid: 'sid-1',
  gen: 2,
  since: 1_000_000,
  tokens: {
    accessToken: 'access',
    idToken: 'id',
    refreshToken: 'refresh',
    clockDrift: 1.5,
    expiresAt: 4_600_000,
  },
};
const { refreshToken: _refreshToken, ...WITHOUT_REFRESH_TOKEN } = SESSION.tokens;

describe('the copy of the record', () => {
  function setUp(isWhole = true) {
    const storage = new CountingStorage();
    const copy = new RecordCopy(storage, KEY, isWhole, true);
    return { storage, copy };
  }

  it('is one item, and holds the session with its spare refresh token, and nothing else of the record', () => {
    const { storage, copy } = setUp();
    const record = {
      ...recordOf(SESSION),
      attempts: [{ id: 'id', gen: 2, at: 1, locked: true }],
      refused: 'rotationLost',
      spare: 'spare',
      backoff: { code: 'networkError', count: 1, until: 1 },
    } as const;

    expect(copy.write(record)).toBe(true);

    expect(storage.writes.map(({ key }) => key)).toEqual([KEY]);
    expect(JSON.parse(storage.getItem(KEY) ?? '')).toEqual({ v: 1, ...SESSION, spare: 'spare' });
  });

  it('lacks the refresh tokens in cookies', () => {
    const { storage, copy } = setUp(false);

    copy.write({ ...recordOf(SESSION), spare: 'spare' });

    expect(storage.content).not.toMatch(/refresh|spare/);
    expect(copy.peek()).toEqual(recordOf({ ...SESSION, tokens: WITHOUT_REFRESH_TOKEN }));
  });

  it('is read as if it were the record, at once or later', async () => {
    const { copy } = setUp();
    copy.write(recordOf(SESSION));

    expect(copy.peek()).toEqual(recordOf(SESSION));
    expect(await firstValueFrom(copy.read())).toEqual(recordOf(SESSION));
  });

  it('is marked if a page without its database wrote it, until the record is written', () => {
    const { copy } = setUp();
    const ahead = () => {
      const record = liveRecord(copy.peek());
      return record !== null && isAhead(record);
    };

    copy.write(recordOf(SESSION), true);
    expect(ahead()).toBe(true);
    expect(copy.write(recordOf(SESSION))).toBe(true);

    expect(ahead()).toBe(false);
  });

  it('is written only if it differs', () => {
    const { storage, copy } = setUp();
    copy.write(recordOf(SESSION));

    expect(copy.write(recordOf(SESSION))).toBe(false);
    expect(copy.write({ ...recordOf(SESSION), refused: 'rotationLost' })).toBe(false);
    expect(storage.writes).toHaveLength(1);
    expect(copy.write(recordOf({ ...SESSION, gen: 3 }))).toBe(true);
    expect(storage.writes).toHaveLength(2);
  });

  it.each<readonly [string, RecordReading]>([
    ['has ended', tombstone('sid-1', 1)],
    ['is missing', 'none'],
  ])('is removed, once, if the session of the record %s', (_, reading) => {
    const { storage, copy } = setUp();
    copy.write(recordOf(SESSION));

    expect(copy.write(reading)).toBe(true);
    expect(copy.write(reading)).toBe(false);

    expect(storage.removals).toEqual([KEY]);
    expect(copy.peek()).toBe('none');
  });

  it.each([
    ['not json', 'corrupt'],
    ['null', 'corrupt'],
    ['5', 'corrupt'],
    ['{}', 'corrupt'],
    ['{"v":2}', 'future'],
  ])('that is damaged or newer is not used: %s', async (text, expected) => {
    const { storage, copy } = setUp();
    storage.setItem(KEY, text);

    expect(copy.peek()).toBe(expected);
    expect(await firstValueFrom(copy.read())).toBe(expected);
    // The record is the truth, so the copy is mended.
    expect(copy.write(recordOf(SESSION))).toBe(true);
    expect(copy.peek()).toEqual(recordOf(SESSION));
  });

  it('gives no first state if the storage fails', () => {
    const { storage, copy } = setUp();
    copy.write(recordOf(SESSION));
    storage.getItem = throwSecurityError;

    expect(copy.peek()).toBe('none');
  });

  it('is written although it cannot be read', () => {
    const { storage, copy } = setUp();
    storage.getItem = throwSecurityError;

    expect(copy.write(recordOf(SESSION))).toBe(true);
    expect(storage.writes).toHaveLength(1);
  });

  it.each(['setItem', 'removeItem'] as const)('throws what the storage throws: %s', (method) => {
    const { storage, copy } = setUp();
    if (method === 'removeItem') copy.write(recordOf(SESSION));
    storage[method] = throwSecurityError;

    expect(() => copy.write(method === 'setItem' ? recordOf(SESSION) : 'none')).toThrow(DOMException);
  });

  it('takes a step only when it is subscribed', () => {
    const { storage, copy } = setUp();
    const step$ = copy.update(() => ({ next: recordOf(SESSION), result: null }));
    expect(storage.writes).toEqual([]);

    step$.subscribe();

    expect(storage.writes).toHaveLength(1);
  });
});
