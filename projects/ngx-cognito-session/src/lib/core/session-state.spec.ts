import { failureOf, heldSession, signedInState } from '../../../testing-support/held-sessions';
import { SessionError } from '../errors/session-error';
import {
  INITIAL_STATE,
  isHeld,
  isSameState,
  toPublicState,
  type InternalState,
  type SessionState,
} from './session-state';

const ACTIVE = heldSession();
const { session } = ACTIVE;
const FAILURE = failureOf();
const HELD = signedInState(ACTIVE);

describe('toPublicState', () => {
  it.each<readonly [string, InternalState, SessionState]>([
    ['nothing known yet', INITIAL_STATE, { status: 'restoring' }],
    [
      'a stored session that is being renewed, as nothing known yet',
      { ...HELD, status: 'restoring', failure: null, refreshing: true },
      { status: 'restoring' },
    ],
    [
      'no user signed in',
      { status: 'signedOut', active: null, reason: 'rotationLost' },
      { status: 'signedOut', reason: 'rotationLost' },
    ],
    ['a session', HELD, { status: 'signedIn', session, refreshing: false }],
    ['a renewal', { ...HELD, refreshing: true }, { status: 'signedIn', session, refreshing: true }],
    [
      'a stale session with the reason',
      { ...HELD, status: 'stale', failure: FAILURE, refreshing: true },
      { status: 'stale', session, error: FAILURE.error },
    ],
  ])('shows %s', (_, internal, shown) => {
    expect(toPublicState(internal)).toEqual(shown);
  });

  it('shows no raw token', () => {
    const shown = JSON.stringify(toPublicState({ ...HELD, status: 'stale', failure: FAILURE }));

    expect(shown).not.toContain(ACTIVE.tokens.accessToken);
    expect(shown).not.toContain('refresh-1');
  });
});

describe('isSameState', () => {
  const other = heldSession({ gen: 2 }).session;
  const { error } = FAILURE;
  /** All different, though some only just. */
  const STATES: readonly SessionState[] = [
    { status: 'restoring' },
    { status: 'signedOut', reason: 'noSession' },
    { status: 'signedOut', reason: 'signedOut' },
    { status: 'signedIn', session, refreshing: false },
    { status: 'signedIn', session, refreshing: true },
    { status: 'signedIn', session: other, refreshing: true },
    { status: 'stale', session, error },
    { status: 'stale', session: other, error },
    { status: 'stale', session, error: new SessionError('throttled', '') },
  ];

  it.each(STATES)('knows a copy of $status as the same', (state) => {
    expect(isSameState(state, { ...state })).toBe(true);
  });

  it('tells every state from every other', () => {
    const confused = STATES.flatMap((a) => STATES.filter((b) => b !== a && isSameState(a, b)));

    expect(confused).toEqual([]);
  });
});

it('holds a session in every state that has one', () => {
  expect(isHeld(INITIAL_STATE)).toBe(false);
  expect(isHeld({ status: 'signedOut', active: null, reason: 'noSession' })).toBe(false);
  expect(isHeld(HELD)).toBe(true);
  expect(isHeld({ ...HELD, status: 'restoring', failure: null })).toBe(true);
});
