import { authTokens } from '../../../testing-support/test-tokens';
import { aheadOf, mergeAhead, mergingAhead } from './ahead-copy';
import { keep, type RecordStep } from './record-step';
import {
  copyOf,
  isAhead,
  parseCopy,
  recordOf,
  tombstone,
  type LiveRecord,
  type RecordReading,
} from './session-record';

const SINCE_MS = 1_767_614_400_000;
const ATTEMPT = { id: 'x', gen: 3, at: SINCE_MS, locked: true };
const RECORD: LiveRecord = { ...sessionOf('a', 3, 'refresh-3'), attempts: [ATTEMPT] };
const UNCHANGED = { loser: null };

function sessionOf(sid: string, gen: number, refreshToken: string, since = SINCE_MS): LiveRecord {
  return recordOf({ sid, gen, tokens: { ...authTokens({ iat: 1 }), refreshToken }, since });
}

/** What a page reads from `localStorage`. */
function copy(session: LiveRecord): RecordReading {
  return parseCopy(JSON.stringify(copyOf(session)));
}

function ahead(session: LiveRecord): RecordReading {
  return parseCopy(JSON.stringify({ ...copyOf(session), ahead: true }));
}

describe('a copy that is ahead', () => {
  it('says so, until the record takes it over', () => {
    const written = aheadOf(sessionOf('a', 4, 'refresh-4'));

    const { reading } = mergeAhead(RECORD, written);

    expect(isAhead(written)).toBe(true);
    expect(reading).not.toHaveProperty('ahead');
  });

  it('brings the tokens of a newer generation. Attempts stay, because they are still open', () => {
    const { reading, loser } = mergeAhead(RECORD, ahead(sessionOf('a', 4, 'refresh-4')));

    expect(reading).toEqual({ ...sessionOf('a', 4, 'refresh-4'), attempts: [ATTEMPT] });
    expect(loser).toBeNull();
  });

  it('makes refusal and back-off of the older generation void, but keeps the spare refresh token', () => {
    const backoff = { code: 'networkError', count: 1, until: SINCE_MS } as const;
    const record = { ...RECORD, refused: 'refreshTokenExpired', spare: 'refresh-s', backoff } as const;

    const { reading } = mergeAhead(record, ahead(sessionOf('a', 4, 'refresh-4')));

    expect(reading).toEqual({ ...sessionOf('a', 4, 'refresh-4'), attempts: [ATTEMPT], spare: 'refresh-s' });
  });

  it('of the same generation brings its refresh token as a spare one: only one of the two may be alive', () => {
    const { reading } = mergeAhead(RECORD, ahead(sessionOf('a', 3, 'refresh-late')));

    expect(reading).toEqual({ ...RECORD, spare: 'refresh-late' });
  });

  it.each([3, 4])('of generation %d brings the spare refresh token that it holds itself', (gen) => {
    const { reading } = mergeAhead(
      RECORD,
      ahead({ ...sessionOf('a', gen, 'refresh-3'), spare: 'refresh-s' }),
    );

    expect(reading).toEqual({ ...RECORD, gen, spare: 'refresh-s' });
  });

  it.each<[string, LiveRecord]>([
    ['an older generation', sessionOf('a', 2, 'refresh-2')],
    ['what the record holds', sessionOf('a', 3, 'refresh-3')],
  ])('brings nothing if it holds %s', (_, session) => {
    expect(mergeAhead(RECORD, ahead(session))).toEqual({ reading: RECORD, ...UNCHANGED });
    expect(mergeAhead(RECORD, ahead(session)).reading).toBe(RECORD);
  });

  it('brings nothing more once its refresh token is the spare one', () => {
    const record = { ...RECORD, spare: 'refresh-late' };

    expect(mergeAhead(record, ahead(sessionOf('a', 3, 'refresh-late'))).reading).toBe(record);
  });

  it('of another session that began later replaces the record', () => {
    const later = sessionOf('b', 1, 'refresh-b', SINCE_MS + 1);

    expect(mergeAhead(RECORD, ahead(later))).toEqual({ reading: later, loser: RECORD });
  });

  it.each([SINCE_MS, SINCE_MS - 1])('of another session that began at %d loses', (since) => {
    const other = ahead(sessionOf('b', 1, 'refresh-b', since));

    const { reading, loser } = mergeAhead(RECORD, other);

    expect(reading).toBe(RECORD);
    expect(loser).toEqual(other);
  });

  it('of a session that has ended loses, however late it was written', () => {
    const ended = tombstone('b', SINCE_MS - 1000);
    const other = ahead(sessionOf('b', 9, 'refresh-b'));

    expect(mergeAhead(ended, other)).toEqual({ reading: ended, loser: other });
  });

  it.each([
    ['that began after the end of another one, begins', SINCE_MS + 1, true],
    ['that began when another one ended, loses', SINCE_MS, false],
    ['that began before another one ended, loses', SINCE_MS - 1, false],
  ])('of a session %s', (_, since, begins) => {
    const ended = tombstone('a', SINCE_MS);
    const session = sessionOf('b', 1, 'refresh-b', since);

    const { reading, loser } = mergeAhead(ended, ahead(session));

    expect(reading).toEqual(begins ? session : ended);
    expect(loser === null).toBe(begins);
  });
});

describe('a copy', () => {
  it.each(['none', 'corrupt'] as const)('stands in for a record that is %s, ahead or not', (reading) => {
    const session = sessionOf('a', 3, 'refresh-3');

    expect(mergeAhead(reading, copy(session))).toEqual({ reading: session, ...UNCHANGED });
    expect(mergeAhead(reading, ahead(session))).toEqual({ reading: session, ...UNCHANGED });
  });

  it('that is not ahead changes nothing in a record', () => {
    const newer = copy(sessionOf('a', 9, 'refresh-9'));
    const later = copy(sessionOf('b', 1, 'refresh-b', SINCE_MS + 1));

    expect(mergeAhead(RECORD, newer)).toEqual({ reading: RECORD, ...UNCHANGED });
    expect(mergeAhead(tombstone('a', SINCE_MS), later).reading).toEqual(tombstone('a', SINCE_MS));
  });

  it('changes nothing in the record of a newer version of the library', () => {
    expect(mergeAhead('future', ahead(sessionOf('a', 4, 'refresh-4')))).toEqual({
      reading: 'future',
      ...UNCHANGED,
    });
  });

  it.each(['none', 'future', 'corrupt'] as const)('that is %s changes nothing', (there) => {
    expect(mergeAhead(RECORD, there).reading).toBe(RECORD);
    expect(mergeAhead('none', there).reading).toBe('none');
  });
});

describe('a step that merges such a copy first', () => {
  const seen: RecordReading[] = [];
  const looking: RecordStep<string> = (reading) => {
    seen.push(reading);
    return keep('done');
  };
  const newer = sessionOf('a', 4, 'refresh-4');
  const merged = { ...newer, attempts: [ATTEMPT] };

  beforeEach(() => (seen.length = 0));

  it('is taken on the merged record, which is stored even if the step itself stores nothing', () => {
    const step = mergingAhead(looking, () => ahead(newer))(RECORD);

    expect(seen).toEqual([merged]);
    expect(step).toEqual({ next: merged, result: 'done', dropped: [] });
  });

  it('stores what the step makes of the merged record', () => {
    const ending: RecordStep<string> = () => ({ next: tombstone('a', SINCE_MS), result: 'ended' });

    const step = mergingAhead(ending, () => ahead(newer))(RECORD);

    expect(step).toEqual({ next: tombstone('a', SINCE_MS), result: 'ended', dropped: [] });
  });

  it('drops all tokens of the session that loses, and what the step itself drops', () => {
    const later = sessionOf('b', 1, 'refresh-b', SINCE_MS + 1);
    const replaced = { tokens: { accessToken: 'x', refreshToken: 'y' } };
    const replacing: RecordStep<string> = (reading) => ({ ...looking(reading), dropped: [replaced] });

    const step = mergingAhead(replacing, () => ahead(later))({ ...RECORD, spare: 'refresh-s' });

    const { accessToken } = RECORD.tokens;
    expect(step).toEqual({
      next: later,
      result: 'done',
      dropped: [replaced, { tokens: RECORD.tokens }, { tokens: { accessToken, refreshToken: 'refresh-s' } }],
    });
  });

  it('drops the tokens of a copy that loses, although the record stays as it is', () => {
    const earlier = sessionOf('b', 1, 'refresh-b', SINCE_MS - 1);

    const step = mergingAhead(looking, () => ahead(earlier))(RECORD);

    expect(step).toEqual({ next: RECORD, result: 'done', dropped: [{ tokens: earlier.tokens }] });
  });

  it('is the step alone if there is nothing to merge', () => {
    const step = mergingAhead(looking, () => copy(newer))(RECORD);

    expect(seen).toEqual([RECORD]);
    expect(step).toEqual(keep('done'));
  });

  it('reads the copy when the step is taken', () => {
    let there: RecordReading = 'none';
    const step = mergingAhead(looking, () => there);
    there = ahead(newer);

    step(RECORD);

    expect(seen).toEqual([merged]);
  });
});
