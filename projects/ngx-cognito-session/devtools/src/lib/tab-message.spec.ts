import { readTabMessage, tabMessage, type TabMessage } from './tab-message';

const ID = '0a1b2c3d';
const TAB = { status: 'signedIn', isCalling: false, gen: 3, isVisible: true } as const;

describe('a message between panels', () => {
  it.each<TabMessage>([
    { type: 'hello', id: ID },
    { type: 'bye', id: ID },
    { type: 'here', id: ID, tab: TAB },
    { type: 'clock', id: ID, shiftMs: -300_000 },
    { type: 'signOut', id: ID, to: 'ffffffff' },
  ])('is read as it was written: $type', (message) => {
    expect(readTabMessage(structuredClone(tabMessage(message)))).toEqual(message);
  });

  it.each<unknown>([
    null,
    'hello',
    {},
    { v: 2, type: 'hello', id: ID },
    { v: 1, type: 'hello', id: 'x'.repeat(5000) },
    { v: 1, type: 'hello' },
    { v: 1, type: 'other', id: ID },
    { v: 1, type: 'here', id: ID },
    { v: 1, type: 'here', id: ID, tab: { ...TAB, status: '<b>' } },
    { v: 1, type: 'here', id: ID, tab: { ...TAB, gen: 0.5 } },
    { v: 1, type: 'clock', id: ID, shiftMs: Infinity },
    { v: 1, type: 'clock', id: ID, shiftMs: NaN },
    { v: 1, type: 'clock', id: ID, shiftMs: 1e12 },
    { v: 1, type: 'signOut', id: ID, to: 5 },
  ])('that is not one is ignored: %j', (message) => {
    expect(readTabMessage(message)).toBeNull();
  });

  it('keeps nothing besides its fields', () => {
    const more = { v: 1, type: 'here', id: ID, tab: { ...TAB, token: 'x' }, token: 'x' };

    expect(JSON.stringify(readTabMessage(more))).not.toContain('token');
  });
});
