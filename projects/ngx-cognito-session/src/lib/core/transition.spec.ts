import fc from 'fast-check';
import { failureOf, heldSession, signedInState } from '../../../testing-support/held-sessions';
import { SessionError } from '../errors/session-error';
import type { ActiveSession } from './active-session';
import type { SessionEvent } from './session-event';
import { INITIAL_STATE, isHeld, toPublicState, type HeldState, type InternalState } from './session-state';
import type { SessionChange } from './session-change';
import { transition, type Transition } from './transition';

const HELD = heldSession({ gen: 2, refreshTokenValidityDays: 30 });
const NEWER = heldSession({ gen: 3, refreshTokenValidityDays: 30 });
const OLDER = heldSession({ gen: 1 });
const SAME_USER = heldSession({ sid: 'sid-2' });
const OTHER_USER = heldSession({ sid: 'sid-3', sub: 'user-2' });
const FAILURE = failureOf();
const NEXT_FAILURE = failureOf({ count: 2 });
const ERROR = new SessionError('storageUnreadable', 'Garbage.');
/** The copy does not hold the refresh token. */
const COPIED = heldSession({ gen: 2, refreshTokenValidityDays: 30, refreshToken: null });

const dead = (active: ActiveSession): ActiveSession => ({ ...active, serverNowMs: () => active.diesAtMs });

const RESTORING: HeldState = { ...signedInState(HELD), status: 'restoring', failure: null };
const SIGNED_IN = signedInState(HELD);
const RENEWING: HeldState = { ...signedInState(HELD), refreshing: true };
const FAILING: HeldState = { ...signedInState(HELD), status: 'signedIn', failure: FAILURE };
const STALE: HeldState = { ...signedInState(HELD), status: 'stale', failure: FAILURE, refreshing: true };
const SHOWN: HeldState = { ...signedInState(COPIED), suspect: true, unannounced: true };
const SIGNED_OUT: InternalState = { status: 'signedOut', active: null, reason: 'rotationLost' };

const STATES = {
  'while nothing is known': INITIAL_STATE,
  'while a stored session is renewed': RESTORING,
  'while signed in': SIGNED_IN,
  'while it is renewed': RENEWING,
  'while renewals fail': FAILING,
  'while stale': STALE,
  'while only the copy was read': SHOWN,
  'while signed out': SIGNED_OUT,
} satisfies Record<string, InternalState>;
type StateName = keyof typeof STATES;
const EVERY_STATE = Object.keys(STATES) as readonly StateName[];
const EVERY_HELD_STATE = EVERY_STATE.filter((name) => isHeld(STATES[name]));
/** Those in which subscribers have learned of the session. */
const EVERY_ANNOUNCED_STATE = EVERY_HELD_STATE.filter((name) => name !== 'while only the copy was read');

/** The events in few words; where they come from, unless it is this tab. */
function told({ events }: Transition): readonly string[] {
  return events.map((event) => {
    const origin = event.origin === 'thisTab' ? '' : ` from ${event.origin}`;
    return event.type === 'sessionExpired'
      ? `${event.type} ${event.reason}${event.final ? ' for good' : ''}${origin}`
      : event.type === 'error'
        ? `error ${event.error.code}${origin}`
        : event.type + origin;
  });
}

function expectUnchanged(state: InternalState, change: SessionChange): void {
  const result = transition(state, change);

  expect(result.state).toBe(state);
  expect(result.events).toEqual([]);
}

describe('a stored session', () => {
  const found = (active: ActiveSession): SessionChange => ({ type: 'adopted', active, origin: 'otherTab' });

  it('is restored if its token lives', () => {
    const result = transition(INITIAL_STATE, found(HELD));

    expect(result.state).toEqual(SIGNED_IN);
    expect(result.events).toEqual([{ type: 'sessionRestored', origin: 'thisTab', session: HELD.session }]);
  });

  it('whose token is dead is refreshed before the user counts as signed in', () => {
    const active = dead(HELD);
    const result = transition(INITIAL_STATE, found(active));

    expect(result.state).toEqual({ ...RESTORING, active });
    expect(told(result)).toEqual([]);
  });

  it('is restored in the place of one whose dead token is being refreshed', () => {
    expect(told(transition(RESTORING, found(OTHER_USER)))).toEqual(['sessionRestored']);
    expect(told(transition(RESTORING, found(dead(OTHER_USER))))).toEqual([]);
  });

  it.each(EVERY_STATE.slice(1))('that is missing, or is shown too late, changes nothing %s', (name) => {
    expectUnchanged(STATES[name], { type: 'shown', active: OTHER_USER });
    expectUnchanged(STATES[name], { type: 'notRestored', reason: 'noSession' });
    expectUnchanged(STATES[name], { type: 'notRestored', reason: 'storageUnreadable', error: ERROR });
  });

  it.each([
    ['noSession', undefined, []],
    ['storageUnreadable', ERROR, ['error storageUnreadable']],
    ['configurationFailed', ERROR, ['error storageUnreadable']],
    ['storageCleared', undefined, ['sessionExpired storageCleared for good']],
  ] as const)('that is missing leaves the page signed out: %s', (reason, error, events) => {
    const result = transition(INITIAL_STATE, {
      type: 'notRestored',
      reason,
      ...(error !== undefined && { error }),
    });

    expect(result.state).toEqual({ status: 'signedOut', active: null, reason });
    expect(told(result)).toEqual(events);
  });
});

describe('a session that only the copy holds', () => {
  const verified: SessionChange = { type: 'verified', sid: 'sid-1' };

  it('is shown as suspect, without an event', () => {
    expect(transition(INITIAL_STATE, { type: 'shown', active: COPIED })).toEqual({
      state: SHOWN,
      events: [],
    });
  });

  it('is announced once the record confirms it', () => {
    const result = transition(SHOWN, verified);

    expect(result.state).toEqual(signedInState(COPIED));
    expect(result.events).toEqual([{ type: 'sessionRestored', origin: 'thisTab', session: COPIED.session }]);
    expectUnchanged(result.state, verified);
  });

  it('takes the refresh token from the record', () => {
    const result = transition(SHOWN, { type: 'renewed', active: HELD, origin: 'otherTab' });

    const { session, anchor, serverNowMs } = COPIED;
    expect(result.state).toEqual(signedInState({ ...HELD, session, anchor, serverNowMs }));
    // Subscribers see no new session, and the time at Cognito that was seen stays known.
    expect(result.state.active?.session).toBe(session);
    expect(result.state.active?.anchor).toBe(anchor);
    expect(told(result)).toEqual(['sessionRestored']);
  });

  it('takes newer tokens from the record. That was not a refresh', () => {
    const result = transition(SHOWN, { type: 'renewed', active: NEWER, origin: 'otherTab' });

    expect(result.state).toEqual(signedInState(NEWER));
    expect(result.events).toEqual([{ type: 'sessionRestored', origin: 'thisTab', session: NEWER.session }]);
  });

  it.each([
    ['of the same user', SAME_USER],
    ['of another user', OTHER_USER],
  ])('gives way to the session of the record %s, which is restored', (_, active) => {
    const result = transition(SHOWN, { type: 'adopted', active, origin: 'otherTab' });

    expect(result.state).toEqual(signedInState(active));
    expect(told(result)).toEqual(['sessionRestored']);
  });

  it('gives way to the session of the record, whose dead token is refreshed first', () => {
    const active = dead(OTHER_USER);
    const result = transition(SHOWN, { type: 'adopted', active, origin: 'otherTab' });

    expect(result).toEqual({
      state: { ...signedInState(active), status: 'restoring' },
      events: [],
    });
  });

  it.each([
    ['signedOutElsewhere', 'otherTab'],
    ['refreshTokenExpired', 'otherTab'],
    ['storageCleared', 'thisTab'],
  ] as const)('was over before this page started, without an event: %s', (reason, origin) => {
    expect(transition(SHOWN, { type: 'ended', sid: 'sid-1', reason, origin })).toEqual({
      state: { status: 'signedOut', active: null, reason: 'noSession' },
      events: [],
    });
  });

  it('is replaced by a sign-in without being mentioned', () => {
    expect(told(transition(SHOWN, { type: 'adopted', active: OTHER_USER, origin: 'thisTab' }))).toEqual([
      'signedIn',
    ]);
  });

  it('stays unannounced while refreshes fail', () => {
    const change = { type: 'failed', sid: 'sid-1', gen: 2, failure: FAILURE, stale: false } as const;
    const { state } = transition(SHOWN, { ...change, reported: 'thisTab' });

    expect(state).toMatchObject({ status: 'signedIn', suspect: true, unannounced: true });
    expect(told(transition(state, verified))).toEqual(['sessionRestored']);
  });

  it('is no end to announce', () => {
    expectUnchanged(SHOWN, { type: 'endingAnnounced', sid: 'sid-1' });
  });
});

describe('a page that was hidden', () => {
  it.each(EVERY_HELD_STATE)('holds a suspect session %s', (name) => {
    const result = transition(STATES[name], { type: 'suspected', sid: 'sid-1' });

    expect(result).toEqual({ state: { ...STATES[name], suspect: true }, events: [] });
    expectUnchanged(result.state, { type: 'suspected', sid: 'sid-1' });
  });

  it.each(EVERY_HELD_STATE)('is not confirmed by a new time of the next refresh, %s', (name) => {
    const suspect = { ...STATES[name], suspect: true } as HeldState;
    const active = { ...suspect.active, renewalDueAtMs: 1 };

    expect(transition(suspect, { type: 'dueChanged', sid: 'sid-1', renewalDueAtMs: 1 })).toEqual({
      state: { ...suspect, active },
      events: [],
    });
  });

  it('holds it until the record confirms it, without an event', () => {
    const suspect: HeldState = { ...SIGNED_IN, suspect: true };

    expect(transition(suspect, { type: 'verified', sid: 'sid-1' })).toEqual({ state: SIGNED_IN, events: [] });
    expectUnchanged(SIGNED_IN, { type: 'verified', sid: 'sid-1' });
  });

  it('takes another refresh token from the record, without an event', () => {
    const suspect: HeldState = { ...SIGNED_IN, suspect: true };
    const other = heldSession({ gen: 2, refreshToken: 'refresh-of-the-record' });
    const { session, anchor, serverNowMs } = HELD;

    expect(transition(suspect, { type: 'renewed', active: other, origin: 'otherTab' })).toEqual({
      state: signedInState({ ...other, session, anchor, serverNowMs }),
      events: [],
    });
  });

  it('trusts the session once it has been refreshed', () => {
    const suspect: HeldState = { ...SIGNED_IN, suspect: true };

    expect(transition(suspect, { type: 'renewed', active: NEWER, origin: 'otherTab' }).state).toEqual(
      signedInState(NEWER),
    );
  });
});

describe('a record that cannot be read', () => {
  it.each(EVERY_STATE.filter((name) => name !== 'while signed out'))('ends the session %s', (name) => {
    const result = transition(STATES[name], { type: 'unreadable', error: ERROR });

    expect(result.state).toEqual({ status: 'signedOut', active: null, reason: 'storageUnreadable' });
    expect(told(result)).toEqual(['error storageUnreadable']);
  });

  it('changes nothing while signed out', () => {
    expectUnchanged(SIGNED_OUT, { type: 'unreadable', error: ERROR });
  });
});

describe('another tab', () => {
  it.each(EVERY_ANNOUNCED_STATE)('replaces the session %s', (name) => {
    const result = transition(STATES[name], { type: 'adopted', active: OTHER_USER, origin: 'otherTab' });

    expect(result.state).toEqual(signedInState(OTHER_USER));
    // A session whose dead token is being refreshed was not announced.
    expect(result.events).toEqual([
      name === 'while a stored session is renewed'
        ? { type: 'sessionRestored', origin: 'thisTab', session: OTHER_USER.session }
        : { type: 'sessionReplaced', origin: 'otherTab', session: OTHER_USER.session },
    ]);
  });

  it('replaces the session although its tokens are dead', () => {
    const active = dead(OTHER_USER);
    const result = transition(SIGNED_IN, { type: 'adopted', active, origin: 'otherTab' });

    expect(result.state).toEqual(signedInState(active));
    expect(told(result)).toEqual(['sessionReplaced from otherTab']);
  });

  it('signs the same user in again', () => {
    const result = transition(SIGNED_IN, { type: 'adopted', active: SAME_USER, origin: 'otherTab' });

    expect(told(result)).toEqual(['signedIn from otherTab']);
  });

  it.each(EVERY_ANNOUNCED_STATE)('signs out %s', (name) => {
    const result = transition(STATES[name], {
      type: 'ended',
      sid: 'sid-1',
      reason: 'signedOutElsewhere',
      origin: 'otherTab',
    });

    expect(result.state).toEqual({ status: 'signedOut', active: null, reason: 'signedOutElsewhere' });
    expect(result.events).toEqual([{ type: 'signedOut', origin: 'otherTab' }]);
  });

  it('ends the session with a reason of its own', () => {
    const result = transition(SIGNED_IN, {
      type: 'ended',
      sid: 'sid-1',
      reason: 'rotationLost',
      origin: 'otherTab',
    });

    expect(told(result)).toEqual(['sessionExpired rotationLost for good from otherTab']);
  });
});

describe('a sign-in', () => {
  it.each(EVERY_STATE)('counts %s', (name) => {
    const result = transition(STATES[name], { type: 'adopted', active: OTHER_USER, origin: 'thisTab' });

    expect(result.state).toEqual(signedInState(OTHER_USER));
    const isKnown = isHeld(STATES[name]) && name !== 'while only the copy was read';
    expect(told(result)).toEqual([isKnown ? 'sessionReplaced' : 'signedIn']);
  });

  it.each(EVERY_STATE)('of the same user starts a session of its own %s', (name) => {
    const result = transition(STATES[name], { type: 'adopted', active: SAME_USER, origin: 'thisTab' });

    expect(result.state).toEqual(signedInState(SAME_USER));
    expect(told(result)).toEqual(['signedIn']);
  });

  it('reports the new session', () => {
    const { events } = transition(SIGNED_IN, { type: 'adopted', active: OTHER_USER, origin: 'thisTab' });

    expect(events).toEqual([{ type: 'sessionReplaced', origin: 'thisTab', session: OTHER_USER.session }]);
  });
});

describe('a renewal', () => {
  it.each(EVERY_HELD_STATE)('that starts is reported by the state alone %s', (name) => {
    const result = transition(STATES[name], { type: 'renewing', sid: 'sid-1' });

    expect(result).toEqual({ state: { ...STATES[name], refreshing: true }, events: [] });
  });

  it.each(EVERY_HELD_STATE)('that succeeds heals everything %s', (name) => {
    const result = transition(STATES[name], { type: 'renewed', active: NEWER, origin: 'thisTab' });

    expect(result.state).toEqual(signedInState(NEWER));
    expect(told(result)).toEqual(
      ['while a stored session is renewed', 'while only the copy was read'].includes(name)
        ? ['sessionRestored', 'tokenRefreshed']
        : ['tokenRefreshed'],
    );
  });

  it.each(['thisTab', 'otherTab'] as const)('reports which tab made it: %s', (origin) => {
    const { events } = transition(SIGNED_IN, { type: 'renewed', active: NEWER, origin });

    expect(events).toEqual([{ type: 'tokenRefreshed', origin, session: NEWER.session }]);
  });

  it('does not let the end of the session be announced again', () => {
    const announced = { ...SIGNED_IN, endingAnnounced: true };

    const { state } = transition(announced, { type: 'renewed', active: NEWER, origin: 'thisTab' });

    expect(state).toMatchObject({ endingAnnounced: true });
  });

  it.each([
    ['while a stored session is renewed', 'restoring'],
    ['while signed in', 'signedIn'],
    ['while it is renewed', 'signedIn'],
    ['while renewals fail', 'signedIn'],
    ['while stale', 'stale'],
    ['while only the copy was read', 'signedIn'],
  ] as const)('that fails while the token lives or retries are left keeps the status %s', (name, status) => {
    const result = transition(STATES[name], {
      type: 'failed',
      sid: 'sid-1',
      gen: 2,
      failure: NEXT_FAILURE,
      stale: false,
      reported: 'thisTab',
    });

    expect(result.state).toEqual({ ...STATES[name], status, refreshing: false, failure: NEXT_FAILURE });
    expect(told(result)).toEqual(['error networkError']);
  });

  it.each([
    [
      'while a stored session is renewed',
      ['sessionRestored', 'error networkError', 'sessionExpired refreshFailed'],
    ],
    ['while signed in', ['error networkError', 'sessionExpired refreshFailed']],
    ['while it is renewed', ['error networkError', 'sessionExpired refreshFailed']],
    ['while renewals fail', ['error networkError', 'sessionExpired refreshFailed']],
    ['while stale', ['error networkError']],
    [
      'while only the copy was read',
      ['sessionRestored', 'error networkError', 'sessionExpired refreshFailed'],
    ],
  ] as const)('that fails for a dead token leaves it stale, reported once: %s', (name, events) => {
    const result = transition(STATES[name], {
      type: 'failed',
      sid: 'sid-1',
      gen: 2,
      failure: NEXT_FAILURE,
      stale: true,
      reported: 'thisTab',
    });

    expect(result.state).toEqual({
      ...STATES[name],
      status: 'stale',
      refreshing: false,
      failure: NEXT_FAILURE,
      unannounced: false,
    });
    expect(told(result)).toEqual(events);
  });

  it.each([
    ['thisTab', ['error networkError']],
    ['otherTab', ['error networkError from otherTab']],
    [null, []],
  ] as const)('that fails is reported where it was seen first: %s', (reported, events) => {
    const change = { type: 'failed', sid: 'sid-1', gen: 2, failure: NEXT_FAILURE, stale: false } as const;

    expect(told(transition(SIGNED_IN, { ...change, reported }))).toEqual(events);
  });
});

describe('time', () => {
  it('lets a session become stale when its token dies while renewals fail', () => {
    const died: SessionChange = {
      type: 'failed',
      sid: 'sid-1',
      gen: 2,
      failure: FAILURE,
      stale: true,
      reported: null,
    };
    const result = transition(FAILING, died);

    expect(result.state).toEqual({ ...FAILING, status: 'stale' });
    expect(told(result)).toEqual(['sessionExpired refreshFailed']);
    expect(told(transition(result.state, died))).toEqual([]);
  });

  it.each(EVERY_HELD_STATE)('shortens a wait without an event %s', (name) => {
    const change = { type: 'failed', sid: 'sid-1', gen: 2, failure: NEXT_FAILURE, stale: false } as const;
    const result = transition(STATES[name], { ...change, reported: null });

    expect(result).toEqual({
      state: { ...STATES[name], failure: NEXT_FAILURE, refreshing: false },
      events: [],
    });
  });

  it.each(EVERY_ANNOUNCED_STATE)('brings the end of the session near, reported once: %s', (name) => {
    const result = transition(STATES[name], { type: 'endingAnnounced', sid: 'sid-1' });

    expect(result.state).toEqual({ ...STATES[name], endingAnnounced: true });
    expect(result.events).toEqual([
      { type: 'sessionEnding', origin: 'thisTab', endsAt: HELD.session.endsAt },
    ]);
    expectUnchanged(result.state, { type: 'endingAnnounced', sid: 'sid-1' });
  });

  it('does not announce an end that is not known', () => {
    expectUnchanged(signedInState(OLDER), { type: 'endingAnnounced', sid: 'sid-1' });
  });
});

describe('an end', () => {
  it.each([
    'refreshTokenExpired',
    'rotationLost',
    'userNotFound',
    'passwordResetRequired',
    'userNotConfirmed',
    'sessionEnded',
    'tokensExpired',
    'storageCleared',
    'userSwitched',
  ] as const)('without sign-out is reported once, for good: %s', (reason) => {
    for (const name of EVERY_ANNOUNCED_STATE) {
      const change = { type: 'ended', sid: 'sid-1', reason, origin: 'thisTab' } as const;
      const result = transition(STATES[name], change);

      expect(result.state).toMatchObject({ status: 'signedOut', active: null, reason });
      expect(told(result)).toEqual([`sessionExpired ${reason} for good`]);
      expectUnchanged(result.state, { type: 'signedOut' });
      expectUnchanged(result.state, change);
    }
  });

  it('by a refusal of Cognito is reported although only the copy was read', () => {
    const change = { type: 'ended', sid: 'sid-1', reason: 'rotationLost', origin: 'thisTab' } as const;

    expect(told(transition(SHOWN, change))).toEqual(['sessionExpired rotationLost for good']);
  });

  it("because of another user's sign-in lets only the first user's session come back", () => {
    const displaced = transition(SIGNED_IN, {
      type: 'ended',
      sid: 'sid-1',
      reason: 'userSwitched',
      origin: 'otherTab',
    });

    expectUnchanged(displaced.state, { type: 'adopted', active: OTHER_USER, origin: 'otherTab' });
    expectUnchanged(displaced.state, { type: 'adopted', active: dead(OTHER_USER), origin: 'otherTab' });
    const back = transition(displaced.state, { type: 'adopted', active: HELD, origin: 'otherTab' });
    expect(back.state).toMatchObject({ status: 'signedIn', active: HELD });
    // A sign-in in this tab is the wish of its user.
    const here = transition(displaced.state, { type: 'adopted', active: OTHER_USER, origin: 'thisTab' });
    expect(here.state).toMatchObject({ status: 'signedIn', active: OTHER_USER });
  });

  it.each(EVERY_STATE.filter((name) => name !== 'while signed out'))('by sign-out counts %s', (name) => {
    const result = transition(STATES[name], { type: 'signedOut' });

    expect(result.state).toEqual({ status: 'signedOut', active: null, reason: 'signedOut' });
    expect(result.events).toEqual([{ type: 'signedOut', origin: 'thisTab' }]);
  });

  it('by sign-out changes nothing when the page is signed out, not even the reason', () => {
    expectUnchanged(SIGNED_OUT, { type: 'signedOut' });
  });
});

const STALE_FAILURE = { type: 'failed', failure: FAILURE, stale: true, reported: 'thisTab' } as const;

/** Changes of a session or generation that has passed. */
const LATE: readonly (readonly [string, SessionChange])[] = [
  ['the start of a renewal', { type: 'renewing', sid: 'gone' }],
  ['a renewal', { type: 'renewed', active: heldSession({ sid: 'gone', gen: 9 }), origin: 'thisTab' }],
  [
    'a renewal elsewhere',
    { type: 'renewed', active: heldSession({ sid: 'gone', gen: 9 }), origin: 'otherTab' },
  ],
  ['a failure', { ...STALE_FAILURE, sid: 'gone', gen: 2 }],
  ['an announcement', { type: 'endingAnnounced', sid: 'gone' }],
  ['a suspicion', { type: 'suspected', sid: 'gone' }],
  ['a confirmation', { type: 'verified', sid: 'gone' }],
  ['an end', { type: 'ended', sid: 'gone', reason: 'rotationLost', origin: 'thisTab' }],
  ['a sign-out', { type: 'ended', sid: 'gone', reason: 'signedOutElsewhere', origin: 'otherTab' }],
];
const LATE_GENERATION: readonly (readonly [string, SessionChange])[] = [
  ['a renewal to an older generation', { type: 'renewed', active: OLDER, origin: 'otherTab' }],
  ['a failure of an older generation', { ...STALE_FAILURE, sid: 'sid-1', gen: 1 }],
  ['a failure of a generation to come', { ...STALE_FAILURE, sid: 'sid-1', gen: 3 }],
];

describe.each(LATE)('%s of another session', (_, change) => {
  it.each(EVERY_STATE)('changes nothing and reports nothing %s', (name) => {
    expectUnchanged(STATES[name], change);
  });
});

describe.each(LATE_GENERATION)('%s', (_, change) => {
  it.each(EVERY_STATE)('changes nothing and reports nothing %s', (name) => {
    expectUnchanged(STATES[name], change);
  });
});

describe('a renewal to the generation held', () => {
  it.each(EVERY_ANNOUNCED_STATE)('by the session held itself changes nothing %s', (name) => {
    expectUnchanged(STATES[name], { type: 'renewed', active: HELD, origin: 'thisTab' });
  });

  it.each(EVERY_ANNOUNCED_STATE)('reports nothing, and the session shown stays the same %s', (name) => {
    const again = heldSession({
      gen: 2,
      refreshTokenValidityDays: 30,
      refreshToken: 'refresh-of-the-record',
    });
    const { state, events } = transition(STATES[name], { type: 'renewed', active: again, origin: 'thisTab' });

    const { session, anchor, serverNowMs } = HELD;
    expect(state).toEqual({ ...STATES[name], active: { ...again, session, anchor, serverNowMs } });
    expect(state.active?.session).toBe(STATES[name].active?.session);
    expect(events).toEqual([]);
  });
});

describe('a session that another tab has begun', () => {
  const adopted = (active: ActiveSession): SessionChange => ({ type: 'adopted', active, origin: 'otherTab' });

  it('is adopted by a page that is signed out', () => {
    const { state, events } = transition(SIGNED_OUT, adopted(HELD));

    expect(state).toMatchObject({ status: 'signedIn', active: HELD, refreshing: false, suspect: false });
    expect(events).toEqual([{ type: 'signedIn', origin: 'otherTab', session: HELD.session }]);
  });

  it('is restored rather than begun where it only could not be read before', () => {
    const unreadable: InternalState = { status: 'signedOut', active: null, reason: 'storageUnreadable' };

    const { events } = transition(unreadable, adopted(HELD));

    expect(events).toEqual([{ type: 'sessionRestored', origin: 'thisTab', session: HELD.session }]);
  });

  it('has to be renewed first if its access token is dead', () => {
    const { state, events } = transition(SIGNED_OUT, adopted(dead(HELD)));

    expect([state.status, events]).toEqual(['restoring', []]);
  });
});

describe('any sequence of changes', () => {
  const actives = fc
    .record({
      sid: fc.constantFrom('sid-1', 'sid-2', 'sid-3'),
      gen: fc.integer({ min: 1, max: 4 }),
      days: fc.constantFrom(undefined, 30),
    })
    .map(({ sid, gen, days }) =>
      heldSession({
        sid,
        gen,
        sub: sid === 'sid-3' ? 'user-2' : 'user-1',
        ...(days !== undefined && { refreshTokenValidityDays: days }),
      }),
    );
  const of = fc.record({
    sid: fc.constantFrom('sid-1', 'sid-2', 'sid-3'),
    gen: fc.integer({ min: 1, max: 4 }),
  });
  const failures = fc.constantFrom(FAILURE, NEXT_FAILURE);
  const origins = fc.constantFrom('thisTab' as const, 'otherTab' as const);
  const changes: fc.Arbitrary<SessionChange> = fc.oneof(
    fc.record({ type: fc.constant('shown' as const), active: actives }),
    // Adopted sessions are not held already: newer tokens of the same session are a renewal.
    fc.record({ type: fc.constant('adopted' as const), active: actives, origin: origins }),
    fc.record({
      type: fc.constant('notRestored' as const),
      reason: fc.constantFrom('noSession' as const, 'storageCleared' as const),
    }),
    fc.constant<SessionChange>({ type: 'unreadable', error: ERROR }),
    of.map(({ sid }): SessionChange => ({ type: 'renewing', sid })),
    fc.record({ type: fc.constant('renewed' as const), active: actives, origin: origins }),
    fc
      .tuple(of, failures, fc.boolean(), fc.option(origins))
      .map(([id, failure, stale, reported]): SessionChange => ({
        type: 'failed',
        ...id,
        failure,
        stale,
        reported,
      })),
    of.map(({ sid }): SessionChange => ({ type: 'endingAnnounced', sid })),
    of.map(({ sid }): SessionChange => ({ type: 'suspected', sid })),
    of.map(({ sid }): SessionChange => ({ type: 'verified', sid })),
    fc
      .tuple(of, fc.constantFrom('refreshTokenExpired' as const, 'signedOutElsewhere' as const), origins)
      .map(([{ sid }, reason, origin]): SessionChange => ({ type: 'ended', sid, reason, origin })),
    fc.constant<SessionChange>({ type: 'signedOut' }),
  );

  interface Step {
    readonly before: InternalState;
    readonly change: SessionChange;
    readonly after: InternalState;
    readonly events: readonly SessionEvent[];
  }

  function run(sequence: readonly SessionChange[]): readonly Step[] {
    let state: InternalState = INITIAL_STATE;
    return sequence.flatMap((change) => {
      const before = state;
      if (change.type === 'adopted' && change.active.sid === before.active?.sid) return [];
      const { state: after, events } = transition(before, change);
      state = after;
      return [{ before, change, after, events }];
    });
  }

  /** Holds for every step of every sequence. */
  function always(check: (step: Step) => void): void {
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 40 }), (sequence) => {
        for (const step of run(sequence)) check(step);
      }),
      { numRuns: 300 },
    );
  }

  /** Whether subscribers of the events have learned of the session that is held. */
  function isAnnounced(state: InternalState): boolean {
    return isHeld(state) && !state.unannounced && state.status !== 'restoring';
  }

  it('brings no session back after a sign-out but by a sign-in', () => {
    always(({ before, change, after }) => {
      if (before.status === 'signedOut' && after.status !== 'signedOut') expect(change.type).toBe('adopted');
    });
  });

  it('makes each session known by one event, and by none before the record confirms it', () => {
    always(({ before, after, events }) => {
      const isNew = isAnnounced(after) && (!isAnnounced(before) || before.active?.sid !== after.active?.sid);
      const beginnings = events.filter(({ type }) =>
        ['signedIn', 'sessionReplaced', 'sessionRestored'].includes(type),
      );
      expect(beginnings).toHaveLength(isNew ? 1 : 0);
      if (isHeld(after) && after.unannounced) {
        expect(after.suspect).toBe(true);
        expect(events.filter(({ type }) => type !== 'error')).toEqual([]);
      }
    });
  });

  it('never goes back to an older generation of a session', () => {
    always(({ before, after }) => {
      if (before.active !== null && before.active.sid === after.active?.sid)
        expect(after.active.gen).toBeGreaterThanOrEqual(before.active.gen);
    });
  });

  it('never swaps the session that is shown for a generation', () => {
    always(({ before, after }) => {
      if (before.active?.sid === after.active?.sid && before.active?.gen === after.active?.gen)
        expect(after.active?.session).toBe(before.active?.session);
    });
  });

  it('is never stale without a failure that says why', () => {
    always(({ after }) => {
      if (after.status === 'stale')
        expect(toPublicState(after)).toMatchObject({ error: after.failure.error });
    });
  });

  it('reports every end exactly once, with the reason that the state gives', () => {
    always(({ before, change, after, events }) => {
      const ends = events.filter(
        (event) => event.type === 'signedOut' || (event.type === 'sessionExpired' && event.final),
      );
      const hasEnded = before.status !== 'signedOut' && after.status === 'signedOut';
      const isSilent = after.status === 'signedOut' && after.reason === 'noSession';
      expect(ends).toHaveLength(hasEnded && !isSilent && change.type !== 'unreadable' ? 1 : 0);
      for (const end of ends)
        if (end.type === 'sessionExpired') expect(after).toMatchObject({ reason: end.reason });
    });
  });

  it('reports once that renewals have failed: when the session becomes stale', () => {
    always(({ before, after, events }) => {
      const tells = events.filter((event) => event.type === 'sessionExpired' && !event.final).length;

      expect(tells).toBe(before.status !== 'stale' && after.status === 'stale' ? 1 : 0);
    });
  });

  it('reports only the session that is held then, and shows the same one', () => {
    always(({ after, events }) => {
      for (const event of events) if ('session' in event) expect(event.session).toBe(after.active?.session);
    });
  });

  it('changes no state that it was given', () => {
    always(({ before, after, events }) => {
      if (after === before) expect(events).toEqual([]);
    });
    const frozen = Object.freeze({ ...SIGNED_IN });
    for (const change of [...LATE, ...LATE_GENERATION].map(([, change]) => change))
      expect(() => transition(frozen, change)).not.toThrow();
  });
});
