import fc from 'fast-check';
import { authTokens } from '../../../testing-support/test-tokens';
import {
  beginStep,
  commitStep,
  endStep,
  HANDED_OVER,
  rebuildStep,
  settleStep,
  tombstoneOf,
  type Answer,
  type LedgerSession,
} from './ledger-steps';
import { readLedger, type LedgerReading, type OpenAttempt, type SessionLedger } from './session-ledger';

const TOKENS = authTokens({ iat: 1_767_614_400 });
const OTHER = authTokens({ iat: 1_767_618_000 });

/** The same refresh token as `LATE`, with another access token. */
const SAME = { ...authTokens({ iat: 1_767_618_001 }), refreshToken: 'refresh-late' };
const LATE = { ...authTokens({ iat: 1_767_618_002 }), refreshToken: 'refresh-late' };
const ATTEMPT: OpenAttempt = { id: 'x', gen: 3, at: 1_767_614_400_000 };
const MINE: Answer = { attempt: 'me', rotated: true };
const EVERYTHING = {
  tokens: TOKENS,
  refreshToken: 'refresh-1',
  open: [ATTEMPT],
  spent: { reason: 'refreshTokenExpired' },
  spare: OTHER,
  fail: { kind: 'networkError', n: 1, until: 1_767_614_405_000 },
} as const satisfies Partial<SessionLedger>;

function ledger(more: Partial<SessionLedger> = {}): LedgerReading {
  return { type: 'ledger', ledger: { v: 1, sid: 'a', gen: 3, open: [], ...more } };
}

function session(sid: string, gen: number, tokens = TOKENS): LedgerSession {
  return { sid, gen, tokens };
}

describe('the steps of the record', () => {
  it('begin with a session of their own, whatever was there, and tell what they replaced', () => {
    for (const reading of [{ type: 'none' }, { type: 'corrupt' }] as const)
      expect(beginStep(reading, session('b', 1))).toEqual({
        next: { v: 1, sid: 'b', gen: 1, tokens: TOKENS, open: [] },
        result: 'begun',
        replaced: null,
      });
    const step = beginStep(ledger({ tokens: OTHER }), session('b', 1));
    expect(step.replaced).toMatchObject({ sid: 'a', tokens: OTHER });
    expect(beginStep(ledger(), session('a', 4)).replaced).toBeNull();
  });

  it.each([
    ['is renewed already', 5],
    ['was begun already', 4],
  ])('begin no session again that %s', (_, gen) => {
    const there = ledger({ gen, tokens: OTHER, open: [ATTEMPT] });

    expect(beginStep(there, session('a', 4))).toEqual({ next: null, result: 'known', replaced: null });
  });

  it('begin no session that has ended, or that nobody wants any more', () => {
    const ended = { next: null, result: 'ended', replaced: null };

    expect(beginStep(ledger({ sid: null, ended: 'b' }), session('b', 1))).toEqual(ended);
    expect(beginStep(ledger(), session('b', 1), { isWanted: false })).toEqual(ended);
    expect(beginStep(ledger({ sid: null, ended: 'a' }), session('b', 1)).result).toBe('begun');
  });

  it.each([
    ['a sign-in of another tab that was asked for later', { begun: 1001 }, 'ended'],
    ['one that was asked for at the same time', { begun: 1000 }, 'begun'],
    ['one that was asked for earlier', { begun: 999 }, 'begun'],
    ['one of which nobody knows when', {}, 'begun'],
    ['a session signed out', { sid: null, begun: 2000 }, 'begun'],
  ])('judge a sign-in that the database had refused, over %s', (_, before, result) => {
    const condition = { isWanted: true, at: 1000, isRetry: true };

    expect(beginStep(ledger(before), session('b', 1), condition).result).toBe(result);
    expect(beginStep(ledger(before), session('b', 1), { ...condition, isRetry: false }).result).toBe('begun');
    expect(beginStep(ledger(before), session('b', 1), { ...condition, replaces: 'a' }).result).toBe('begun');
  });

  it('remember when a sign-in was asked for, through its renewals', () => {
    const begun = beginStep({ type: 'none' }, session('a', 1), { isWanted: true, at: 1000 });
    const renewed = commitStep(readLedger(begun.next), session('a', 2));

    expect(renewed.next).toMatchObject({ begun: 1000 });
    expect(settleStep(readLedger(renewed.next), session('a', 2), false).next).toMatchObject({ begun: 1000 });
  });

  it('leave nothing of the session before to the one that begins', () => {
    expect(beginStep(ledger(EVERYTHING), session('b', 1))).toEqual({
      next: { v: 1, sid: 'b', gen: 1, tokens: TOKENS, open: [] },
      result: 'begun',
      replaced: { v: 1, sid: 'a', gen: 3, ...EVERYTHING },
    });
  });

  it('leave a record of a newer version alone', () => {
    const future = { type: 'future' } as const;
    expect(beginStep(future, session('b', 1))).toMatchObject({ next: null, result: 'future' });
    expect(commitStep(future, session('a', 4))).toEqual({ next: null, result: { type: 'gone' } });
    expect(endStep(future, ['a'])).toEqual({ next: null, result: null });
    expect(rebuildStep(future, session('a', 1))).toEqual({ next: null, result: false });
  });

  it.each<[string, LedgerReading, string]>([
    ['the next generation of the same session', ledger({ gen: 3 }), 'committed'],
    ['a generation that somebody else committed', ledger({ gen: 4 }), 'superseded'],
    ['a generation that has passed', ledger({ gen: 5 }), 'superseded'],
    ['another session', ledger({ sid: 'b' }), 'gone'],
    ['a tombstone', ledger({ sid: null }), 'gone'],
    ['nothing', { type: 'none' }, 'gone'],
    ['a corrupt record', { type: 'corrupt' }, 'gone'],
  ])('answer a commit over %s', (_, reading, result) => {
    const step = commitStep(reading, session('a', 4));

    expect(step.result.type).toBe(result);
    if (result === 'committed')
      expect(step.next).toEqual({ v: 1, sid: 'a', gen: 4, tokens: TOKENS, open: [] });
    else
      expect(step.next ?? (reading.type === 'ledger' && reading.ledger)).not.toHaveProperty('tokens', TOKENS);
  });

  it('commit clears what was known of the old token, and keeps the attempts of others and the spare answer', () => {
    const mine = { ...ATTEMPT, id: 'me' };

    const { next } = commitStep(ledger({ ...EVERYTHING, open: [ATTEMPT, mine] }), session('a', 4), MINE);

    expect(next).toEqual({ v: 1, sid: 'a', gen: 4, tokens: TOKENS, open: [ATTEMPT], spare: OTHER });
  });

  it.each<[string, Partial<SessionLedger>, Answer]>([
    ['in the record', { tokens: TOKENS }, MINE],
    ['in the record, though its attempt is gone', { tokens: TOKENS, open: [ATTEMPT] }, MINE],
    ['in the record, handed over by the app', { tokens: TOKENS }, HANDED_OVER],
  ])('take their own tokens %s for a commit that succeeded', (_, more, answer) => {
    expect(commitStep(ledger({ gen: 4, ...more }), session('a', 4), answer)).toEqual({
      next: null,
      result: { type: 'committed' },
    });
  });

  it.each<[string, Partial<SessionLedger>, Answer, Partial<SessionLedger>, typeof TOKENS | null]>([
    ['is kept as spare', { tokens: OTHER }, MINE, { tokens: OTHER, spare: LATE }, null],
    [
      'takes the place of an earlier spare, which is given back',
      { tokens: OTHER, spare: TOKENS },
      MINE,
      { tokens: OTHER, spare: LATE },
      TOKENS,
    ],
    ['is kept where the tokens lie elsewhere', {}, MINE, { spare: LATE }, null],
    [
      'is dropped if it rotated nothing',
      { tokens: OTHER },
      { ...MINE, rotated: false },
      { tokens: OTHER },
      null,
    ],
    ['is dropped if the stored token is the same', { tokens: SAME }, MINE, { tokens: SAME }, null],
    [
      'is dropped if the token kept in the record is the same',
      { refreshToken: LATE.refreshToken },
      MINE,
      { refreshToken: LATE.refreshToken },
      null,
    ],
  ])('an answer that comes second %s', (_, there, answer, after, dropped) => {
    const open = [ATTEMPT, { ...ATTEMPT, id: 'me' }];

    expect(commitStep(ledger({ gen: 4, ...there, open }), session('a', 4, LATE), answer)).toEqual({
      next: { v: 1, sid: 'a', gen: 4, open: [ATTEMPT], ...after },
      result: { type: 'superseded', dropped },
    });
  });

  it('an answer that comes second leaves a spent token spent', () => {
    const spent = { reason: 'refreshTokenExpired' } as const;

    expect(commitStep(ledger({ gen: 4, spent }), session('a', 4, LATE), MINE).next).toMatchObject({ spent });
  });

  it('settle nothing over a spare answer that has taken the place of the tokens', () => {
    const reading = ledger({ gen: 4, tokens: OTHER });

    expect(settleStep(reading, session('a', 4), true)).toEqual({ next: null, result: 'movedOn' });
  });

  it('settle without a refresh token to keep', () => {
    const { refreshToken: _, ...without } = TOKENS;

    expect(settleStep(ledger({ gen: 4, open: [ATTEMPT] }), session('a', 4, without), true).next).toEqual({
      v: 1,
      sid: 'a',
      gen: 4,
      open: [ATTEMPT],
    });
  });

  it('take the tokens out once they are written elsewhere, unless the record has moved on', () => {
    const reading = ledger({ gen: 4, tokens: TOKENS });
    expect(settleStep(reading, session('a', 4), false).next).toEqual({ v: 1, sid: 'a', gen: 4, open: [] });
    expect(settleStep(reading, session('a', 4), true).next).toEqual({
      v: 1,
      sid: 'a',
      gen: 4,
      open: [],
      refreshToken: 'refresh-1',
    });
    expect(settleStep(reading, session('a', 3), false)).toEqual({ next: null, result: 'movedOn' });
    expect(settleStep(reading, session('b', 4), false)).toEqual({ next: null, result: 'gone' });
  });

  it('end only the session they were asked to end, and leave a tombstone without tokens', () => {
    expect(endStep(ledger({ tokens: TOKENS, refreshToken: 'x' }), ['a']).next).toEqual({
      v: 1,
      sid: null,
      gen: 3,
      open: [],
      ended: 'a',
    });
    expect(endStep(ledger(EVERYTHING), ['a'])).toEqual({
      next: { v: 1, sid: null, gen: 3, open: [], ended: 'a' },
      result: { v: 1, sid: 'a', gen: 3, ...EVERYTHING },
    });
    const nothing = { next: null, result: null };
    expect(endStep(ledger(), ['b'])).toEqual(nothing);
    expect(endStep(ledger({ sid: null }), ['a'])).toEqual(nothing);
  });

  it('forget with a second tombstone what the first one named', () => {
    expect(tombstoneOf({ v: 1, sid: null, gen: 3, open: [], ended: 'a' })).toEqual({
      v: 1,
      sid: null,
      gen: 3,
      open: [],
    });
  });

  it('rebuild a record from a value only while there is none', () => {
    expect(rebuildStep({ type: 'none' }, session('a', 7)).next).toEqual({ v: 1, sid: 'a', gen: 7, open: [] });
    for (const reading of [ledger(), ledger({ sid: null }), { type: 'corrupt' } as const])
      expect(rebuildStep(reading, session('a', 7))).toEqual({ next: null, result: false });
  });

  it('never let a generation go back, nor a session return after its end, in whatever order they come', () => {
    const step = fc.oneof(
      fc.record({
        type: fc.constant('commit'),
        sid: fc.constantFrom('a', 'b'),
        gen: fc.integer({ min: 1, max: 6 }),
      }),
      fc.record({
        type: fc.constant('settle'),
        sid: fc.constantFrom('a', 'b'),
        gen: fc.integer({ min: 1, max: 6 }),
      }),
      fc.record({ type: fc.constant('end'), sid: fc.constantFrom('a', 'b'), gen: fc.constant(0) }),
      fc.record({ type: fc.constant('rebuild'), sid: fc.constantFrom('a', 'b'), gen: fc.constant(1) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let value: unknown = beginStep({ type: 'none' }, session('a', 1)).next;
        let [lastGen, isOver] = [1, false];
        for (const { type, sid, gen } of steps) {
          const reading = readLedger(value);
          const target = session(sid, gen);
          const { next } =
            type === 'commit'
              ? commitStep(reading, target)
              : type === 'settle'
                ? settleStep(reading, target, false)
                : type === 'end'
                  ? endStep(reading, [sid])
                  : rebuildStep(reading, target);
          value = next ?? value;
          const now = readLedger(value);
          if (now.type !== 'ledger') throw new Error('The record is unreadable.');
          if (isOver) expect(now.ledger.sid).toBeNull();
          isOver ||= now.ledger.sid === null;
          expect(now.ledger.gen).toBeGreaterThanOrEqual(lastGen);
          lastGen = now.ledger.gen;
        }
      }),
    );
  });
});
