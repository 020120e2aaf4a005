import fc from 'fast-check';
import { authTokens } from '../../../testing-support/test-tokens';
import { beginStep, commitStep, endStep, rebuildStep, settleStep, type LedgerSession } from './ledger-steps';
import { readLedger, type LedgerReading, type SessionLedger } from './session-ledger';

const TOKENS = authTokens({ iat: 1_767_614_400 });
const OTHER = authTokens({ iat: 1_767_618_000 });

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

  it('leave a record of a newer version alone', () => {
    const future = { type: 'future' } as const;
    expect(beginStep(future, session('b', 1))).toMatchObject({ next: null, result: 'future' });
    expect(commitStep(future, session('a', 4))).toEqual({ next: null, result: { type: 'gone' } });
    expect(endStep(future, 'a')).toEqual({ next: null, result: null });
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
    expect(endStep(ledger({ tokens: TOKENS, refreshToken: 'x' }), 'a').next).toEqual({
      v: 1,
      sid: null,
      gen: 3,
      open: [],
      ended: 'a',
    });
    const nothing = { next: null, result: null };
    expect(endStep(ledger(), 'b')).toEqual(nothing);
    expect(endStep(ledger({ sid: null }), 'a')).toEqual(nothing);
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
                  ? endStep(reading, sid)
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

describe('readLedger', () => {
  it('reads what the steps write', () => {
    const { next } = beginStep({ type: 'none' }, session('a', 1));
    expect(readLedger(structuredClone(next))).toEqual({ type: 'ledger', ledger: next });
  });

  it.each<[string, unknown, LedgerReading['type']]>([
    ['nothing', undefined, 'none'],
    ['null', null, 'none'],
    ['a newer version', { v: 2, whatever: true }, 'future'],
    ['text', 'x', 'corrupt'],
    ['no version', { sid: 'a', gen: 1, open: [] }, 'corrupt'],
    ['an empty sid', { v: 1, sid: '', gen: 1, open: [] }, 'corrupt'],
    ['a sid that is no text', { v: 1, sid: 7, gen: 1, open: [] }, 'corrupt'],
    ['a gen that is no number', { v: 1, sid: 'a', gen: '1', open: [] }, 'corrupt'],
    ['no list of attempts', { v: 1, sid: 'a', gen: 1 }, 'corrupt'],
    ['tokens without an access token', { v: 1, sid: 'a', gen: 1, open: [], tokens: {} }, 'corrupt'],
    [
      'a drift that is NaN',
      { v: 1, sid: 'a', gen: 1, open: [], tokens: { ...TOKENS, clockDrift: NaN } },
      'corrupt',
    ],
  ])('calls %s what it is', (_, value, type) => {
    expect(readLedger(value).type).toBe(type);
  });
});
