import { heldSession } from '../../../testing-support/held-sessions';
import type { ActiveSession } from './active-session';
import { unauthorizedStep, type UnauthorizedRenewal, type UnauthorizedStep } from './unauthorized-step';

const PAUSE_MS = 30_000;
const FIRST = heldSession({ gen: 1 });
const SECOND = heldSession({ gen: 2 });
const CARRIED = { sid: 'sid-1', gen: 1 };

function refused(gen: number, obtainedAtMs: number | null, sid = 'sid-1'): UnauthorizedRenewal {
  return { refused: { sid, gen }, obtainedAtMs };
}

describe('a 401', () => {
  it.each<
    readonly [
      string,
      { gen: number },
      ActiveSession | null,
      UnauthorizedRenewal | null,
      UnauthorizedStep['type'],
    ]
  >([
    ['is answered with one renewal', { gen: 1 }, FIRST, null, 'renew'],
    ['is answered with the newer token that is held already', { gen: 1 }, SECOND, null, 'retryWithHeld'],
    ['is answered with the held token even in the pause', { gen: 1 }, SECOND, refused(1, 0), 'retryWithHeld'],
    ['goes to the caller when nobody is signed in', { gen: 1 }, null, null, 'giveUp'],
    [
      'goes to the caller when somebody else is signed in',
      { gen: 1 },
      heldSession({ sid: 'sid-2' }),
      null,
      'giveUp',
    ],
    [
      'goes to the caller when somebody else holds a newer token',
      { gen: 1 },
      heldSession({ sid: 'sid-2', gen: 9 }),
      null,
      'giveUp',
    ],
    [
      'goes to the caller without a refresh token',
      { gen: 1 },
      heldSession({ refreshToken: null }),
      null,
      'giveUp',
    ],
    ['joins the renewal that is on its way', { gen: 1 }, FIRST, refused(1, null), 'join'],
    ['causes no second renewal of the same token', { gen: 1 }, FIRST, refused(1, 0), 'join'],
    [
      'goes to the caller in the pause after a renewal by a 401',
      { gen: 2 },
      SECOND,
      refused(1, 70_001),
      'giveUp',
    ],
    ['goes to the caller at the start of the pause', { gen: 2 }, SECOND, refused(1, 100_000), 'giveUp'],
    ['causes a renewal again when the pause is over', { gen: 2 }, SECOND, refused(1, 70_000), 'renew'],
    ['causes a renewal if the one before it failed', { gen: 2 }, SECOND, refused(1, null), 'renew'],
    ['is not held back by another session', { gen: 1 }, FIRST, refused(1, 99_000, 'sid-0'), 'renew'],
  ])('%s', (_, { gen }, active, last, type) => {
    expect(unauthorizedStep({ sid: 'sid-1', gen }, active, last, 100_000, PAUSE_MS).type).toBe(type);
  });

  it('is retried with the session that is held', () => {
    expect(unauthorizedStep(CARRIED, SECOND, null, 0, PAUSE_MS)).toEqual({
      type: 'retryWithHeld',
      active: SECOND,
    });
  });

  it('causes a renewal if the one before it failed, even on a page that has only just started', () => {
    expect(unauthorizedStep({ sid: 'sid-1', gen: 2 }, SECOND, refused(1, null), 5, PAUSE_MS).type).toBe(
      'renew',
    );
  });

  it('of a token that seems newer than the one held causes a renewal, not a retry with the older one', () => {
    expect(unauthorizedStep({ sid: 'sid-1', gen: 2 }, FIRST, null, 0, PAUSE_MS).type).toBe('renew');
  });
});
