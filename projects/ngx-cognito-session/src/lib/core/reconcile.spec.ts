import { failureOf, heldSession, signedInState, thrownBy } from '../../../testing-support/held-sessions';
import { SessionError } from '../errors/session-error';
import type { ActiveSession } from './active-session';
import { reconcile } from './reconcile';
import {
  recordOf,
  tombstone,
  type LiveRecord,
  type RecordReading,
  type StoredSession,
} from './session-record';
import { INITIAL_STATE, type InternalState } from './session-state';
import { toAuthTokens } from './token-set';

const HELD = heldSession({ gen: 2 });
const SAME_USER = heldSession({ sid: 'sid-2' });
const OTHER_USER = heldSession({ sid: 'sid-3', sub: 'user-2' });
const SIGNED_IN = signedInState(HELD);
const SUSPECT: InternalState = { ...SIGNED_IN, suspect: true };
const SHOWN: InternalState = { ...SUSPECT, unannounced: true };
const RESTORING: InternalState = { ...signedInState(HELD), status: 'restoring', failure: null };
const STALE: InternalState = { ...signedInState(HELD), status: 'stale', failure: failureOf() };
const SIGNED_OUT: InternalState = { status: 'signedOut', active: null, reason: 'signedOut' };
const WITH_SESSION: readonly [string, InternalState][] = [
  ['signed in', SIGNED_IN],
  ['suspect', SUSPECT],
  ['restoring with a session', RESTORING],
  ['stale', STALE],
];

function stored(session: ActiveSession): LiveRecord {
  const { sid, gen, since, tokens } = session;
  return recordOf({ sid, gen, since, tokens: toAuthTokens(tokens, 0) });
}

/** Opens one of the sessions of this file, as the session factory does. */
function open({ sid, gen, tokens }: StoredSession): ActiveSession {
  const known = [HELD, SAME_USER, OTHER_USER].find((session) => session.sid === sid) ?? HELD;
  return { ...known, gen, tokens: { ...known.tokens, refreshToken: tokens.refreshToken } };
}

function change(state: InternalState, reading: RecordReading, onUserSwitch: 'adopt' | 'signOut' = 'adopt') {
  return reconcile(state, reading, open, onUserSwitch);
}

describe('a record that holds the session of this tab', () => {
  it.each(WITH_SESSION)('confirms it: %s', (_, state) => {
    expect(change(state, stored(HELD))).toEqual({ type: 'verified', sid: 'sid-1' });
  });

  it.each(WITH_SESSION)('has newer tokens: %s', (_, state) => {
    const newer = { ...stored(HELD), gen: 3 };

    expect(change(state, newer)).toEqual({ type: 'renewed', active: open(newer), origin: 'otherTab' });
  });

  it('has another refresh token of the same generation', () => {
    const record = stored(HELD);
    const spared = { ...record, tokens: { ...record.tokens, refreshToken: 'refresh-s' } };

    expect(change(SIGNED_IN, spared)).toEqual({ type: 'renewed', active: open(spared), origin: 'otherTab' });
  });

  it('has older tokens, because the commit of this tab failed: it keeps its own', () => {
    const older = { ...stored(HELD), gen: 1 };

    expect(change(SIGNED_IN, older)).toEqual({ type: 'verified', sid: 'sid-1' });
  });

  it('decodes no tokens if there is nothing new', () => {
    const undecodable = () => {
      throw new Error('Not decoded.');
    };

    const found = reconcile(SIGNED_IN, stored(HELD), undecodable, 'adopt');

    expect(found).toEqual({ type: 'verified', sid: 'sid-1' });
  });
});

describe('a record that holds another session', () => {
  it.each<[string, InternalState]>([
    ['before the first look', INITIAL_STATE],
    ['signed out', SIGNED_OUT],
    ...WITH_SESSION,
  ])('is adopted: %s', (_, state) => {
    expect(change(state, stored(OTHER_USER))).toEqual({
      type: 'adopted',
      active: open(stored(OTHER_USER)),
      origin: 'otherTab',
    });
  });

  it('of another user ends the session of this tab, if the app wants that', () => {
    expect(change(SIGNED_IN, stored(OTHER_USER), 'signOut')).toEqual({
      type: 'ended',
      sid: 'sid-1',
      reason: 'userSwitched',
      origin: 'otherTab',
    });
  });

  it.each<[string, InternalState, ActiveSession]>([
    ['it is of the same user', SIGNED_IN, SAME_USER],
    ['the user was signed out here', SIGNED_OUT, OTHER_USER],
    ['nothing was known before', INITIAL_STATE, OTHER_USER],
    ['only the copy has shown the other user', SHOWN, OTHER_USER],
  ])('is adopted even if the app does not want a switch of users, because %s', (_, state, session) => {
    expect(change(state, stored(session), 'signOut')).toMatchObject({ type: 'adopted' });
  });

  it('whose tokens cannot be used makes it throw what decoding throws', () => {
    const error = new SessionError('invalidToken', 'Not a JWT.');
    const failing = () => {
      throw error;
    };

    expect(thrownBy(() => reconcile(SIGNED_IN, stored(OTHER_USER), failing, 'adopt'))).toBe(error);
  });
});

describe('a record without a session', () => {
  const ended = { type: 'ended', sid: 'sid-1' };

  it.each(WITH_SESSION)('means that another tab has signed out: %s', (_, state) => {
    expect(change(state, tombstone('sid-1', 0))).toEqual({
      ...ended,
      reason: 'signedOutElsewhere',
      origin: 'otherTab',
    });
  });

  it('says why the session ended', () => {
    expect(change(SIGNED_IN, tombstone('sid-1', 0, 'rotationLost'))).toEqual({
      ...ended,
      reason: 'rotationLost',
      origin: 'otherTab',
    });
  });

  it('does not say why a session ended that another one had replaced', () => {
    expect(change(SIGNED_IN, tombstone('sid-2', 0, 'rotationLost'))).toEqual({
      ...ended,
      reason: 'signedOutElsewhere',
      origin: 'otherTab',
    });
  });

  it.each(WITH_SESSION)('is missing, because the storage was cleared: %s', (_, state) => {
    expect(change(state, 'none')).toEqual({ ...ended, reason: 'storageCleared', origin: 'thisTab' });
  });

  it.each(['none', tombstone('sid-1', 0), tombstone('sid-1', 0, 'rotationLost')] as const)(
    'means at start that no session is stored: %j',
    (reading) => {
      expect(change(INITIAL_STATE, reading)).toEqual({ type: 'notRestored', reason: 'noSession' });
    },
  );

  it.each(['none', 'future', 'corrupt', tombstone('sid-1', 0)] as const)(
    'changes nothing for a tab that is signed out: %j',
    (reading) => {
      expect(change(SIGNED_OUT, reading)).toBeNull();
    },
  );
});

describe('a record that cannot be read', () => {
  it.each([
    ['corrupt', 'The stored session is corrupt.'],
    ['future', 'The stored session was written by a newer version of the library. Reload the page.'],
  ] as const)('is reported, with or without a session: %s', (reading, message) => {
    const states = [INITIAL_STATE, ...WITH_SESSION.map(([, state]) => state)];

    const changes = states.map((state) => change(state, reading));

    for (const found of changes)
      expect(found).toMatchObject({ type: 'unreadable', error: { code: 'storageError', message } });
  });
});
