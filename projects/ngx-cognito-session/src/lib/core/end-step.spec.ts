import { NOW_MS, SINCE_MS, TOKENS, ELSEWHERE, live, attempt } from '../../../testing-support/record-fixtures';
import { endStep } from './end-step';
import { tombstone } from './session-record';

describe('an end', () => {
  const options = { revoke: false, global: true };

  it('leaves a tombstone, and drops all refresh tokens as it is told', () => {
    const record = live({ spare: 'refresh-s', attempts: [attempt('x')] });

    const { accessToken } = TOKENS;
    expect(endStep(record, { sid: 'a' }, NOW_MS, options)).toEqual({
      next: tombstone('a', NOW_MS),
      result: record,
      dropped: [
        { tokens: TOKENS, ...options },
        { tokens: { accessToken, refreshToken: 'refresh-s' }, ...options },
      ],
    });
  });

  it('says why the session ended, if no user has signed out', () => {
    const { next } = endStep(live(), { sid: 'a' }, NOW_MS, { reason: 'tokensExpired' });

    expect(next).toEqual(tombstone('a', NOW_MS, 'tokensExpired'));
  });

  it.each(ELSEWHERE)('of one session changes nothing if %s', (_, reading) => {
    expect(endStep(reading, { sid: 'a' }, NOW_MS)).toEqual({ next: null, result: null });
  });

  it.each([
    [2, false],
    [3, true],
    [4, true],
  ])('of generation %d spares newer tokens of the session', (gen, ends) => {
    const { result } = endStep(live(), { sid: 'a', gen }, NOW_MS);

    expect(result !== null).toBe(ends);
  });

  it.each([
    ['began before', SINCE_MS + 1, true],
    ['began after', SINCE_MS - 1, false],
  ])('of whatever there is ends only a session that %s', (_, before, ends) => {
    const { next } = endStep(live(), { before }, NOW_MS);

    expect(next).toEqual(ends ? tombstone('a', NOW_MS) : null);
  });

  it.each(['none', 'corrupt', 'future', tombstone('a', NOW_MS)] as const)(
    'of whatever there is changes nothing if that is %j',
    (reading) => {
      expect(endStep(reading, { before: NOW_MS }, NOW_MS)).toEqual({ next: null, result: null });
    },
  );
});
