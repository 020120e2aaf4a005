import { firstValueFrom } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { errorOf } from '../../../testing-support/session-app';
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
    const copy = new RecordCopy(storage, KEY, isWhole);
    const write = (reading: RecordReading, ahead?: boolean) => firstValueFrom(copy.write(reading, ahead));
    return { storage, copy, write };
  }

  it('is one item, and holds the session with its spare refresh token, and nothing else of the record', async () => {
    const { storage, write } = setUp();
    const record = {
      ...recordOf(SESSION),
      attempts: [{ id: 'id', gen: 2, at: 1, locked: true }],
      refused: 'rotationLost',
      spare: 'spare',
      backoff: { code: 'networkError', count: 1, until: 1 },
    } as const;

    expect(await write(record)).toBe(true);

    expect(storage.writes.map(({ key }) => key)).toEqual([KEY]);
    expect(JSON.parse(storage.getItem(KEY) ?? '')).toEqual({ v: 1, ...SESSION, spare: 'spare' });
  });

  it('lacks the refresh tokens in cookies', async () => {
    const { storage, write, copy } = setUp(false);

    await write({ ...recordOf(SESSION), spare: 'spare' });

    expect(storage.content).not.toMatch(/refresh|spare/);
    expect(copy.peek()).toEqual(recordOf({ ...SESSION, tokens: WITHOUT_REFRESH_TOKEN }));
  });

  it('is read as if it were the record, at once or later', async () => {
    const { write, copy } = setUp();
    await write(recordOf(SESSION));

    expect(copy.peek()).toEqual(recordOf(SESSION));
    expect(await firstValueFrom(copy.read())).toEqual(recordOf(SESSION));
  });

  it('is marked if a page without its database wrote it, until the record is written', async () => {
    const { write, copy } = setUp();
    const ahead = () => {
      const record = liveRecord(copy.peek());
      return record !== null && isAhead(record);
    };

    await write(recordOf(SESSION), true);
    expect(ahead()).toBe(true);
    expect(await write(recordOf(SESSION))).toBe(true);

    expect(ahead()).toBe(false);
  });

  it('is written only if it differs', async () => {
    const { storage, write } = setUp();
    await write(recordOf(SESSION));

    expect(await write(recordOf(SESSION))).toBe(false);
    expect(await write({ ...recordOf(SESSION), refused: 'rotationLost' })).toBe(false);
    expect(storage.writes).toHaveLength(1);
    expect(await write(recordOf({ ...SESSION, gen: 3 }))).toBe(true);
    expect(storage.writes).toHaveLength(2);
  });

  it.each<readonly [string, RecordReading]>([
    ['has ended', tombstone('sid-1', 1)],
    ['is missing', 'none'],
  ])('is removed, once, if the session of the record %s', async (_, reading) => {
    const { storage, write, copy } = setUp();
    await write(recordOf(SESSION));

    expect(await write(reading)).toBe(true);
    expect(await write(reading)).toBe(false);

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
    const { storage, copy, write } = setUp();
    storage.setItem(KEY, text);

    expect(copy.peek()).toBe(expected);
    expect(await firstValueFrom(copy.read())).toBe(expected);
    // The record is the truth, so the copy is mended.
    expect(await write(recordOf(SESSION))).toBe(true);
    expect(copy.peek()).toEqual(recordOf(SESSION));
  });

  it('gives no first state if the storage answers later, or fails', async () => {
    const { storage, write } = setUp();
    await write(recordOf(SESSION));

    expect(new RecordCopy(new HeldStorage(storage), KEY, true).peek()).toBe('none');
    storage.getItem = throwSecurityError;
    expect(new RecordCopy(storage, KEY, true).peek()).toBe('none');
  });

  it('is written although it cannot be read', async () => {
    const { storage, write } = setUp();
    storage.getItem = throwSecurityError;

    expect(await write(recordOf(SESSION))).toBe(true);
    expect(storage.writes).toHaveLength(1);
  });

  it.each(['setItem', 'removeItem'] as const)('errors with what the storage throws: %s', async (method) => {
    const { storage, copy, write } = setUp();
    if (method === 'removeItem') await write(recordOf(SESSION));
    storage[method] = throwSecurityError;

    const error = await errorOf(copy.write(method === 'setItem' ? recordOf(SESSION) : 'none'));

    expect(error).toMatchObject({ code: 'storageError', cause: { name: 'SecurityError' } });
  });

  it('touches nothing without a subscription', () => {
    const { storage, copy } = setUp();
    const getItem = jest.spyOn(storage, 'getItem');

    copy.read();
    copy.write(recordOf(SESSION));

    expect(getItem).not.toHaveBeenCalled();
    expect(storage.writes).toEqual([]);
  });
});
