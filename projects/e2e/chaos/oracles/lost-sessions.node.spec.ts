import { factsWith, refused, sighting, signIn, signOut, trouble } from './example-facts';
import { judgeLostSessions } from './lost-sessions';

const gone = sighting({ at: 60_000, status: 'signedOut', detail: 'refreshTokenExpired', family: null });
const end = { ...gone, isFinal: true };
const verdictOn = (some: Parameters<typeof factsWith>[0]) =>
  judgeLostSessions(factsWith({ signIns: [signIn()], ...some })).length;

describe("no session is lost without Cognito's terminal word", () => {
  it('accepts a page that shows the session of its device', () => {
    expect(verdictOn({ sightings: [sighting(), sighting({ isFinal: true })] })).toBe(0);
  });

  it('rejects a page that is signed out at the end', () => {
    expect(verdictOn({ sightings: [end] })).toBe(1);
  });

  it('rejects a page that loses the session it has shown', () => {
    expect(verdictOn({ sightings: [sighting(), gone] })).toBe(1);
  });

  it('accepts a page that has not yet learned of the sign-in', () => {
    expect(verdictOn({ sightings: [gone] })).toBe(0);
  });

  it('accepts the end of a session that the user signed out', () => {
    expect(verdictOn({ signOuts: [signOut()], sightings: [sighting(), end] })).toBe(0);
  });

  it('rejects the end of a session that began after the sign-out', () => {
    const signIns = [signIn(), signIn({ family: 'f2', at: 55_000, until: 55_100 })];

    expect(verdictOn({ signIns, signOuts: [signOut()], sightings: [end] })).toBe(1);
  });

  it('rejects the end of a newer session when a page signs out of an older one', () => {
    const signIns = [signIn(), signIn({ family: 'f2', at: 40_000, until: 40_100 })];

    expect(verdictOn({ signIns, signOuts: [signOut()], sightings: [end] })).toBe(1);
  });

  it.each(['NotAuthorizedException', 'RefreshTokenReuseException', 'UserNotFoundException'])(
    'accepts the end of a session that Cognito ended by %s',
    (exception) => {
      expect(verdictOn({ calls: [refused(exception)], sightings: [sighting(), end] })).toBe(0);
    },
  );

  it.each([
    ['a transient exception', refused('TooManyRequestsException')],
    ['an answer that was lost', refused('NotAuthorizedException', { isAnswered: false })],
    ['the end of another session', refused('NotAuthorizedException', { family: 'f2' })],
    ['an answer that came later', refused('NotAuthorizedException', { at: 61_000 })],
  ])('rejects an end after %s', (_, call) => {
    expect(verdictOn({ calls: [call], sightings: [end] })).toBe(1);
  });

  it.each([
    ['was cut off', { isDone: false, until: null }],
    ['met a storage that failed', { isClear: false }],
  ])('accepts either end after a sign-in that %s', (_, some) => {
    const signIns = [signIn(some)];

    expect(verdictOn({ signIns, sightings: [end] })).toBe(0);
    expect(verdictOn({ signIns, sightings: [sighting({ isFinal: true })] })).toBe(0);
  });

  it.each([
    ['does not come to a session that works', { status: 'stale', detail: 'storageError' }],
    ['does not come to an end', { status: 'restoring', family: null }],
    ['shows another session than that of the device', { family: 'f2' }],
  ])('rejects a page that %s', (_, some) => {
    expect(verdictOn({ sightings: [sighting({ ...some, isFinal: true })] })).toBe(1);
  });

  it('rejects a session that comes back after the sign-out', () => {
    const back = sighting({ at: 60_000, isFinal: true });

    expect(verdictOn({ signOuts: [signOut()], sightings: [back] })).toBe(1);
  });

  it('accepts a page that never got the key of a session in shared memory, which is lost since, and rejects one that had it', () => {
    const troubles = [trouble({ kind: 'keyLoss', page: 'd1p2', at: 30_000, until: 30_000 })];
    const elsewhere = sighting({ page: 'd1p2', isFinal: true });

    expect(verdictOn({ troubles, sightings: [end] })).toBe(0);
    expect(verdictOn({ troubles, sightings: [sighting(), end] })).toBe(1);
    expect(verdictOn({ troubles, sightings: [elsewhere, end] })).toBe(1);
    expect(verdictOn({ signIns: [signIn({ at: 40_000 })], troubles, sightings: [end] })).toBe(1);
  });

  it('accepts a page that cannot know the session', () => {
    expect(verdictOn({ sightings: [{ ...end, isExcused: true }] })).toBe(0);
  });
});
