import { heldSession } from '../../../testing-support/held-sessions';
import { toAuthTokens } from '../core/token-set';
import type { RecordReading } from '../storage/session-record';
import { look, type Look } from './look';

const HELD = heldSession({ gen: 4 });

function stored(gen: number) {
  return { sid: 'sid-1', gen, tokens: toAuthTokens(HELD.tokens, 0) };
}

describe('a look at the record', () => {
  it.each<readonly [string, RecordReading, Look]>([
    ['is unchanged at the same generation', { type: 'session', session: stored(4) }, { type: 'unchanged' }],
    ['is unchanged at an older one', { type: 'session', session: stored(3) }, { type: 'unchanged' }],
    ['finds the next one', { type: 'session', session: stored(5) }, { type: 'newer', stored: stored(5) }],
    ['finds a much later one', { type: 'session', session: stored(9) }, { type: 'newer', stored: stored(9) }],
    ['finds nothing', { type: 'none' }, { type: 'gone' }],
    ['finds garbage', { type: 'corrupt' }, { type: 'gone' }],
    ['finds a value of the future', { type: 'future' }, { type: 'gone' }],
  ])('%s', (_, reading, expected) => {
    expect(look(HELD, reading)).toMatchObject(expected);
  });
});
