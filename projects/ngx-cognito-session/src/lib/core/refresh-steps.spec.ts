import { authTokens } from '../../../testing-support/test-tokens';
import {
  NOW_MS,
  TOKENS,
  NEXT_TOKENS,
  HELD,
  ELSEWHERE,
  live,
  attempt,
} from '../../../testing-support/record-fixtures';
import {
  bringForwardStep,
  claimStep,
  commitStep,
  failStep,
  isNetworkFailure,
  refuseStep,
  remainingBackoffMs,
  type Failure,
  type Liveness,
} from './refresh-steps';
import { tombstone, type Attempt, type Backoff, type LiveRecord, type RecordReading } from './session-record';

const RETRY = { count: 1, delayMs: 5000, maxBackoffMs: 60_000, backoffJitter: 0.25 };
const NEXT = { ...HELD, gen: 4, tokens: NEXT_TOKENS };
const REFUSED = 'refreshTokenExpired';
const BACKOFF: Backoff = { code: 'networkError', count: 1, until: NOW_MS + 5000 };

/** Attempts are named by a letter each. */
function knowing({ gone = '', overdue = '', unlisted = '' } = {}): Liveness {
  return {
    mayLive: ({ id }) => !gone.includes(id),
    isOverdue: ({ id }) => overdue.includes(id),
    unlisted: unlisted === '' ? null : attempt(unlisted, 0),
  };
}

describe('a claim', () => {
  const own = attempt('me', 3, NOW_MS);
  const claim = (reading: RecordReading, liveness = knowing(), held = HELD) =>
    claimStep(reading, held, own, liveness, RETRY);

  it.each([...ELSEWHERE, ['another tab has refreshed', live({ gen: 4 })] as const])(
    'finds the session changed if %s',
    (_, reading) => {
      expect(claim(reading)).toEqual({ next: null, result: { type: 'changed', reading } });
    },
  );

  it('finds a newer generation even if that was refused, waits or is being refreshed', () => {
    const reading = live({ gen: 4, refused: REFUSED, backoff: BACKOFF, attempts: [attempt('x', 4)] });

    expect(claim(reading).result).toEqual({ type: 'changed', reading });
  });

  it.each<[string, readonly Attempt[], Liveness, readonly Attempt[]]>([
    ['no other attempt is open', [], knowing(), [own]],
    [
      'the only one is dead: it stays as evidence',
      [attempt('x')],
      knowing({ gone: 'x' }),
      [attempt('x'), own],
    ],
    [
      'all are dead: the newest stays',
      [attempt('x'), attempt('y')],
      knowing({ gone: 'xy' }),
      [attempt('y'), own],
    ],
    ['the only one is overdue', [attempt('x')], knowing({ overdue: 'x' }), [attempt('x'), own]],
    [
      'the newest is overdue, although an older one may be alive',
      [attempt('x'), attempt('y')],
      knowing({ overdue: 'y' }),
      [attempt('x'), attempt('y'), own],
    ],
    [
      'only an attempt of an earlier generation may be alive: it stays',
      [attempt('x', 2)],
      knowing(),
      [attempt('x', 2), own],
    ],
    [
      'the attempt of an earlier generation is dead: it goes',
      [attempt('x', 2)],
      knowing({ gone: 'x' }),
      [own],
    ],
    [
      'a dead one that is not the newest goes, the others stay',
      [attempt('x'), attempt('y', 2), attempt('z')],
      knowing({ gone: 'xz' }),
      [attempt('y', 2), attempt('z'), own],
    ],
    ['a refresh that is not listed is overdue', [], knowing({ unlisted: 'u', overdue: 'u' }), [own]],
  ])('is granted if %s', (_, before, liveness, after) => {
    const { next, result } = claim(live({ attempts: before }), liveness);

    expect(next).toEqual(live({ attempts: after }));
    expect(result).toEqual({ type: 'claimed', record: next });
  });

  it.each<[string, readonly Attempt[], Liveness]>([
    ['the attempt of another tab may be alive', [attempt('x')], knowing()],
    ['only an older one is overdue', [attempt('x'), attempt('y')], knowing({ overdue: 'x' })],
    [
      'an attempt of another generation is overdue',
      [attempt('x'), attempt('y', 2)],
      knowing({ overdue: 'y' }),
    ],
    [
      'the newest is dead, but an older one may be alive',
      [attempt('x'), attempt('y')],
      knowing({ gone: 'y' }),
    ],
  ])('has to wait if %s', (_, attempts, liveness) => {
    expect(claim(live({ attempts }), liveness)).toEqual({ next: null, result: { type: 'wait', attempts } });
  });

  it('has to wait for a refresh that the record does not list', () => {
    const old = attempt('x', 2);
    const liveness = knowing({ unlisted: 'u' });

    expect(claim(live({ attempts: [old] }), liveness)).toEqual({
      next: null,
      result: { type: 'wait', attempts: [old, attempt('u', 0)] },
    });
  });

  it('sends the refresh token of the record, which another tab may have replaced', () => {
    const record = live({ tokens: { ...TOKENS, refreshToken: 'refresh-s' } });

    expect(claim(record).result).toMatchObject({
      type: 'claimed',
      record: { tokens: { refreshToken: 'refresh-s' } },
    });
  });

  it.each([
    ['just before the shared wait ends', NOW_MS + 1, 'backoff'],
    ['exactly when it ends', NOW_MS, 'claimed'],
    ['after it has ended', NOW_MS - 1, 'claimed'],
    ['at its full length', NOW_MS + 5000, 'backoff'],
    ['after the clock was set back by less than one wait', NOW_MS + 9000, 'backoff'],
    ['after the clock was set back by a day', NOW_MS + 86_400_000, 'claimed'],
  ])('is granted or not %s', (_, until, expected) => {
    const record = live({ backoff: { ...BACKOFF, until } });

    const { next, result } = claim(record);

    expect(result.type).toBe(expected);
    expect(next === null).toBe(expected === 'backoff');
  });

  it('keeps the back-off, which counts on if this refresh fails as well', () => {
    const backoff = { ...BACKOFF, until: NOW_MS };

    expect(claim(live({ backoff })).next).toEqual(live({ backoff, attempts: [own] }));
  });

  describe('with a refused refresh token', () => {
    it.each([1, 3])('waits while an attempt of generation %d may be alive', (gen) => {
      const attempts = [attempt('x', gen), attempt('y')];
      const record = live({ refused: REFUSED, attempts });

      const { next, result } = claim(record, knowing({ gone: 'y' }));

      expect(next ?? record).toEqual(record);
      expect(result).toEqual({ type: 'pending', attempts });
    });

    it('waits for a refresh that the record does not list', () => {
      const record = live({ refused: REFUSED });

      expect(claim(record, knowing({ unlisted: 'u' })).result).toEqual({
        type: 'pending',
        attempts: [attempt('u', 0)],
      });
    });

    it.each([knowing({ overdue: 'x' }), knowing({ unlisted: 'u', overdue: 'u', gone: 'x' })])(
      'takes nothing over',
      (liveness) => {
        const record = live({ refused: REFUSED, attempts: [attempt('x')] });

        expect(claim(record, liveness).result.type).toBe('pending');
      },
    );

    it('ends the session once no attempt may be alive, whatever the back-off', () => {
      const record = live({ refused: REFUSED, backoff: BACKOFF, attempts: [attempt('x', 2)] });

      expect(claim(record, knowing({ gone: 'x' }))).toEqual({
        next: tombstone('a', NOW_MS, REFUSED),
        result: { type: 'ended', reason: REFUSED },
      });
    });

    it('is granted with the spare refresh token, which may have come after the refusal', () => {
      const record = live({ refused: REFUSED, spare: 'refresh-s', attempts: [attempt('x')] });

      const { next, result } = claim(record, knowing({ gone: 'x' }));

      const tokens = { ...TOKENS, refreshToken: 'refresh-s' };
      expect(next).toEqual(live({ tokens, attempts: [attempt('x'), own] }));
      expect(result).toEqual({ type: 'claimed', record: next });
    });

    it('does not take the refused refresh token for a spare one', () => {
      const record = live({ refused: REFUSED, spare: 'refresh-3' });

      expect(claim(record).result).toEqual({ type: 'ended', reason: REFUSED });
    });
  });

  it('leaves the spare refresh token alone while the stored one is not refused', () => {
    expect(claim(live({ spare: 'refresh-s' })).next).toEqual(live({ spare: 'refresh-s', attempts: [own] }));
  });

  it('first stores what its tab holds, if the commit of that has failed', () => {
    const old = attempt('x', 3);
    const record = live({ refused: REFUSED, backoff: BACKOFF, spare: 'refresh-s', attempts: [old] });

    const { next, result } = claim(record, knowing(), NEXT);

    const attempts = [old, { ...own, gen: 4 }];
    expect(next).toEqual(live({ gen: 4, tokens: NEXT_TOKENS, spare: 'refresh-s', attempts }));
    expect(result).toEqual({ type: 'claimed', record: next });
  });
});

describe('a commit', () => {
  const commit = (reading: RecordReading, rotated = true) =>
    commitStep(reading, NEXT, { attempt: 'me', rotated });

  it('stores the tokens, and removes the own attempt, refusal and back-off', () => {
    const record = live({ refused: REFUSED, backoff: BACKOFF, attempts: [attempt('x'), attempt('me')] });

    expect(commit(record)).toEqual({
      next: live({ gen: 4, tokens: NEXT_TOKENS, attempts: [attempt('x')] }),
      result: 'committed',
    });
  });

  it('succeeds without its attempt, which another tab may have removed', () => {
    expect(commit(live())).toMatchObject({ next: { gen: 4 }, result: 'committed' });
  });

  it('keeps the spare refresh token, which the end of the session has to revoke', () => {
    expect(commit(live({ spare: 'refresh-s' })).next).toMatchObject({ spare: 'refresh-s' });
  });

  it.each(ELSEWHERE)('drops an answer with a new refresh token if %s', (_, reading) => {
    expect(commit(reading)).toEqual({
      next: null,
      result: 'gone',
      dropped: [{ tokens: NEXT_TOKENS, revoke: true }],
    });
  });

  it('drops no refresh token that the answer did not bring', () => {
    expect(commit('none', false)).toEqual({ next: null, result: 'gone', dropped: [] });
  });

  it.each([4, 5])('that comes second, after generation %d, leaves its refresh token as spare', (gen) => {
    const tokens = { ...authTokens({ iat: 1 }), refreshToken: 'refresh-5' };
    const record = live({ gen, tokens, refused: REFUSED, attempts: [attempt('me'), attempt('x', gen)] });

    expect(commit(record)).toMatchObject({
      next: { ...record, spare: 'refresh-4', attempts: [attempt('x', gen)] },
      result: 'superseded',
    });
  });

  it.each([
    ['brought no new refresh token', 'refresh-5', false],
    ['brought the stored one', 'refresh-4', true],
  ])('that comes second, and %s, leaves nothing', (_, refreshToken, rotated) => {
    const record = live({
      gen: 4,
      tokens: { ...authTokens({ iat: 1 }), refreshToken },
      attempts: [attempt('me')],
    });

    const { next, result, dropped = [] } = commit(record, rotated);

    expect({ next, result, dropped }).toEqual({
      next: { ...record, attempts: [] },
      result: 'superseded',
      dropped: [],
    });
  });

  it('has succeeded if an earlier try of it reached the record, although that was reported as failed', () => {
    const record = live({ gen: 4, tokens: NEXT_TOKENS, attempts: [attempt('x', 4)] });

    const { next, result } = commit(record);

    expect(next ?? record).toEqual(record);
    expect(result).toBe('committed');
  });

  it('removes its attempt if another tab has stored its tokens for it', () => {
    const record = live({ gen: 4, tokens: NEXT_TOKENS, attempts: [attempt('me'), attempt('x', 4)] });

    expect(commit(record)).toEqual({ next: { ...record, attempts: [attempt('x', 4)] }, result: 'committed' });
  });
});

describe('a refusal', () => {
  const outcome = { sid: 'a', gen: 3, id: 'me', nowMs: NOW_MS };
  const own = attempt('me');
  const refuse = (reading: RecordReading, liveness = knowing(), reason: LiveRecord['refused'] = REFUSED) =>
    refuseStep(reading, outcome, { sent: 'refresh-3', reason }, liveness);

  it.each(ELSEWHERE)('is outdated if %s', (_, reading) => {
    expect(refuse(reading)).toEqual({ next: null, result: { type: 'outdated' } });
  });

  it.each([
    ['another tab has refreshed', { gen: 4 }],
    ['another refresh token is stored', { tokens: NEXT_TOKENS }],
  ])('is outdated if %s, and removes its attempt', (_, more) => {
    const record = live({ ...more, attempts: [attempt('x'), own] });

    expect(refuse(record)).toEqual({
      next: { ...record, attempts: [attempt('x')] },
      result: { type: 'outdated' },
    });
  });

  it('puts the spare refresh token in the place of the refused one', () => {
    const record = live({ spare: 'refresh-s', attempts: [attempt('x'), own] });

    expect(refuse(record)).toEqual({
      next: live({ tokens: { ...TOKENS, refreshToken: 'refresh-s' }, attempts: [attempt('x')] }),
      result: { type: 'outdated' },
    });
  });

  it('does not take the refused refresh token for a spare one', () => {
    const record = live({ spare: 'refresh-3', attempts: [own] });

    expect(refuse(record).result).toEqual({ type: 'ended', reason: REFUSED });
  });

  it.each([1, 3])('is noted while an attempt of generation %d may be alive', (gen) => {
    const others = [attempt('x', gen)];

    expect(refuse(live({ attempts: [...others, own] }))).toEqual({
      next: live({ refused: REFUSED, attempts: others }),
      result: { type: 'pending', attempts: others },
    });
  });

  it('is noted while a refresh that the record does not list may be alive, overdue or not', () => {
    const liveness = knowing({ unlisted: 'u', overdue: 'u' });

    expect(refuse(live({ attempts: [own] }), liveness)).toEqual({
      next: live({ refused: REFUSED }),
      result: { type: 'pending', attempts: [attempt('u', 0)] },
    });
  });

  it('does not wait for its own attempt', () => {
    expect(refuse(live({ attempts: [own] }))).toEqual({
      next: tombstone('a', NOW_MS, REFUSED),
      result: { type: 'ended', reason: REFUSED },
    });
  });

  it.each([
    [REFUSED, 'rotationLost', 'an answer of this generation was lost', 3],
    [REFUSED, REFUSED, 'only an earlier generation has a dead attempt', 2],
    ['userNotFound', 'userNotFound', 'Cognito gives another reason', 3],
    ['rotationLost', 'rotationLost', 'Cognito says so itself', 2],
    ['sessionEnded', 'sessionEnded', 'the session has reached its end anyway', 3],
  ] as const)('with %s ends the session with %s if %s', (reason, expected, _, gen) => {
    const record = live({ attempts: [attempt('x', gen), own] });

    const { next, result } = refuse(record, knowing({ gone: 'x' }), reason);

    expect(next).toEqual(tombstone('a', NOW_MS, expected));
    expect(result).toEqual({ type: 'ended', reason: expected });
  });
});

describe('a transient failure', () => {
  const outcome = { sid: 'a', gen: 3, id: 'me', nowMs: NOW_MS };
  const own = attempt('me');
  const failure: Failure = {
    code: 'serviceError',
    isOutcomeUnknown: false,
    retry: RETRY,
    graceMs: 0,
    random: 0.5,
  };
  const fail = (reading: RecordReading, more: Partial<Failure> = {}) =>
    failStep(reading, outcome, { ...failure, ...more });

  it.each(ELSEWHERE)('changes nothing if %s', (_, reading) => {
    const { next, result, dropped = [] } = fail(reading);

    expect({ next, result, dropped }).toEqual({ next: null, result: null, dropped: [] });
  });

  it.each([true, false])('only removes its attempt if another tab has refreshed', (isOutcomeUnknown) => {
    const record = live({ gen: 4, attempts: [attempt('x', 4), own] });

    expect(fail(record, { isOutcomeUnknown })).toMatchObject({
      next: { ...record, attempts: [attempt('x', 4)] },
      result: null,
    });
  });

  it.each([
    ['an answer of Cognito removes it', false, []],
    ['without one it stays, because Cognito may have rotated the token', true, [own]],
  ])('makes all tabs wait. Of its attempt: %s', (_, isOutcomeUnknown, attempts) => {
    const backoff: Backoff = { code: 'serviceError', count: 1, until: NOW_MS + 5000 };

    expect(fail(live({ attempts: [own] }), { isOutcomeUnknown })).toMatchObject({
      next: live({ attempts, backoff }),
      result: backoff,
    });
  });

  it('counts on from the failures before', () => {
    const backoff = { ...BACKOFF, count: 3, until: NOW_MS - 1 };

    const { result } = fail(live({ backoff, attempts: [own] }));

    expect(result).toEqual({ code: 'serviceError', count: 4, until: NOW_MS + 4000 });
  });

  it.each([
    ['leaves time for one more try inside the grace', 6000, NOW_MS + 3000],
    ['is the usual one if that ends inside the grace', 9000, NOW_MS + 5000],
    ['is the usual one if the grace is nearly over', 3000, NOW_MS + 5000],
    ['is the usual one without a grace', 0, NOW_MS + 5000],
  ])('without an answer makes tabs wait. The wait %s', (_, graceMs, until) => {
    const { result } = fail(live({ attempts: [own] }), { isOutcomeUnknown: true, graceMs });

    expect(result?.until).toBe(until);
  });

  it('counts the grace from the first attempt of this generation that may have been served', () => {
    const attempts = [attempt('old', 2, 0), attempt('first', 3, NOW_MS - 3000), own];

    const { result } = fail(live({ attempts }), { isOutcomeUnknown: true, graceMs: 6000 });

    expect(result?.until).toBe(NOW_MS + 2000);
  });

  it('with an answer does not hurry because of the grace', () => {
    const { result } = fail(live({ attempts: [own] }), { graceMs: 6000 });

    expect(result?.until).toBe(NOW_MS + 5000);
  });

  it('keeps what is known about the refresh token', () => {
    const record = live({ refused: REFUSED, spare: 'refresh-s', attempts: [own] });

    expect(fail(record).next).toMatchObject({ refused: REFUSED, spare: 'refresh-s', tokens: TOKENS });
  });

  describe('with a new refresh token in an answer that cannot be used otherwise', () => {
    const unusable = { code: 'invalidResponse', refreshToken: 'refresh-4' } as const;

    it('stores it, and clears the refusal of the old one', () => {
      const { next } = fail(live({ refused: REFUSED, attempts: [own] }), unusable);

      expect(next).toMatchObject({ gen: 3, tokens: { ...TOKENS, refreshToken: 'refresh-4' }, attempts: [] });
      expect(next).not.toHaveProperty('refused');
    });

    it('is kept as spare too, because another answer of this generation may be committed over it', () => {
      const { next } = fail(live({ attempts: [own] }), unusable);
      const { next: after } = commitStep(
        next ?? 'none',
        { ...NEXT, tokens: { ...NEXT_TOKENS, refreshToken: 'refresh-5' } },
        { attempt: 'x', rotated: true },
      );

      expect(after).toMatchObject({ gen: 4, tokens: { refreshToken: 'refresh-5' }, spare: 'refresh-4' });
    });

    it('leaves it as spare if another tab has refreshed', () => {
      const record = live({ gen: 4, attempts: [own] });

      expect(fail(record, unusable).next).toEqual({ ...record, spare: 'refresh-4', attempts: [] });
    });

    it.each(ELSEWHERE)('drops it if %s', (_, reading) => {
      expect(fail(reading, unusable)).toMatchObject({
        next: null,
        result: null,
        dropped: [{ tokens: { refreshToken: 'refresh-4' }, revoke: true }],
      });
    });
  });
});

describe('the network is back: the next try', () => {
  const soon = NOW_MS + 250;

  it.each(['networkError', 'timeout'] as const)('comes earlier after a %s', (code) => {
    const backoff = { ...BACKOFF, code, count: 7 };

    expect(bringForwardStep(live({ backoff }), 'a', soon)).toEqual({
      next: live({ backoff: { ...backoff, until: soon } }),
      result: null,
    });
  });

  it.each([soon, soon - 1])('is not delayed if it would come at %d anyway', (until) => {
    const backoff = { ...BACKOFF, until };

    expect(bringForwardStep(live({ backoff }), 'a', soon)).toEqual({ next: null, result: null });
  });

  it.each(['throttled', 'serviceError', 'invalidResponse'] as const)(
    'does not come earlier after %s',
    (code) => {
      const backoff = { ...BACKOFF, code };

      expect(bringForwardStep(live({ backoff }), 'a', soon)).toEqual({ next: null, result: null });
      expect(isNetworkFailure(code)).toBe(false);
    },
  );

  it.each([...ELSEWHERE, ['no refresh has failed', live()] as const])('is not known if %s', (_, reading) => {
    expect(bringForwardStep(reading, 'a', soon)).toEqual({ next: null, result: null });
  });
});

describe('remainingBackoffMs', () => {
  it.each([
    ['what is left of the wait', 5000, 1, 5000],
    ['nothing when it ends', 0, 1, 0],
    ['nothing after it has ended', -1, 1, 0],
    ['the longest wait at most, if the clock was set back a little', 9999, 1, 5000],
    ['the longest wait, up to twice its length', 10_000, 1, 5000],
    ['nothing beyond that: the clock was set far back', 10_001, 1, 0],
    ['a wait with the longest jitter', 1250, 2, 1250],
    ['the longest wait of all', 75_000, 20, 75_000],
  ])('is %s', (_, ahead, count, expected) => {
    expect(remainingBackoffMs({ ...BACKOFF, count, until: NOW_MS + ahead }, RETRY, NOW_MS)).toBe(expected);
  });
});
