import { droppedRefreshToken, replacedSpare, stored, tokensOf, withLate, withTokens } from './record-step';
import type { LiveRecord } from './session-record';

const RECORD = {
  sid: 'sid-1',
  gen: 1,
  tokens: { accessToken: 'access-1', refreshToken: 'refresh-1' },
} as unknown as LiveRecord;

describe('a step that is on disk', () => {
  it('is told so, and passed on', () => {
    const onStored = jest.fn();
    const taken = { next: null, result: 'taken', onStored };

    expect(stored(taken)).toBe(taken);
    expect(onStored).toHaveBeenCalledTimes(1);
    expect(stored({ next: null, result: 'taken' }).result).toBe('taken');
  });
});

describe('the refresh tokens of a session', () => {
  it('are one, and the spare one', () => {
    expect(tokensOf(RECORD)).toEqual([RECORD.tokens]);
    expect(tokensOf({ ...RECORD, spare: 'spare-1' })).toEqual([
      RECORD.tokens,
      { accessToken: 'access-1', refreshToken: 'spare-1' },
    ]);
  });

  it('of a new generation keep the spare one, and no failure of the old one', () => {
    const before = { ...RECORD, spare: 'spare-1', refused: {}, backoff: {} } as unknown as LiveRecord;
    const tokens = { accessToken: 'access-2', refreshToken: 'refresh-2' } as unknown as LiveRecord['tokens'];

    expect(withTokens(before, { gen: 2, tokens })).toEqual({ ...RECORD, gen: 2, tokens, spare: 'spare-1' });
  });

  it.each<readonly [string, LiveRecord, string | undefined, string | undefined]>([
    ['new', RECORD, 'refresh-2', 'refresh-2'],
    ['the one that is stored', RECORD, 'refresh-1', undefined],
    ['the spare one', { ...RECORD, spare: 'spare-1' }, 'spare-1', 'spare-1'],
    ['missing', RECORD, undefined, undefined],
  ])('take in a late one that is %s', (_, record, late, spare) => {
    const next = withLate(record, late);

    expect(next.spare).toBe(spare);
    expect(next === record).toBe(spare === record.spare);
  });

  it('lose the spare one that a later one replaces', () => {
    const before = { ...RECORD, spare: 'spare-1' };
    const dropped = [{ tokens: { accessToken: '', refreshToken: 'spare-1' }, revoke: true }];

    expect(replacedSpare(before, { ...RECORD, spare: 'spare-2' })).toEqual(dropped);
    expect(replacedSpare(before, before)).toEqual([]);
    expect(replacedSpare(RECORD, before)).toEqual([]);
    expect(droppedRefreshToken(undefined)).toEqual([]);
  });
});
