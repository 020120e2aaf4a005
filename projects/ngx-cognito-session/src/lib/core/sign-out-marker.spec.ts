import { authTokens } from '../../../testing-support/test-tokens';
import { keep, type RecordStep } from './record-step';
import { recordOf, tombstone, type LiveRecord, type RecordReading } from './session-record';
import { honouringMarkers, honourMarkers, isSettled, type SignOutMarker } from './sign-out-marker';

const SINCE_MS = 1_767_614_400_000;
const TOKENS = authTokens({ iat: 1_767_614_400 });
const RECORD: LiveRecord = recordOf({ sid: 'a', gen: 3, tokens: TOKENS, since: SINCE_MS });
const OTHER: LiveRecord = recordOf({ sid: 'b', gen: 1, tokens: TOKENS, since: SINCE_MS + 9000 });
const OF_A: SignOutMarker = { sid: 'a', at: SINCE_MS + 5000 };
const OF_B: SignOutMarker = { sid: 'b', at: SINCE_MS + 5000 };
const WITHOUT_SESSION = ['none', 'future', 'corrupt', tombstone('a', SINCE_MS)] as const;

const all = (at: number): SignOutMarker => ({ sid: '*', at });

describe('a marker ends a session', () => {
  const isEnded = (marker: SignOutMarker, record: LiveRecord) => honourMarkers(record, [marker]) !== record;

  it.each<[string, SignOutMarker, boolean]>([
    ['it names the session', OF_A, true],
    ['it names another one', OF_B, false],
    ['it names the session, which began later, by a clock that was set', { ...OF_A, at: 0 }, true],
    ['it ends all, and is later than the session', all(SINCE_MS + 1), true],
    ['it ends all, and is of the millisecond in which the session began', all(SINCE_MS), false],
    ['it ends all, and is earlier than the session', all(SINCE_MS - 1), false],
  ])('or not: %s', (_, marker, expected) => {
    expect(isEnded(marker, RECORD)).toBe(expected);
  });
});

describe('a look that honours the markers', () => {
  it('finds a marked session ended, at the time of the sign-out', () => {
    expect(honourMarkers(RECORD, [OF_A])).toEqual(tombstone('a', OF_A.at));
  });

  it('finds the reason, if the user has not asked for the sign-out', () => {
    expect(honourMarkers(RECORD, [{ ...OF_A, reason: 'idle' }])).toEqual(tombstone('a', OF_A.at, 'idle'));
  });

  it.each([[[]], [[OF_B]], [[all(SINCE_MS)]]])(
    'leaves a session alone that no marker ends: %j',
    (markers) => {
      expect(honourMarkers(RECORD, markers)).toBe(RECORD);
    },
  );

  it.each(WITHOUT_SESSION)('leaves %j as it is', (reading) => {
    expect(honourMarkers(reading, [OF_A, all(SINCE_MS + 1)])).toBe(reading);
  });
});

describe('a step that honours the markers', () => {
  const seen: RecordReading[] = [];
  const looking: RecordStep<string> = (reading) => {
    seen.push(reading);
    return keep('done');
  };

  beforeEach(() => (seen.length = 0));

  it('is taken on a session that has ended, and leaves the end in the record', () => {
    const step = honouringMarkers(looking, [OF_A])(RECORD);

    expect(seen).toEqual([tombstone('a', OF_A.at)]);
    expect(step).toMatchObject({ next: tombstone('a', OF_A.at), result: 'done' });
  });

  it('drops all refresh tokens of the marked session, as the sign-out was told', () => {
    const marker = { ...OF_A, revoke: false, global: true };

    const { dropped } = honouringMarkers(looking, [marker])({ ...RECORD, spare: 'refresh-2' });

    expect(dropped).toEqual([
      { tokens: TOKENS, revoke: false, global: true },
      { tokens: { accessToken: TOKENS.accessToken, refreshToken: 'refresh-2' }, revoke: false, global: true },
    ]);
  });

  it('stores what the step itself stores, and drops what the step drops as well', () => {
    const replaced = { tokens: { accessToken: 'x', refreshToken: 'y' } };
    const begin: RecordStep<string> = () => ({ next: OTHER, result: 'begun', dropped: [replaced] });

    const step = honouringMarkers(begin, [OF_A])(RECORD);

    expect(step).toEqual({
      next: OTHER,
      result: 'begun',
      dropped: [replaced, { tokens: TOKENS, revoke: undefined, global: undefined }],
    });
  });

  it('is the step alone if no marker ends the session', () => {
    const step = honouringMarkers(looking, [OF_B, all(SINCE_MS)])(RECORD);

    expect(seen).toEqual([RECORD]);
    expect(step).toEqual(keep('done'));
  });

  it.each(WITHOUT_SESSION)('is the step alone if the record holds no session: %j', (reading) => {
    const step = honouringMarkers(looking, [OF_A])(reading);

    expect(seen).toEqual([reading]);
    expect(step).toEqual(keep('done'));
  });
});

describe('a marker', () => {
  it.each<[string, SignOutMarker, RecordReading, boolean]>([
    ['its session is still in the record', OF_A, RECORD, false],
    ['its session has ended', OF_A, tombstone('a', SINCE_MS), true],
    ['another session has ended', OF_A, tombstone('b', SINCE_MS), true],
    ['another session is in the record', OF_A, OTHER, true],
    ['there is no record', OF_A, 'none', true],
    ['it ends all, and the session is older', all(SINCE_MS + 1), RECORD, false],
    ['it ends all, and the session is as old as the marker', all(SINCE_MS), RECORD, true],
    ['it ends all, and the session is younger', all(SINCE_MS - 1), RECORD, true],
    ['it ends all, and a session has ended', all(SINCE_MS + 1), tombstone('a', SINCE_MS), true],
  ])('is settled or not: %s', (_, marker, reading, expected) => {
    expect(isSettled(marker, reading)).toBe(expected);
  });

  it('is settled exactly when it ends no session any more', () => {
    const markers = [OF_A, OF_B, all(SINCE_MS - 1), all(SINCE_MS), all(SINCE_MS + 1), all(SINCE_MS + 9001)];

    for (const marker of markers)
      for (const record of [RECORD, OTHER])
        expect(isSettled(marker, record)).toBe(honourMarkers(record, [marker]) === record);
  });
});
