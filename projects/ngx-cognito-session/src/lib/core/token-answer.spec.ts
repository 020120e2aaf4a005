import { failureOf, heldSession, signedInState, START_MS } from '../../../testing-support/held-sessions';
import type { ActiveSession } from './active-session';
import { INITIAL_STATE, type InternalState } from './session-state';
import { answerToken, type TokenAnswer } from './token-answer';

const ACTIVE = heldSession();
const DUE = START_MS + 3_540_000;
const DEAD = START_MS + 3_599_000;
const WITHOUT_REFRESH_TOKEN = heldSession({ refreshToken: null });
const SIGNED_OUT: InternalState = { status: 'signedOut', active: null, reason: 'signedOut' };

function state(active: ActiveSession, more: object = {}): InternalState {
  return { ...signedInState(active), ...more };
}

function failedAt(nowMs: number) {
  return failureOf({ until: nowMs + 5000, count: 2 });
}

describe('a caller that asks for a token', () => {
  it.each<readonly [string, InternalState, number, TokenAnswer['type']]>([
    ['waits while nothing is known', INITIAL_STATE, START_MS, 'wait'],
    ['waits while a restored session is renewed', state(ACTIVE, { status: 'restoring' }), START_MS, 'wait'],
    ['is told that no user is signed in', SIGNED_OUT, START_MS, 'signedOut'],
    ['gets a fresh token', state(ACTIVE), START_MS, 'give'],
    [
      'gets a fresh token while a renewal is on its way',
      state(ACTIVE, { refreshing: true }),
      START_MS,
      'give',
    ],
    ['gets the token a millisecond before it is due', state(ACTIVE), DUE - 1, 'give'],
    ['causes a renewal as soon as it is due', state(ACTIVE), DUE, 'renewBriefly'],
    ['waits only briefly a millisecond before the token dies', state(ACTIVE), DEAD - 1, 'renewBriefly'],
    ['waits for a renewal once it is dead', state(ACTIVE), DEAD, 'renew'],
    ['waits for a renewal long after', state(ACTIVE), DEAD + 86_400_000, 'renew'],
    [
      'gets a due token that lives during the back-off',
      state(ACTIVE, { failure: failedAt(DUE) }),
      DUE,
      'give',
    ],
    [
      'gets a token that lives until the last moment during the back-off',
      state(ACTIVE, { failure: failedAt(DEAD - 1) }),
      DEAD - 1,
      'give',
    ],
    [
      'has the record asked for a dead token during the back-off',
      state(ACTIVE, { failure: failedAt(DEAD) }),
      DEAD,
      'renew',
    ],
    ['has it asked until the next try', state(ACTIVE, { failure: failedAt(DEAD) }), DEAD + 4999, 'renew'],
    [
      'causes the next try when it may be made',
      state(ACTIVE, { failure: failedAt(DEAD) }),
      DEAD + 5000,
      'renew',
    ],
    [
      'causes the next try for a token that lives',
      state(ACTIVE, { failure: failedAt(DUE) }),
      DUE + 5000,
      'renewBriefly',
    ],
    [
      'has it asked for a stale session',
      state(ACTIVE, { failure: failedAt(DEAD), status: 'stale' }),
      DEAD,
      'renew',
    ],
    [
      'tries once when a stale session may be tried',
      state(ACTIVE, { failure: failedAt(DEAD), status: 'stale' }),
      DEAD + 5000,
      'renew',
    ],
    ['gets the token of a session without refresh token', state(WITHOUT_REFRESH_TOKEN), DUE, 'give'],
    ['gets it until the last moment', state(WITHOUT_REFRESH_TOKEN), DEAD - 1, 'give'],
    ['learns that it has expired', state(WITHOUT_REFRESH_TOKEN), DEAD, 'expired'],
    ['has the record asked before a suspect token', state(ACTIVE, { suspect: true }), START_MS, 'verify'],
    [
      'has the record asked before anything is renewed',
      state(ACTIVE, { suspect: true, failure: failedAt(DEAD) }),
      DEAD,
      'verify',
    ],
  ])('%s', (_, held, nowMs, type) => {
    expect(answerToken(held, { serverMs: () => nowMs, deviceMs: nowMs }).type).toBe(type);
  });

  it('never gets a token that is past its last moment, even if it is not due yet', () => {
    const odd = { ...ACTIVE, renewalDueAtMs: DEAD + 10_000 };

    expect(answerToken(state(odd), { serverMs: () => DEAD, deviceMs: DEAD }).type).toBe('renew');
  });

  it('has the record asked about the session that is held', () => {
    const now = { serverMs: () => START_MS, deviceMs: START_MS };

    expect(answerToken(state(ACTIVE, { suspect: true }), now)).toEqual({ type: 'verify', active: ACTIVE });
  });

  it('is judged by server time of the session that is held', () => {
    const now = { serverMs: (active: ActiveSession) => active.diesAtMs, deviceMs: START_MS };

    expect(answerToken(state(ACTIVE), now)).toEqual({ type: 'renew', active: ACTIVE });
  });

  it('does not wait longer because the wall clock was set back', () => {
    const held = state(ACTIVE, { failure: failureOf({ until: DEAD, waitMs: 0 }) });

    expect(answerToken(held, { serverMs: () => DEAD, deviceMs: START_MS }).type).toBe('renew');
  });
});
