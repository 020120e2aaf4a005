import { readTabMessage, tabMessage, type TabHint } from './tab-message';

const NS = 'eu-west-1/client1';

const HINTS: readonly TabHint[] = [
  { type: 'started', sid: 'a', gen: 1 },
  { type: 'failed', sid: 'a', gen: 1 },
  { type: 'renewed', sid: 'a', gen: 2 },
  { type: 'signedIn', sid: 'a' },
  { type: 'signedOut', sid: 'a' },
  { type: 'signedOut', sid: 'a', gen: 3 },
  { type: 'ended', sid: 'a' },
];

function whyRejected(value: unknown): string | null {
  const read = readTabMessage(value, NS);
  return read.type === 'rejected' ? read.why : null;
}

describe('a message between tabs', () => {
  it.each(HINTS)('is read as it was written: $type', (hint) => {
    const sent: unknown = JSON.parse(JSON.stringify(tabMessage(NS, hint)));

    expect(readTabMessage(sent, NS)).toEqual({ type: 'hint', hint });
  });

  it('brings along nothing but what it is made of', () => {
    const hint = { type: 'renewed', sid: 'a', gen: 2, tokens: { accessToken: 'x' } };

    expect(readTabMessage({ v: 1, ns: NS, hint, more: true }, NS)).toEqual({
      type: 'hint',
      hint: { type: 'renewed', sid: 'a', gen: 2 },
    });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'signedOut'],
    ['a number', 7],
    ['a list', []],
    ['no version', { ns: NS, hint: HINTS[4] }],
    ['a version that is no number', { v: '1', ns: NS, hint: HINTS[4] }],
    ['NaN as version', { v: NaN, ns: NS, hint: HINTS[4] }],
  ])('is rejected without the shape of one: %s', (_, value) => {
    expect(whyRejected(value)).toBe('It has not the shape of one.');
  });

  it.each(['us-east-1/client1', 'eu-west-1/client2', '', undefined, 7])(
    'is rejected if it is about another app client: %s',
    (ns) => {
      expect(whyRejected({ v: 1, ns, hint: HINTS[4] })).toBe('It is about another app client.');
    },
  );

  it.each([
    ['no hint', undefined],
    ['an unknown type', { type: 'tokens', sid: 'a' }],
    ['a type of every object', { type: 'constructor', sid: 'a' }],
    ['no sid', { type: 'signedOut' }],
    ['an empty sid', { type: 'signedOut', sid: '' }],
    ['a sid that is no text', { type: 'signedOut', sid: { toString: 'a' } }],
    ['an endless sid', { type: 'signedOut', sid: 'a'.repeat(129) }],
    ['no gen', { type: 'renewed', sid: 'a' }],
    ['gen zero', { type: 'renewed', sid: 'a', gen: 0 }],
    ['a gen that is no number', { type: 'renewed', sid: 'a', gen: '2' }],
    ['half a gen', { type: 'started', sid: 'a', gen: 1.5 }],
    ['an infinite gen', { type: 'failed', sid: 'a', gen: Infinity }],
  ])('is rejected if it says nothing that is known: %s', (_, hint) => {
    expect(whyRejected({ v: 1, ns: NS, hint })).toBe('It says nothing that is known.');
  });

  it.each([0, '2', 1.5])('of a sign-out with a gen that is none is heeded all the same: %p', (gen) => {
    expect(readTabMessage({ v: 1, ns: NS, hint: { type: 'signedOut', sid: 'a', gen } }, NS)).toEqual({
      type: 'hint',
      hint: { type: 'signedOut', sid: 'a' },
    });
  });

  it.each([0, 2, 99])('of version %d is heeded only if it says that the user signed out', (v) => {
    const obeyed = HINTS.filter((hint) => readTabMessage({ v, ns: NS, hint }, NS).type === 'hint');

    expect(obeyed.map(({ type }) => type)).toEqual(['signedOut', 'signedOut']);
    expect(whyRejected({ v, ns: NS, hint: HINTS[0] })).toBe('It comes from another version of the library.');
  });
});
