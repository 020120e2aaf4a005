import * as fc from 'fast-check';
import { readView } from '../../panel/src/lib/kept-view';
import {
  damaged,
  expectCleanPrototypes,
  hostileTexts,
  hostileValues,
  textOf,
} from '../../../testing-support/fuzz/hostile';
import { draws } from '../../../testing-support/property/draws';
import { readTabMessage } from './tab-message';

afterEach(expectCleanPrototypes);

const ID = '0a1b2c3d';
const HERE = {
  v: 1,
  type: 'here',
  id: ID,
  tab: { status: 'signedIn', isCalling: false, gen: 3, isVisible: true },
};
const CLOCK = { v: 1, type: 'clock', id: ID, shiftMs: 5 };
const SIGN_OUT = { v: 1, type: 'signOut', id: ID, to: 'ffffffff' };

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  hello: ['id', 'type'],
  bye: ['id', 'type'],
  here: ['id', 'tab', 'type'],
  clock: ['id', 'shiftMs', 'type'],
  signOut: ['id', 'to', 'type'],
};

describe('a message between panels', () => {
  it('has the members of its type alone, short ids and a small shift, and never makes its reader throw', () => {
    const values = fc.oneof(
      hostileValues(Object.keys({ ...HERE, ...CLOCK, ...SIGN_OUT })),
      ...[HERE, CLOCK, SIGN_OUT].map(damaged),
    );
    fc.assert(
      fc.property(values, (value) => {
        const message = readTabMessage(value);

        if (message === null) return;
        expect(Object.keys(message).sort()).toEqual(MEMBERS[message.type]);
        expect(message.id).toMatch(/^[\da-f]{8}$/);
        if (message.type === 'clock') expect(Math.abs(message.shiftMs)).toBeLessThanOrEqual(86_400_000);
        if (message.type === 'signOut') expect(message.to).toMatch(/^[\da-f]{8}$/);
        if (message.type === 'here')
          expect(Object.keys(message.tab).sort()).toEqual(['gen', 'isCalling', 'isVisible', 'status']);
      }),
      draws(400, 30_000),
    );
  });
});

describe('the view of the panel', () => {
  const VIEW = { isOpen: true, tab: 'Overview', theme: 'dark' };

  it('has members of the right type, whatever the storage holds', () => {
    fc.assert(
      fc.property(fc.oneof(hostileTexts(Object.keys(VIEW)), damaged(VIEW).map(textOf)), (text) => {
        sessionStorage.setItem('cognito-session-devtools', text);

        const { isOpen, tab, theme } = readView();

        expect([typeof isOpen, typeof tab]).toEqual(['boolean', 'string']);
        expect(['', 'light', 'dark']).toContain(theme);
      }),
      draws(200, 10_000),
    );
    sessionStorage.clear();
  });
});
