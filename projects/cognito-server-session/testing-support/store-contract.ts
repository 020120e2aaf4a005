import type { RowChange, SessionRow } from '../src/model/session-row';
import type { RowCondition, SessionStore } from '../src/store/session-store';

/** A row in which every member has a value. */
export const ROW: SessionRow = {
  sub: 'alice',
  sidHash: 'hash-1',
  version: 3,
  tokens: 'sealed tokens',
  refreshToken: 'sealed refresh token',
  spare: 'sealed spare',
  revocable: 'sealed with the master key',
  renewalDueAt: 1_700_000_000_100,
  tokensExpireAt: 1_700_000_000_200,
  createdAt: 1_700_000_000_300,
  updatedAt: 1_700_000_000_400,
  lastSeenAt: 1_700_000_000_500,
  endsAt: 1_700_000_000_600,
  attempt: { id: 'attempt-1', at: 1_700_000_000_700 },
  backoff: { code: 'throttled', count: 2, until: 1_700_000_000_800 },
  userAgent: 'Firefox',
};
const OTHER: SessionRow = { ...ROW, sidHash: 'hash-2' };
const UNCLAIMED: SessionRow = { ...ROW, attempt: null };
const NOTHING = { refreshToken: null, spare: null, revocable: null, attempt: null, backoff: null };
const CHANGE: RowChange = { tokens: 'newer tokens', version: 4 };

/** What every store of sessions promises. `storeOf` gives an empty one for each test. */
export function describeStore(storeOf: () => SessionStore): void {
  let store: SessionStore;

  beforeEach(async () => {
    store = storeOf();
    await store.create(ROW);
    await store.create(OTHER);
  });

  it('gives what was created', async () => {
    expect([await store.read(ROW), await store.read(OTHER)]).toEqual([ROW, OTHER]);
  });

  it('lists the rows of a user, and of no other one', async () => {
    await store.create({ ...ROW, sub: 'bob' });

    const rows = await store.list('alice');

    expect(rows).toHaveLength(2);
    expect(rows).toEqual(expect.arrayContaining([ROW, OTHER]));
    expect(await store.list('carol')).toEqual([]);
  });

  it.each<readonly [string, RowChange]>([
    ['other values', { ...CHANGE, lastSeenAt: 1, attempt: { id: 'x', at: 2 }, userAgent: 'Chrome' }],
    ['nothing in place of values', NOTHING],
    ['both', { ...CHANGE, ...NOTHING }],
  ])('changes a row to %s, and gives it as it was', async (_, change) => {
    expect(await store.update(ROW, {}, change)).toEqual(ROW);

    expect([await store.read(ROW), await store.read(OTHER)]).toEqual([{ ...ROW, ...change }, OTHER]);
  });

  it('removes a row, and gives it as it was', async () => {
    expect(await store.delete(ROW, {})).toEqual(ROW);

    expect([await store.read(ROW), await store.list('alice')]).toEqual([null, [OTHER]]);
  });

  it.each<readonly [string, SessionRow, RowCondition]>([
    ['its version', ROW, { version: 3 }],
    ['its attempt', ROW, { attempt: 'attempt-1' }],
    ['no attempt', UNCLAIMED, { attempt: null }],
    ['its last-seen time', ROW, { lastSeenAt: ROW.lastSeenAt }],
    ['all of them', ROW, { version: 3, attempt: 'attempt-1', lastSeenAt: ROW.lastSeenAt }],
  ])('writes on condition of %s', async (_, row, condition) => {
    await store.create(row);

    expect(await store.update(row, condition, { userAgent: 'Chrome' })).toEqual(row);

    expect(await store.delete(row, condition)).toEqual({ ...row, userAgent: 'Chrome' });
  });

  it.each<readonly [string, SessionRow, RowCondition]>([
    ['has another version', ROW, { version: 2, attempt: 'attempt-1', lastSeenAt: ROW.lastSeenAt }],
    ['has another attempt', ROW, { version: 3, attempt: 'attempt-2' }],
    ['has an attempt', ROW, { version: 3, attempt: null }],
    ['has no attempt', UNCLAIMED, { version: 3, attempt: 'attempt-1' }],
    ['was seen since', ROW, { version: 3, attempt: 'attempt-1', lastSeenAt: ROW.lastSeenAt - 1 }],
  ])('writes nothing if the row %s', async (_, row, condition) => {
    await store.create(row);

    expect(await store.update(row, condition, CHANGE)).toBeNull();
    expect(await store.delete(row, condition)).toBeNull();

    expect(await store.read(row)).toEqual(row);
  });

  it('brings no removed row back', async () => {
    await store.delete(ROW, {});

    expect(await store.update(ROW, {}, CHANGE)).toBeNull();
    expect(await store.delete(ROW, {})).toBeNull();

    expect(await store.list('alice')).toEqual([OTHER]);
  });
}
