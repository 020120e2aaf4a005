import { authTokens } from '../../../testing-support/test-tokens';
import {
  enterStep,
  failStep,
  hurryStep,
  refuseStep,
  type Attempt,
  type AttemptKnowledge,
  type Claimant,
  type TransientFailure,
} from './attempt-steps';
import type { LedgerFailure, LedgerReading, OpenAttempt, SessionLedger } from './session-ledger';

const NOW_MS = 1_767_614_400_000;
const RETRY = { count: 1, delayMs: 5000, maxBackoffMs: 60_000, backoffJitter: 0.25 };
const TOKENS = authTokens({ iat: 1_767_614_400 });
const SPARE = { ...authTokens({ iat: 1_767_618_000 }), refreshToken: 'refresh-spare' };
const SPENT = { reason: 'refreshTokenExpired' } as const;

function ledger(more: Partial<SessionLedger> = {}): SessionLedger {
  return { v: 1, sid: 'a', gen: 3, tokens: TOKENS, open: [], ...more };
}

function reading(more: Partial<SessionLedger> = {}): LedgerReading {
  return { type: 'ledger', ledger: ledger(more) };
}

/** As it is where the value of another storage holds the tokens. */
function withoutTokens(more: Partial<SessionLedger>): SessionLedger {
  return { v: 1, sid: 'a', gen: 3, open: [], ...more };
}

function open(id: string, gen = 3, at = NOW_MS - 1000): OpenAttempt {
  return { id, gen, at };
}

function knowing({ gone = '', overdue = '' } = {}): AttemptKnowledge {
  return { mayLive: ({ id }) => !gone.includes(id), isOverdue: ({ id }) => overdue.includes(id) };
}

const ELSEWHERE: readonly (readonly [string, LedgerReading])[] = [
  ['there is no record', { type: 'none' }],
  ['the record is corrupt', { type: 'corrupt' }],
  ['a newer version wrote the record', { type: 'future' }],
  ['another session took its place', reading({ sid: 'b' })],
  ['somebody signed out', reading({ sid: null })],
];

describe('enterStep', () => {
  const claimant: Claimant = { sid: 'a', gen: 3, id: 'me', nowMs: NOW_MS, retry: RETRY };
  const own = open('me', 3, NOW_MS);

  it.each(ELSEWHERE)('finds its session gone if %s', (_, there) => {
    expect(enterStep(there, claimant, knowing())).toEqual({ next: null, result: { type: 'gone' } });
  });

  it('finds a generation that somebody has renewed, whatever else is the matter', () => {
    const newer = { gen: 4, spent: SPENT, open: [open('x', 4)] };

    expect(enterStep(reading(newer), claimant, knowing())).toEqual({
      next: null,
      result: { type: 'newer', ledger: ledger(newer) },
    });
  });

  it('finds a record that has forgotten the generation held', () => {
    expect(enterStep(reading({ gen: 2 }), claimant, knowing())).toEqual({
      next: null,
      result: { type: 'older' },
    });
  });

  it.each<[string, readonly OpenAttempt[], AttemptKnowledge, readonly OpenAttempt[]]>([
    ['nobody else is at it', [], knowing(), [own]],
    ['the only attempt is dead: it stays as evidence', [open('x')], knowing({ gone: 'x' }), [open('x'), own]],
    [
      'all are dead: only the newest stays',
      [open('x'), open('y')],
      knowing({ gone: 'xy' }),
      [open('y'), own],
    ],
    ['the only attempt is overdue', [open('x')], knowing({ overdue: 'x' }), [open('x'), own]],
    [
      'the newest is overdue, though an older one may live',
      [open('x'), open('y')],
      knowing({ overdue: 'y' }),
      [open('x'), open('y'), own],
    ],
    [
      'only an attempt of an earlier generation may live: it is kept',
      [open('x', 2)],
      knowing(),
      [open('x', 2), own],
    ],
    ['the attempt of an earlier generation is dead: it goes', [open('x', 2)], knowing({ gone: 'x' }), [own]],
    [
      'an older one is dead: it goes; one that may live and the newest stay',
      [open('x'), open('y', 2), open('z')],
      knowing({ gone: 'xz' }),
      [open('y', 2), open('z'), own],
    ],
  ])('claims if %s', (_, before, knowledge, after) => {
    const { next, result } = enterStep(reading({ open: before }), claimant, knowledge);

    expect(next).toEqual(ledger({ open: after }));
    expect(result).toEqual({ type: 'claimed', ledger: next });
  });

  it.each<[string, readonly OpenAttempt[], AttemptKnowledge]>([
    ['the attempt of another tab may live', [open('x')], knowing()],
    ['only an older one is overdue', [open('x'), open('y')], knowing({ overdue: 'x' })],
    ['an attempt of another generation is overdue', [open('x'), open('y', 2)], knowing({ overdue: 'y' })],
    ['the newest is dead, but an older one may live', [open('x'), open('y')], knowing({ gone: 'y' })],
  ])('waits if %s', (_, before, knowledge) => {
    expect(enterStep(reading({ open: before }), claimant, knowledge)).toEqual({
      next: null,
      result: { type: 'wait', open: before },
    });
  });

  it.each<[string, Partial<LedgerFailure>, boolean]>([
    ['just before the shared back-off ends', { until: NOW_MS + 1 }, true],
    ['exactly when it ends', { until: NOW_MS }, false],
    ['after it has ended', { until: NOW_MS - 1 }, false],
    ['at its full length', { until: NOW_MS + 5000 }, true],
  ])('waits or claims %s', (_, more, mustWait) => {
    const fail: LedgerFailure = { kind: 'networkError', n: 1, until: NOW_MS, ...more };

    const { next, result } = enterStep(reading({ fail }), claimant, knowing());

    if (mustWait) expect({ next, result }).toEqual({ next: null, result: { type: 'failing', fail } });
    else
      expect({ next, type: result.type }).toEqual({ next: ledger({ fail, open: [own] }), type: 'claimed' });
  });

  it.each([
    ['a little: it waits at most one wait more', 4000, 'failing'],
    ['far: the moment is lost sight of', 86_400_000, 'claimed'],
  ])('lets no back-off grow when the wall clock is set back %s', (_, setBackMs, type) => {
    const fail: LedgerFailure = { kind: 'networkError', n: 1, until: NOW_MS + 5000 };
    const later = { ...claimant, nowMs: NOW_MS - setBackMs };

    expect(enterStep(reading({ fail }), later, knowing()).result.type).toBe(type);
  });

  it('claims nothing with a spent token while any attempt may live, of whatever generation', () => {
    const before = [open('x', 1), open('y')];

    expect(enterStep(reading({ spent: SPENT, open: before }), claimant, knowing({ gone: 'y' }))).toEqual({
      next: null,
      result: { type: 'pending', open: before },
    });
  });

  it('lets nobody take over with a spent token', () => {
    const spent = reading({ spent: SPENT, open: [open('x')] });

    expect(enterStep(spent, claimant, knowing({ overdue: 'x' })).result.type).toBe('pending');
  });

  it('ends the session with a spent token once no attempt may live, whatever the back-off', () => {
    const fail = { kind: 'networkError', n: 1, until: NOW_MS + 1 } as const;
    const before = { spent: SPENT, open: [open('x', 2)], fail };

    expect(enterStep(reading(before), claimant, knowing({ gone: 'x' }))).toEqual({
      next: { v: 1, sid: null, gen: 3, open: [], ended: 'a', spent: SPENT },
      result: { type: 'ended', reason: 'refreshTokenExpired', ledger: ledger(before) },
    });
  });

  it.each([
    ['an attempt whose owner has died', [open('x', 3)], knowing({ gone: 'x' }), true],
    ['no attempt', [], knowing(), false],
    ['one of an earlier generation', [open('x', 2)], knowing(), false],
  ])('tells an onlooker what there is, and claims nothing: %s', (_, attempts, knowledge, wasAtWork) => {
    expect(enterStep(reading({ open: attempts }), { ...claimant, isOnlooker: true }, knowledge)).toEqual({
      next: null,
      result: { type: 'vacant', wasAtWork },
    });
  });

  it('lets an onlooker wait like everybody else', () => {
    const { result } = enterStep(
      reading({ open: [open('x', 3)] }),
      { ...claimant, isOnlooker: true },
      knowing(),
    );

    expect(result.type).toBe('wait');
  });

  it('does not end a session whose spare answer only another tab holds', () => {
    const before = { spent: SPENT, spareId: 'held elsewhere' };

    expect(enterStep(reading(before), claimant, knowing())).toEqual({
      next: null,
      result: { type: 'pending', open: [] },
    });
  });

  it('claims with a spare answer that came after the refusal, rather than end the session', () => {
    const before = { spent: SPENT, spare: SPARE, refreshToken: 'refresh-1' };

    const { next, result } = enterStep(reading(before), claimant, knowing());

    expect(next).toEqual(ledger({ tokens: SPARE, open: [own] }));
    expect(result).toEqual({ type: 'claimed', ledger: next });
  });

  it('leaves a spare answer alone while the stored token is not spent', () => {
    const { next } = enterStep(reading({ spare: SPARE }), claimant, knowing());

    expect(next).toEqual(ledger({ spare: SPARE, open: [own] }));
  });
});

describe('refuseStep', () => {
  const attempt: Attempt = { sid: 'a', gen: 3, id: 'me', sent: 'refresh-1' };
  const mine = open('me');
  const refuse = (there: LedgerReading, knowledge = knowing(), reason = SPENT.reason) =>
    refuseStep(there, attempt, reason, knowledge);

  it.each(ELSEWHERE)('is outdated if %s', (_, there) => {
    expect(refuse(there)).toEqual({ next: null, result: { type: 'outdated' } });
  });

  it.each([
    ['somebody has renewed', ledger({ gen: 4 })],
    ['another refresh token is stored', ledger({ tokens: SPARE })],
    ['another refresh token is stored without its value', withoutTokens({ refreshToken: 'refresh-2' })],
  ])('is outdated if %s, and takes back its attempt', (_, there) => {
    const before = { ...there, spare: SPARE, open: [open('x'), mine] };

    expect(refuse({ type: 'ledger', ledger: before })).toEqual({
      next: { ...before, open: [open('x')] },
      result: { type: 'outdated' },
    });
  });

  it('puts a spare answer in the place of the refused token', () => {
    const before = { spare: SPARE, refreshToken: 'refresh-1', open: [open('x'), mine] };

    expect(refuse(reading(before))).toEqual({
      next: ledger({ tokens: SPARE, open: [open('x')] }),
      result: { type: 'spare' },
    });
  });

  it.each([1, 3])('marks the token spent while an attempt of generation %i may live', (gen) => {
    const others = [open('x', gen)];

    expect(refuse(reading({ open: [...others, mine] }))).toEqual({
      next: ledger({ spent: SPENT, open: others }),
      result: { type: 'pending', open: others },
    });
  });

  it('does not wait for itself', () => {
    expect(refuse(reading({ open: [mine] }))).toEqual({
      next: { v: 1, sid: null, gen: 3, open: [], ended: 'a', spent: SPENT },
      result: { type: 'ended', reason: 'refreshTokenExpired', ledger: ledger({ spent: SPENT }) },
    });
  });

  it.each([{ tokensId: 'a/1' }, { spareId: 'a/2' }])(
    'is not sure while the record names tokens that only other tabs hold: %j',
    (names) => {
      const before = { ...withoutTokens({ open: [mine] }), ...names };

      const { next, result } = refuse({ type: 'ledger', ledger: before });

      expect(result).toEqual({ type: 'unsure' });
      expect(next).toEqual({ ...before, open: [] });
    },
  );

  it('judges by the token it sent where the record does not hold it', () => {
    expect(refuse({ type: 'ledger', ledger: withoutTokens({ open: [mine] }) }).result.type).toBe('ended');
  });

  it.each([
    ['refreshTokenExpired', 'rotationLost', 'an answer of this generation was lost', 3],
    ['refreshTokenExpired', 'refreshTokenExpired', 'only an earlier generation has a dead attempt', 2],
    ['userNotFound', 'userNotFound', 'Cognito names another reason', 3],
    ['rotationLost', 'rotationLost', 'Cognito says so itself', 2],
  ] as const)('refused with %s it ends with %s if %s', (reason, expected, _, gen) => {
    const there = reading({ open: [open('x', gen), mine] });

    const { result } = refuseStep(there, attempt, reason, knowing({ gone: 'x' }));

    expect(result).toMatchObject({ type: 'ended', reason: expected });
  });
});

describe('failStep', () => {
  const attempt: Attempt = { sid: 'a', gen: 3, id: 'me', sent: 'refresh-1' };
  const mine = open('me', 3, NOW_MS - 2000);
  const failure: TransientFailure = {
    kind: 'serviceError',
    isOutcomeUnknown: false,
    retry: RETRY,
    graceMs: 0,
    nowMs: NOW_MS,
    random: 0.5,
  };

  it.each(ELSEWHERE)('changes nothing if %s', (_, there) => {
    expect(failStep(there, attempt, failure)).toEqual({ next: null, result: null });
  });

  it('only takes its attempt back if somebody has renewed', () => {
    const there = reading({ gen: 4, open: [open('x', 4), mine] });

    expect(failStep(there, attempt, { ...failure, isOutcomeUnknown: true })).toEqual({
      next: ledger({ gen: 4, open: [open('x', 4)] }),
      result: null,
    });
  });

  it.each([
    ['an HTTP answer takes it back', false, []],
    ['without one it stays until the next claim', true, [mine]],
  ])('sets the shared back-off; of the attempt, %s', (_, isOutcomeUnknown, left) => {
    const fail = { kind: 'serviceError', n: 1, until: NOW_MS + 5000 };

    expect(failStep(reading({ open: [mine] }), attempt, { ...failure, isOutcomeUnknown })).toEqual({
      next: ledger({ open: left, fail: fail as LedgerFailure }),
      result: fail,
    });
  });

  it('counts on from the failures before', () => {
    const before: LedgerFailure = { kind: 'networkError', n: 3, until: NOW_MS - 1 };

    const { result } = failStep(reading({ fail: before, open: [mine] }), attempt, failure);

    expect(result).toEqual({ kind: 'serviceError', n: 4, until: NOW_MS + 4000 });
  });

  it('counts the grace from the first answer of this generation that may be lost', () => {
    const lost = { ...failure, isOutcomeUnknown: true, graceMs: 6000 };
    const there = reading({ open: [open('old', 2, 0), open('first', 3, NOW_MS - 3000), mine] });

    expect(failStep(there, attempt, lost).result?.until).toBe(NOW_MS + 2000);
    expect(failStep(reading({ open: [open('old', 2, 0), mine] }), attempt, lost).result?.until).toBe(
      NOW_MS + 3000,
    );
  });

  it('knows no grace if nothing was lost', () => {
    const { result } = failStep(reading({ open: [mine] }), attempt, { ...failure, graceMs: 6000 });

    expect(result?.until).toBe(NOW_MS + 5000);
  });

  it('keeps what is known of the token', () => {
    const { next } = failStep(reading({ spent: SPENT, spare: SPARE, open: [mine] }), attempt, failure);

    expect(next).toMatchObject({ spent: SPENT, spare: SPARE, tokens: TOKENS });
  });
});

describe('hurryStep', () => {
  const now = { nowMs: NOW_MS, random: 0.5 };
  const fail: LedgerFailure = { kind: 'networkError', n: 2, until: NOW_MS + 5000 };

  it.each([...ELSEWHERE, ['nothing failed', reading()] as const])('changes nothing if %s', (_, there) => {
    expect(hurryStep(there, 'a', now)).toEqual({ next: null, result: null });
  });

  it('brings the next try forward', () => {
    const sooner = { ...fail, until: NOW_MS + 250 };

    expect(hurryStep(reading({ fail }), 'a', now)).toEqual({
      next: ledger({ fail: sooner }),
      result: sooner,
    });
  });

  it('leaves alone what does not wait for the network, and tells of it', () => {
    const throttled: LedgerFailure = { ...fail, kind: 'throttled' };

    expect(hurryStep(reading({ fail: throttled }), 'a', now)).toEqual({ next: null, result: throttled });
  });
});
