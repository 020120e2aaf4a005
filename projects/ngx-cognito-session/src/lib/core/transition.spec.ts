import fc from 'fast-check';
import { failureOf, heldSession, signedInState } from '../../../testing-support/held-sessions';
import { SessionError } from '../errors/session-error';
import type { SessionEvent } from './session-event';
import { isHeld } from './is-held';
import { INITIAL_STATE, toPublicState, type HeldState, type InternalState } from './session-state';
import type { Transition } from './signed-out';
import { transition, type SessionChange } from './transition';

const HELD = heldSession({ gen: 2, refreshTokenValidityDays: 30 });
const NEWER = heldSession({ gen: 3, refreshTokenValidityDays: 30 });
const OLDER = heldSession({ gen: 1 });
const SAME_USER = heldSession({ sid: 'sid-2' });
const OTHER_USER = heldSession({ sid: 'sid-3', sub: 'user-2' });
const FAILURE = failureOf();
const NEXT_FAILURE = failureOf({ count: 2 });
const ERROR = new SessionError('storageUnreadable', 'Garbage.');

const RESTORING: HeldState = { ...signedInState(HELD), status: 'restoring', failure: null };
const SIGNED_IN = signedInState(HELD);
const RENEWING: HeldState = { ...signedInState(HELD), refreshing: true };
const FAILING: HeldState = { ...signedInState(HELD), status: 'signedIn', failure: FAILURE };
const STALE: HeldState = { ...signedInState(HELD), status: 'stale', failure: FAILURE, refreshing: true };
const SIGNED_OUT: InternalState = { status: 'signedOut', active: null, reason: 'rotationLost' };

const STATES = {
  'while nothing is known': INITIAL_STATE,
  'while a stored session is renewed': RESTORING,
  'while signed in': SIGNED_IN,
  'while it is renewed': RENEWING,
  'while renewals fail': FAILING,
  'while stale': STALE,
  'while signed out': SIGNED_OUT,
} satisfies Record<string, InternalState>;
type StateName = keyof typeof STATES;
const EVERY_STATE = Object.keys(STATES) as readonly StateName[];
const EVERY_HELD_STATE = EVERY_STATE.filter((name) => isHeld(STATES[name]));

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
  it('is restored if its token lives', () => {
    const result = transition(INITIAL_STATE, { type: 'restored', active: HELD, live: true });

    expect(result.state).toEqual(SIGNED_IN);
    expect(told(result)).toEqual(['sessionRestored']);
  });

  it('whose token is dead is nobody yet: it is renewed first', () => {
    const result = transition(INITIAL_STATE, { type: 'restored', active: HELD, live: false });

    expect(result.state).toEqual(RESTORING);
    expect(told(result)).toEqual([]);
  });

  it.each(EVERY_STATE.slice(1))('that is found too late changes nothing %s', (name) => {
    expectUnchanged(STATES[name], { type: 'restored', active: OTHER_USER, live: true });
    expectUnchanged(STATES[name], { type: 'restored', active: OTHER_USER, live: false });
    expectUnchanged(STATES[name], { type: 'notRestored', reason: 'noSession' });
    expectUnchanged(STATES[name], { type: 'notRestored', reason: 'storageUnreadable', error: ERROR });
  });

  it.each([
    ['noSession', undefined, []],
    ['storageUnreadable', ERROR, ['error storageUnreadable']],
    ['configurationFailed', ERROR, ['error storageUnreadable']],
    ['tokensExpired', undefined, ['sessionExpired tokensExpired for good']],
    ['storageCleared', undefined, ['sessionExpired storageCleared for good']],
  ] as const)('that is not there leaves nobody signed in: %s', (reason, error, events) => {
    const result = transition(INITIAL_STATE, {
      type: 'notRestored',
      reason,
      ...(error !== undefined && { error }),
    });

    expect(result.state).toEqual({ status: 'signedOut', active: null, reason });
    expect(told(result)).toEqual(events);
  });
});

describe('a session whose record has yet to be read', () => {
  const suspect: HeldState = { ...SIGNED_IN, suspect: true };

  it('is shown, and is suspect until the record agrees', () => {
    const restored: SessionChange = { type: 'restored', active: HELD, live: true, suspect: true };

    expect(transition(INITIAL_STATE, restored).state).toEqual(suspect);
    expect(transition(suspect, { type: 'verified', sid: 'sid-1' })).toEqual({ state: SIGNED_IN, events: [] });
  });

  it('takes nothing from the record once it is no longer suspect', () => {
    const complete = heldSession({ gen: 2, refreshToken: 'refresh-of-the-record' });

    expectUnchanged(SIGNED_IN, { type: 'verified', sid: 'sid-1', active: complete });
    expectUnchanged(SIGNED_IN, { type: 'verified', sid: 'sid-1' });
  });

  it('is no longer suspect once it has been renewed', () => {
    expect(transition(suspect, { type: 'renewed', active: NEWER, origin: 'otherTab' }).state).toEqual(
      signedInState(NEWER),
    );
  });

  it('takes the more complete tokens of the record', () => {
    const complete = heldSession({ gen: 2, refreshToken: 'refresh-of-the-record' });

    const { session, anchor, serverNowMs } = SIGNED_IN.active;
    const { state } = transition(suspect, { type: 'verified', sid: 'sid-1', active: complete });
    expect(state).toEqual(signedInState({ ...complete, session, anchor, serverNowMs }));
    // Nobody sees a new session, and no time that was seen is forgotten.
    expect(state.active?.session).toBe(session);
    expect(state.active?.anchor).toBe(anchor);
    expect(transition(suspect, { type: 'verified', sid: 'sid-1', active: NEWER }).state).toEqual(SIGNED_IN);
  });
});

describe('a page that was not looking', () => {
  it.each(EVERY_HELD_STATE)('holds a suspect session %s', (name) => {
    const result = transition(STATES[name], { type: 'suspected', sid: 'sid-1' });

    expect(result).toEqual({ state: { ...STATES[name], suspect: true }, events: [] });
    expectUnchanged(result.state, { type: 'suspected', sid: 'sid-1' });
  });
});

describe('what another tab did', () => {
  it.each(EVERY_HELD_STATE)('replaces the session %s', (name) => {
    const result = transition(STATES[name], { type: 'replaced', sid: 'sid-1', by: OTHER_USER });

    expect(result.state).toEqual(signedInState(OTHER_USER));
    expect(result.events).toEqual([
      { type: 'sessionReplaced', origin: 'otherTab', session: OTHER_USER.session },
    ]);
  });

  it.each(EVERY_HELD_STATE)('signs out %s', (name) => {
    const result = transition(STATES[name], { type: 'signedOutElsewhere', sid: 'sid-1' });

    expect(result.state).toEqual({ status: 'signedOut', active: null, reason: 'signedOutElsewhere' });
    expect(result.events).toEqual([{ type: 'signedOut', origin: 'otherTab' }]);
  });

  it.each(EVERY_STATE)('to another session changes nothing %s', (name) => {
    expectUnchanged(STATES[name], { type: 'replaced', sid: 'gone', by: OTHER_USER });
    expectUnchanged(STATES[name], { type: 'signedOutElsewhere', sid: 'gone' });
    expectUnchanged(STATES[name], { type: 'verified', sid: 'gone' });
  });
});

describe('a sign-in', () => {
  it.each(EVERY_STATE)('counts %s', (name) => {
    const result = transition(STATES[name], { type: 'signedIn', active: OTHER_USER });

    expect(result.state).toEqual(signedInState(OTHER_USER));
    expect(told(result)).toEqual([isHeld(STATES[name]) ? 'sessionReplaced' : 'signedIn']);
  });

  it.each(EVERY_STATE)('of the same user starts a session of its own %s', (name) => {
    const result = transition(STATES[name], { type: 'signedIn', active: SAME_USER });

    expect(result.state).toEqual(signedInState(SAME_USER));
    expect(told(result)).toEqual(['signedIn']);
  });

  it.each(EVERY_HELD_STATE)('with newer tokens of the session held is a renewal %s', (name) => {
    const change: SessionChange = { type: 'signedIn', active: NEWER };

    expect(transition(STATES[name], change)).toEqual(
      transition(STATES[name], { type: 'renewed', active: NEWER, origin: 'thisTab' }),
    );
  });

  it.each(EVERY_HELD_STATE)('with tokens that are not newer changes nothing %s', (name) => {
    expectUnchanged(STATES[name], { type: 'signedIn', active: HELD });
    expectUnchanged(STATES[name], { type: 'signedIn', active: OLDER });
  });

  it('tells of the new session', () => {
    const { events } = transition(SIGNED_IN, { type: 'signedIn', active: OTHER_USER });

    expect(events).toEqual([{ type: 'sessionReplaced', origin: 'thisTab', session: OTHER_USER.session }]);
  });
});

describe('a renewal', () => {
  it.each(EVERY_HELD_STATE)('that starts is told by the state alone %s', (name) => {
    const result = transition(STATES[name], { type: 'renewalStarted', sid: 'sid-1' });

    expect(result).toEqual({ state: { ...STATES[name], refreshing: true }, events: [] });
  });

  it.each(EVERY_HELD_STATE)('that succeeds heals everything %s', (name) => {
    const result = transition(STATES[name], { type: 'renewed', active: NEWER, origin: 'thisTab' });

    expect(result.state).toEqual(signedInState(NEWER));
    expect(told(result)).toEqual(
      name === 'while a stored session is renewed'
        ? ['sessionRestored', 'tokenRefreshed']
        : ['tokenRefreshed'],
    );
  });

  it.each(['thisTab', 'otherTab'] as const)('tells which tab made it: %s', (origin) => {
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
  ] as const)('that fails while the token lives or retries are left keeps the status %s', (name, status) => {
    const result = transition(STATES[name], {
      type: 'renewalFailed',
      sid: 'sid-1',
      gen: 2,
      failure: NEXT_FAILURE,
      stale: false,
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
  ] as const)('that fails for a dead token leaves it stale, told once: %s', (name, events) => {
    const result = transition(STATES[name], {
      type: 'renewalFailed',
      sid: 'sid-1',
      gen: 2,
      failure: NEXT_FAILURE,
      stale: true,
    });

    expect(result.state).toEqual({
      ...STATES[name],
      status: 'stale',
      refreshing: false,
      failure: NEXT_FAILURE,
    });
    expect(told(result)).toEqual(events);
  });
});

describe('time', () => {
  it('lets a session become stale when its token dies while renewals fail', () => {
    const result = transition(FAILING, { type: 'died', sid: 'sid-1', gen: 2 });

    expect(result.state).toEqual({ ...FAILING, status: 'stale' });
    expect(told(result)).toEqual(['sessionExpired refreshFailed']);
  });

  it.each(['while nothing is known', 'while signed in', 'while it is renewed', 'while stale'] as const)(
    'makes nothing stale %s',
    (name) => {
      expectUnchanged(STATES[name], { type: 'died', sid: 'sid-1', gen: 2 });
    },
  );

  it.each(EVERY_HELD_STATE)('shortens a wait without an event %s', (name) => {
    const result = transition(STATES[name], { type: 'waitChanged', sid: 'sid-1', failure: NEXT_FAILURE });

    expect(result).toEqual({ state: { ...STATES[name], failure: NEXT_FAILURE }, events: [] });
  });

  it.each(EVERY_HELD_STATE)('brings the end of the session near, told once: %s', (name) => {
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
  ] as const)('nobody asked for is told once, for good: %s', (reason) => {
    for (const name of EVERY_HELD_STATE) {
      const result = transition(STATES[name], { type: 'ended', sid: 'sid-1', reason });

      expect(result.state).toMatchObject({ status: 'signedOut', active: null, reason });
      expect(told(result)).toEqual([`sessionExpired ${reason} for good`]);
      expectUnchanged(result.state, { type: 'signedOut' });
      expectUnchanged(result.state, { type: 'ended', sid: 'sid-1', reason });
    }
  });

  it("leaves room for the user's own return, where another one has taken the place", () => {
    const displaced = transition(STATES['while signed in'], {
      type: 'ended',
      sid: 'sid-1',
      reason: 'userSwitched',
    });

    expectUnchanged(displaced.state, { type: 'signedInElsewhere', active: OTHER_USER, live: true });
    const back = transition(displaced.state, { type: 'signedInElsewhere', active: HELD, live: true });
    expect(back.state).toMatchObject({ status: 'signedIn', active: HELD });
  });

  it.each(EVERY_STATE.filter((name) => name !== 'while signed out'))('by sign-out counts %s', (name) => {
    const result = transition(STATES[name], { type: 'signedOut' });

    expect(result.state).toEqual({ status: 'signedOut', active: null, reason: 'signedOut' });
    expect(result.events).toEqual([{ type: 'signedOut', origin: 'thisTab' }]);
  });

  it('by sign-out changes nothing when nobody is signed in, not even the reason', () => {
    expectUnchanged(SIGNED_OUT, { type: 'signedOut' });
  });
});

/** What belongs to a session or generation that has passed. */
const LATE: readonly (readonly [string, SessionChange])[] = [
  ['the start of a renewal', { type: 'renewalStarted', sid: 'gone' }],
  ['a renewal', { type: 'renewed', active: heldSession({ sid: 'gone', gen: 9 }), origin: 'thisTab' }],
  [
    'a renewal elsewhere',
    { type: 'renewed', active: heldSession({ sid: 'gone', gen: 9 }), origin: 'otherTab' },
  ],
  ['a failure', { type: 'renewalFailed', sid: 'gone', gen: 2, failure: NEXT_FAILURE, stale: true }],
  ['a changed wait', { type: 'waitChanged', sid: 'gone', failure: NEXT_FAILURE }],
  ['a death', { type: 'died', sid: 'gone', gen: 2 }],
  ['an announcement', { type: 'endingAnnounced', sid: 'gone' }],
  ['an end', { type: 'ended', sid: 'gone', reason: 'rotationLost' }],
];
const LATE_GENERATION: readonly (readonly [string, SessionChange])[] = [
  ['a renewal to the generation held', { type: 'renewed', active: HELD, origin: 'thisTab' }],
  ['a renewal to an older generation', { type: 'renewed', active: OLDER, origin: 'otherTab' }],
  [
    'a failure of an older generation',
    { type: 'renewalFailed', sid: 'sid-1', gen: 1, failure: FAILURE, stale: true },
  ],
  [
    'a failure of a generation to come',
    { type: 'renewalFailed', sid: 'sid-1', gen: 3, failure: FAILURE, stale: true },
  ],
  ['a death of an older generation', { type: 'died', sid: 'sid-1', gen: 1 }],
];

describe.each(LATE)('%s of another session', (_, change) => {
  it.each(EVERY_STATE)('changes nothing and tells nothing %s', (name) => {
    expectUnchanged(STATES[name], change);
  });
});

describe.each(LATE_GENERATION)('%s', (_, change) => {
  it.each(EVERY_STATE)('changes nothing and tells nothing %s', (name) => {
    expectUnchanged(STATES[name], change);
  });
});

describe('a session that another tab has begun', () => {
  it('is taken over where nobody is signed in', () => {
    const { state, events } = transition(SIGNED_OUT, { type: 'signedInElsewhere', active: HELD, live: true });

    expect(state).toMatchObject({ status: 'signedIn', active: HELD, refreshing: false, suspect: false });
    expect(events).toEqual([{ type: 'signedIn', origin: 'otherTab', session: HELD.session }]);
  });

  it('is restored rather than begun where it only could not be read before', () => {
    const unreadable: InternalState = { status: 'signedOut', active: null, reason: 'storageUnreadable' };

    const { events } = transition(unreadable, { type: 'signedInElsewhere', active: HELD, live: true });

    expect(events).toEqual([{ type: 'sessionRestored', origin: 'thisTab', session: HELD.session }]);
  });

  it('has to be renewed first if its access token is dead', () => {
    const { state, events } = transition(SIGNED_OUT, {
      type: 'signedInElsewhere',
      active: HELD,
      live: false,
    });

    expect([state.status, events]).toEqual(['restoring', []]);
  });

  it.each(EVERY_STATE.filter((name) => name !== 'while signed out'))('changes nothing %s', (name) => {
    expectUnchanged(STATES[name], { type: 'signedInElsewhere', active: OTHER_USER, live: true });
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
  const changes: fc.Arbitrary<SessionChange> = fc.oneof(
    fc.record({ type: fc.constant('restored' as const), active: actives, live: fc.boolean() }),
    fc.record({
      type: fc.constant('notRestored' as const),
      reason: fc.constantFrom('noSession' as const, 'tokensExpired' as const),
    }),
    fc.record({ type: fc.constant('signedIn' as const), active: actives }),
    of.map(({ sid }): SessionChange => ({ type: 'renewalStarted', sid })),
    fc.record({
      type: fc.constant('renewed' as const),
      active: actives,
      origin: fc.constantFrom('thisTab' as const, 'otherTab' as const),
    }),
    fc
      .tuple(of, failures, fc.boolean())
      .map(([id, failure, stale]): SessionChange => ({ type: 'renewalFailed', ...id, failure, stale })),
    fc
      .tuple(of, failures)
      .map(([{ sid }, failure]): SessionChange => ({ type: 'waitChanged', sid, failure })),
    of.map((id): SessionChange => ({ type: 'died', ...id })),
    of.map(({ sid }): SessionChange => ({ type: 'endingAnnounced', sid })),
    of.map(({ sid }): SessionChange => ({ type: 'ended', sid, reason: 'refreshTokenExpired' })),
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
    return sequence.map((change) => {
      const before = state;
      const { state: after, events } = transition(before, change);
      state = after;
      return { before, change, after, events };
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

  function isPublic(state: InternalState): boolean {
    return toPublicState(state).status === 'signedIn' || state.status === 'stale';
  }

  it('brings no session back after a sign-out but by a sign-in', () => {
    always(({ before, change, after }) => {
      if (before.status === 'signedOut' && after.status !== 'signedOut') expect(change.type).toBe('signedIn');
    });
  });

  it('makes no session known without telling of it', () => {
    always(({ before, after, events }) => {
      const isNew = isPublic(after) && (!isPublic(before) || before.active?.sid !== after.active?.sid);
      const tells = events.some(({ type }) =>
        ['signedIn', 'sessionReplaced', 'sessionRestored'].includes(type),
      );
      if (isNew) expect(tells || after.status === 'stale').toBe(true);
      if (tells) expect(isNew).toBe(true);
    });
  });

  it('never goes back to an older generation of a session', () => {
    always(({ before, after }) => {
      if (before.active !== null && before.active.sid === after.active?.sid)
        expect(after.active.gen).toBeGreaterThanOrEqual(before.active.gen);
    });
  });

  it('never swaps the tokens of a generation', () => {
    always(({ before, after }) => {
      if (before.active?.sid === after.active?.sid && before.active?.gen === after.active?.gen)
        expect(after.active).toBe(before.active);
    });
  });

  it('is never stale without a failure that says why', () => {
    always(({ after }) => {
      if (after.status === 'stale')
        expect(toPublicState(after)).toMatchObject({ error: after.failure.error });
    });
  });

  it('tells of every end exactly once, with the reason that the state gives', () => {
    always(({ before, after, events }) => {
      const ends = events.filter(
        (event) => event.type === 'signedOut' || (event.type === 'sessionExpired' && event.final),
      );
      const hasEnded = before.status !== 'signedOut' && after.status === 'signedOut';
      if (!hasEnded) expect(ends).toEqual([]);
      else if (after.reason !== 'noSession') expect(ends).toHaveLength(1);
      for (const end of ends)
        if (end.type === 'sessionExpired') expect(after).toMatchObject({ reason: end.reason });
    });
  });

  it('tells once that renewals have failed for good measure: when the session becomes stale', () => {
    always(({ before, after, events }) => {
      const tells = events.filter((event) => event.type === 'sessionExpired' && !event.final).length;

      expect(tells).toBe(before.status !== 'stale' && after.status === 'stale' ? 1 : 0);
    });
  });

  it('tells only of the session that is held then, and shows the same one', () => {
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
