import { failureOf, heldSession, signedInState, START_MS } from '../../../testing-support/held-sessions';
import type { ActiveSession } from './active-session';
import { dueStep, type DueContext, type DueStep } from './due-step';
import type { HeldState } from './session-state';

/** An hour of life, due a minute before, dead a second before. */
const ACTIVE = heldSession();
const DUE = START_MS + 3_540_000;
const DEAD = START_MS + 3_599_000;
const WITHOUT_REFRESH_TOKEN = heldSession({ refreshToken: null });
/** Its refresh token ends a day after sign-in. */
const ENDING = heldSession({ refreshTokenValidityDays: 1, lifetimeSeconds: 86_400 });
const ENDS = START_MS + 86_400_000;

function at(nowMs: number, more: Partial<DueContext> = {}): DueContext {
  return {
    serverNowMs: nowMs,
    deviceNowMs: nowMs,
    retry: { count: 1, delayMs: 5000, maxBackoffMs: 60_000, backoffJitter: 0.25 },
    endingLeadMs: 300_000,
    ...more,
  };
}

function state(active: ActiveSession, more: object = {}): HeldState {
  return { ...signedInState(active), ...more };
}

/** Failed for the first time just now, so that the retry comes in 5 s. */
function failedAt(nowMs: number, count = 1) {
  return failureOf({ count, until: nowMs + 5000 });
}

describe('the next step of a session', () => {
  it.each<readonly [string, HeldState, DueContext, DueStep]>([
    ['waits until the renewal is due', state(ACTIVE), at(START_MS), { type: 'wait', ms: 3_540_000 }],
    ['waits a millisecond before', state(ACTIVE), at(DUE - 1), { type: 'wait', ms: 1 }],
    ['renews when it is due', state(ACTIVE), at(DUE), { type: 'renew' }],
    ['renews when it is overdue', state(ACTIVE), at(DUE + 1), { type: 'renew' }],
    ['renews when the token is dead', state(ACTIVE), at(DEAD), { type: 'renew' }],
    [
      'renews a restored session that is dead',
      state(ACTIVE, { status: 'restoring' }),
      at(DEAD),
      { type: 'renew' },
    ],
    [
      'does nothing while a renewal is on its way',
      state(ACTIVE, { refreshing: true }),
      at(DUE),
      { type: 'wait', ms: Infinity },
    ],
    [
      'does nothing while a renewal of a dead token is on its way',
      state(ACTIVE, { refreshing: true }),
      at(DEAD),
      { type: 'wait', ms: Infinity },
    ],
    ['waits until the retry', state(ACTIVE, { failure: failedAt(DUE) }), at(DUE), { type: 'wait', ms: 5000 }],
    [
      'waits until the millisecond before the retry',
      state(ACTIVE, { failure: failedAt(DUE) }),
      at(DUE + 4999),
      { type: 'wait', ms: 1 },
    ],
    ['tries again in time', state(ACTIVE, { failure: failedAt(DUE) }), at(DUE + 5000), { type: 'renew' }],
    [
      'does not wait longer for a wall clock that was set back a little',
      state(ACTIVE, { failure: failedAt(DUE) }),
      at(DUE, { deviceNowMs: DUE - 4000 }),
      { type: 'wait', ms: 5000 },
    ],
    [
      'does not wait for a moment that a wall clock set back by days has lost sight of',
      state(ACTIVE, { failure: failedAt(DUE) }),
      at(DUE, { deviceNowMs: DUE - 86_400_000 }),
      { type: 'renew' },
    ],
    [
      'looks when the token dies while it waits for the retry',
      state(ACTIVE, { failure: failedAt(DEAD - 2000) }),
      at(DEAD - 2000),
      { type: 'wait', ms: 2000 },
    ],
    [
      'looks when the token dies even if no renewal is due before its expiry',
      state(heldSession({ bufferMs: 0 })),
      at(DEAD - 1),
      { type: 'wait', ms: 1 },
    ],
    [
      'waits for the retry when the token is dead',
      state(ACTIVE, { failure: failedAt(DEAD) }),
      at(DEAD),
      { type: 'wait', ms: 5000 },
    ],
    [
      'waits for the retry of a forced refresh, however fresh the tokens are',
      state(ACTIVE, { failure: failedAt(START_MS) }),
      at(START_MS),
      { type: 'wait', ms: 5000 },
    ],
    [
      'lets the token die when it does so after the retry failed',
      state(ACTIVE, { failure: failedAt(DEAD, 2) }),
      at(DEAD),
      { type: 'die' },
    ],
    [
      'lets the token die even while a renewal is on its way',
      state(ACTIVE, { failure: failedAt(DEAD, 2), refreshing: true }),
      at(DEAD),
      { type: 'die' },
    ],
    [
      'does not let it die a millisecond early',
      state(ACTIVE, { failure: failedAt(DEAD - 1, 2) }),
      at(DEAD - 1),
      { type: 'wait', ms: 1 },
    ],
    [
      'does not let it die while a retry is left',
      state(ACTIVE, { failure: failedAt(DEAD, 1) }),
      at(DEAD),
      { type: 'wait', ms: 5000 },
    ],
    [
      'lets it die once',
      state(ACTIVE, { failure: failedAt(DEAD, 2), status: 'stale' }),
      at(DEAD),
      { type: 'wait', ms: 5000 },
    ],
    [
      'heals a stale session when the wait is over',
      state(ACTIVE, { failure: failedAt(DEAD, 2), status: 'stale' }),
      at(DEAD + 5000),
      { type: 'renew' },
    ],
    [
      'waits for the end of a session without refresh token',
      state(WITHOUT_REFRESH_TOKEN),
      at(START_MS),
      { type: 'wait', ms: 3_599_000 },
    ],
    [
      'does not renew a session without refresh token',
      state(WITHOUT_REFRESH_TOKEN),
      at(DUE),
      { type: 'wait', ms: 59_000 },
    ],
    [
      'ends a session without refresh token when it is dead',
      state(WITHOUT_REFRESH_TOKEN),
      at(DEAD),
      { type: 'end' },
    ],
    [
      'looks at the record before it ends a session that only a copy without refresh token has shown',
      state(WITHOUT_REFRESH_TOKEN, { suspect: true, unannounced: true }),
      at(DEAD),
      { type: 'renew' },
    ],
    ['ends it not a millisecond early', state(WITHOUT_REFRESH_TOKEN), at(DEAD - 1), { type: 'wait', ms: 1 }],
    ['waits for the announcement of the end', state(ENDING), at(ENDS - 300_005), { type: 'wait', ms: 5 }],
    ['announces the end five minutes before', state(ENDING), at(ENDS - 300_000), { type: 'announceEnding' }],
    [
      'keeps the announcement until a stored session is restored',
      state(ENDING, { status: 'restoring' }),
      at(ENDS - 1),
      { type: 'renew' },
    ],
    [
      'keeps the announcement until the record confirms the session of the copy',
      state(ENDING, { suspect: true, unannounced: true }),
      at(ENDS - 300_000),
      { type: 'wait', ms: 240_000 },
    ],
    ['announces it before it renews', state(ENDING), at(ENDS - 1), { type: 'announceEnding' }],
    [
      'announces it once',
      state(ENDING, { endingAnnounced: true }),
      at(ENDS - 300_000),
      { type: 'wait', ms: 240_000 },
    ],
    [
      'announces it while a renewal is on its way',
      state(ENDING, { refreshing: true }),
      at(ENDS - 300_000),
      { type: 'announceEnding' },
    ],
  ])('%s', (_, held, context, expected) => {
    expect(dueStep(held, context)).toEqual(expected);
  });
});
