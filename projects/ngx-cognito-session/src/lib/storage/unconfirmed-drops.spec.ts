import { keep, type DroppedTokens, type RecordStep } from '../core/record-step';
import { recordOf, tombstone, type LiveRecord, type RecordReading } from '../core/session-record';
import { UnconfirmedDrops } from './unconfirmed-drops';

const session = (sid: string): LiveRecord =>
  recordOf({
    sid,
    gen: 1,
    since: 1,
    tokens: { accessToken: `${sid}-access`, refreshToken: `${sid}-refresh`, clockDrift: 0, expiresAt: 1 },
  });
const OLD = session('old');
const NEW = session('new');
const replace: RecordStep<null> = () => ({ next: NEW, result: null, dropped: [{ tokens: OLD.tokens }] });
const nothing: RecordStep<null> = () => keep(null);

describe('tokens that a step has taken out of the record', () => {
  let dropped: DroppedTokens[];
  let isRecord: boolean;
  let take: (step: RecordStep<null>, reading: RecordReading) => () => void;

  beforeEach(() => {
    dropped = [];
    isRecord = true;
    const drops = new UnconfirmedDrops();
    take = (step, reading) => {
      const tracked = drops.tracking(
        step,
        () => isRecord,
        (one) => dropped.push(one),
      );
      const { onStored } = tracked(reading);
      return () => onStored?.();
    };
  });

  const refreshTokens = () => dropped.map(({ tokens }) => tokens.refreshToken);

  it('are reported once the step is on disk, with the tokens that are stored now', () => {
    const store = take(replace, OLD);
    expect(dropped).toEqual([]);

    store();
    take(nothing, NEW)();

    expect(dropped).toEqual([{ tokens: OLD.tokens, kept: NEW.tokens }]);
  });

  it.each<[string, RecordReading]>([
    ['holds another session', NEW],
    ['says that a session has ended', tombstone('old', 1)],
    ['is gone', 'none'],
    ['is damaged', 'corrupt'],
  ])('are reported by the next step if the outcome is unknown and the record %s', (_, reading) => {
    take(replace, OLD);

    take(nothing, reading)();
    take(nothing, reading)();

    expect(refreshTokens()).toEqual(['old-refresh']);
  });

  it('are not reported if the record still holds them: the step is not on disk', () => {
    take(replace, OLD);

    take(nothing, OLD)();
    take(nothing, 'none')();

    expect(dropped).toEqual([]);
  });

  it('are not reported if the next step stores them again', () => {
    take(replace, OLD);

    take(() => ({ next: OLD, result: null }), 'none')();

    expect(dropped).toEqual([]);
  });

  it.each<[string, RecordReading, boolean]>([
    ['the record is of a newer version', 'future', true],
    ['the database is lost and there is no copy', 'none', false],
    ['the database is lost and the copy is damaged', 'corrupt', false],
  ])('stay undecided as long as %s', (_, reading, isOfRecord) => {
    take(replace, OLD);
    isRecord = isOfRecord;
    take(nothing, reading)();
    take(nothing, reading);
    expect(dropped).toEqual([]);

    isRecord = true;
    take(nothing, NEW)();

    expect(refreshTokens()).toEqual(['old-refresh']);
  });

  it('are reported also if their step lands after its caller has left', () => {
    const store = take(replace, OLD);
    take(nothing, OLD);

    store();

    expect(refreshTokens()).toEqual(['old-refresh']);
  });
});
