import { heldSession } from '../../../testing-support/held-sessions';
import type { ActiveSession } from './active-session';
import { unauthorizedStep, type UnauthorizedRenewal, type UnauthorizedStep } from './unauthorized-step';

const LIMITS = { pauseMs: 30_000, youngMs: 3000 };
const FIRST = old(heldSession({ gen: 1 }));
const SECOND = old(heldSession({ gen: 2 }));
const CARRIED = { sid: 'sid-1', gen: 1 };

/** A session whose access token is so old. */
function old(active: ActiveSession, ageMs = 3000): ActiveSession {
  return { ...active, serverNowMs: () => active.tokens.accessClaims.iat * 1000 + ageMs };
}

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
    ['goes to the caller when no user is signed in', { gen: 1 }, null, null, 'giveUp'],
    [
      'goes to the caller when another user is signed in',
      { gen: 1 },
      heldSession({ sid: 'sid-2' }),
      null,
      'giveUp',
    ],
    [
      'goes to the caller when another user holds a newer token',
      { gen: 1 },
      heldSession({ sid: 'sid-2', gen: 9 }),
      null,
      'giveUp',
    ],
    [
      'goes to the caller without a refresh token',
      { gen: 1 },
      old(heldSession({ refreshToken: null })),
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
    expect(unauthorizedStep({ sid: 'sid-1', gen }, active, last, 100_000, LIMITS).type).toBe(type);
  });

  it('is retried with the session that is held', () => {
    expect(unauthorizedStep(CARRIED, SECOND, null, 0, LIMITS)).toEqual({
      type: 'retryWithHeld',
      active: SECOND,
    });
  });

  it('causes a renewal if the one before it failed, even on a page that has only just started', () => {
    expect(unauthorizedStep({ sid: 'sid-1', gen: 2 }, SECOND, refused(1, null), 5, LIMITS).type).toBe(
      'renew',
    );
  });

  it('of a token that seems newer than the one held causes a renewal, not a retry with the older one', () => {
    expect(unauthorizedStep({ sid: 'sid-1', gen: 2 }, FIRST, null, 0, LIMITS).type).toBe('renew');
  });

  describe('for a young token', () => {
    const YOUNG = old(heldSession(), 1200);

    it('leads to the same token again when it is no longer young', () => {
      expect(unauthorizedStep(CARRIED, YOUNG, null, 0, LIMITS)).toEqual({ type: 'repeat', afterMs: 1800 });
      expect(unauthorizedStep(CARRIED, old(FIRST, 2999), null, 0, LIMITS)).toEqual({
        type: 'repeat',
        afterMs: 1,
      });
    });

    it('never waits longer than for a token that has just been issued, by a clock that is behind as well', () => {
      expect(unauthorizedStep(CARRIED, old(FIRST, -50_000), null, 0, LIMITS)).toEqual({
        type: 'repeat',
        afterMs: 3000,
      });
    });

    it('leads to the same token again also without a refresh token', () => {
      const active = old(heldSession({ refreshToken: null }), 0);

      expect(unauthorizedStep(CARRIED, active, null, 0, LIMITS).type).toBe('repeat');
    });

    it('leads to a renewal after that, however young the token is', () => {
      expect(unauthorizedStep({ ...CARRIED, isRepeated: true }, YOUNG, null, 0, LIMITS).type).toBe('renew');
    });

    it('leads to what an earlier 401 of this token has led to', () => {
      expect(unauthorizedStep(CARRIED, YOUNG, refused(1, null), 0, LIMITS).type).toBe('join');
    });

    it('goes to the caller if the token came from a renewal by a 401: the older one was rejected as well', () => {
      const young = old(heldSession({ gen: 2 }), 0);

      expect(unauthorizedStep({ sid: 'sid-1', gen: 2 }, young, refused(1, 0), 10, LIMITS).type).toBe(
        'giveUp',
      );
    });
  });
});
