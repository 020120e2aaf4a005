import { decideRenewal, isOver, mayBeAlive } from './decide-renewal';
import { nextBackoff } from './failed-renewal';
import type { SessionRow } from './session-row';

const NOW = 1_800_000_000_000;
const row = (change: Partial<SessionRow> = {}): SessionRow => ({
  sub: 'alice',
  sidHash: 'hash',
  version: 7,
  tokens: 'sealed',
  refreshToken: 'sealed',
  spare: null,
  revocable: null,
  renewalDueAt: NOW + 100,
  tokensExpireAt: NOW + 1000,
  createdAt: NOW - 5000,
  updatedAt: NOW - 5000,
  lastSeenAt: NOW - 5000,
  endsAt: NOW + 1_000_000,
  attempt: null,
  backoff: null,
  userAgent: null,
  ...change,
});
const due = { renewalDueAt: NOW };
const dead = { renewalDueAt: NOW - 100, tokensExpireAt: NOW };
const backoff = { code: 'throttled', count: 1, until: NOW + 500 };
const attempt = (age: number) => ({ attempt: { id: 'other', at: NOW - age } });
const decide = (change: Partial<SessionRow>, refused: number | null = null) =>
  decideRenewal(row(change), { now: NOW, refused }).type;

describe('decideRenewal', () => {
  it.each<[string, string, Partial<SessionRow>]>([
    ['serve', 'tokens that are not due', {}],
    ['claim', 'tokens that are due just now', due],
    ['claim', 'expired tokens', dead],
    ['serve', 'valid tokens while another instance refreshes', { ...due, ...attempt(0) }],
    ['wait', 'expired tokens while another instance refreshes', { ...dead, ...attempt(9999) }],
    ['claim', 'expired tokens after the deadline of the attempt', { ...dead, ...attempt(10_000) }],
    ['claim', 'due tokens after the deadline of the attempt', { ...due, ...attempt(10_000) }],
    ['wait', 'an attempt of an instance whose clock is ahead', { ...dead, ...attempt(-9999) }],
    ['claim', 'an attempt from the far future', { ...dead, ...attempt(-10_000) }],
    ['serve', 'valid tokens during a back-off', { ...due, backoff }],
    ['backOff', 'expired tokens during a back-off', { ...dead, backoff }],
    ['claim', 'expired tokens after the back-off', { ...dead, backoff: { ...backoff, until: NOW } }],
    [
      'claim',
      'a back-off that a wrong clock has set',
      { ...dead, backoff: { ...backoff, until: NOW + 9_000_000 } },
    ],
    ['serve', 'tokens without a refresh token', { ...due, refreshToken: null }],
    ['expired', 'expired tokens without a refresh token', { ...dead, refreshToken: null }],
  ])('%s: %s', (type, _, change) => {
    expect(decide(change)).toBe(type);
  });

  it.each<[string, string, Partial<SessionRow>]>([
    ['claim', 'valid tokens', {}],
    ['wait', 'while another instance refreshes', attempt(0)],
    ['backOff', 'during a back-off', { backoff }],
    ['serve', 'a newer version', { version: 8 }],
  ])('%s after an API has refused this version: %s', (type, _, change) => {
    expect(decide(change, 7)).toBe(type);
  });

  it('gives the rest of the back-off', () => {
    expect(decideRenewal(row({ ...dead, backoff }), { now: NOW })).toEqual({
      type: 'backOff',
      backoff,
      waitMs: 500,
    });
  });
});

describe('an attempt', () => {
  it.each([
    [0, true],
    [9999, true],
    [10_000, false],
  ])('of age %i ms may be alive: %s', (age, expected) => {
    expect(mayBeAlive({ id: 'x', at: NOW - age }, NOW)).toBe(expected);
    expect(mayBeAlive(null, NOW)).toBe(false);
  });
});

describe('a session', () => {
  it.each<[boolean, string, Partial<SessionRow>, number | null]>([
    [false, 'before its deadline', { endsAt: NOW + 1 }, null],
    [true, 'at its deadline', { endsAt: NOW }, null],
    [true, 'without a deadline', { endsAt: NaN }, null],
    [true, 'never seen', { lastSeenAt: NaN }, 600_000],
    [false, 'just used', { lastSeenAt: NOW - 599_999 }, 600_000],
    [true, 'idle for so long', { lastSeenAt: NOW - 600_000 }, 600_000],
    [false, 'idle without a limit', { lastSeenAt: 0 }, null],
  ])('is over (%s): %s', (expected, _, change, idleMs) => {
    expect(isOver(row(change), { now: NOW, idleMs })).toBe(expected);
  });
});

describe('nextBackoff', () => {
  const failure = {
    code: 'networkError',
    isOutcomeUnknown: false,
    attempt: { id: 'x', at: NOW - 1000 },
    previous: null,
    graceMs: 0,
    now: NOW,
    random: 0.5,
  };

  it.each([
    [0, 1000],
    [1, 2000],
    [5, 32_000],
    [6, 60_000],
    [50, 60_000],
  ])('after %i failures before waits %i ms', (count, wait) => {
    const previous = { code: 'x', count, until: 0 };

    expect(nextBackoff({ ...failure, previous })).toEqual({
      code: 'networkError',
      count: count + 1,
      until: NOW + wait,
    });
  });

  it.each([
    [0, 750],
    [1, 1250],
  ])('varies by a quarter: %d', (random, wait) => {
    expect(nextBackoff({ ...failure, random }).until).toBe(NOW + wait);
  });

  it('asks again for a lost answer before the grace period ends', () => {
    const lost = {
      ...failure,
      isOutcomeUnknown: true,
      previous: { code: 'x', count: 5, until: 0 },
      graceMs: 30_000,
    };

    expect(nextBackoff(lost).until).toBe(NOW + 28_000);
    expect(nextBackoff({ ...lost, isOutcomeUnknown: false }).until).toBe(NOW + 32_000);
    expect(nextBackoff({ ...lost, graceMs: 1000 }).until).toBe(NOW + 32_000);
  });
});
