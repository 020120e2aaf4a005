import { NEVER, Observable, of, Subject, throwError } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { keep, type RecordStep, type Step } from '../core/record-step';
import { recordOf, type RecordReading } from '../core/session-record';
import { SessionError } from '../errors/session-error';
import { DatabaseRecord, type DatabaseStore } from './database-record';
import { DatabaseUnavailable } from './indexed-db-items';

function live(sid: string): RecordReading {
  return recordOf({ sid, gen: 1, since: 1, tokens: { accessToken: 'a', clockDrift: 0, expiresAt: 1 } });
}

const IN_DATABASE = live('in-database');
const IN_COPY = live('in-copy');
const LOST = () => throwError(() => new DatabaseUnavailable(new DOMException('lost', 'UnknownError')));
const FULL = () => throwError(() => new DOMException('The disk is full.', 'QuotaExceededError'));

/** A store that answers as it is told. */
class FakeStore implements DatabaseStore {
  calls = 0;
  forgotten = 0;
  readonly items = { lost$: new Subject<void>(), forget: () => this.forgotten++ };
  answer: () => Observable<RecordReading>;

  constructor(reading: RecordReading) {
    this.answer = () => of(reading);
  }

  read(): Observable<RecordReading> {
    return new Observable((subscriber) => {
      this.calls++;
      return this.answer().subscribe(subscriber);
    });
  }

  update<T>(step: RecordStep<T>): Observable<Step<T>> {
    return new Observable((subscriber) => {
      this.calls++;
      return this.answer().subscribe({
        next: (reading) => subscriber.next(step(reading)),
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
  }
}

describe('the record in a database that can be lost', () => {
  let time: ManualTime;
  let database: FakeStore;
  let copy: FakeStore;
  let modes: boolean[];

  beforeEach(() => {
    time = new ManualTime();
    [database, copy] = [new FakeStore(IN_DATABASE), new FakeStore(IN_COPY)];
    modes = [];
  });

  function recordOn(parts: { database?: FakeStore | null; copy?: FakeStore | null } = {}): DatabaseRecord {
    const used = { database, copy, ...parts };
    const record = new DatabaseRecord(used.database, used.copy, time.scheduler);
    record.disturbed$.subscribe(() => modes.push(record.isDetached));
    return record;
  }

  function seenBy<T>(source: Observable<T>): unknown[] {
    const seen: unknown[] = [];
    source.subscribe({ next: (value) => seen.push(value), error: (error: unknown) => seen.push(error) });
    return seen;
  }

  const update = (record: DatabaseRecord) => seenBy(record.update((reading) => keep(reading)));
  const result = (reading: RecordReading) => ({ next: null, result: reading });

  it('is read and updated there as long as it answers', () => {
    const record = recordOn();

    expect(seenBy(record.read())).toEqual([IN_DATABASE]);
    expect(update(record)).toEqual([result(IN_DATABASE)]);
    expect([record.isDetached, modes, copy.calls, time.armedTimers]).toEqual([false, [], 0, 0]);
  });

  it('touches nothing without a subscription', () => {
    const record = recordOn();

    record.read();
    record.update(() => keep(null));
    record.reattach();

    expect(database.calls).toBe(0);
  });

  describe('at start', () => {
    it('is tried twice if it cannot be opened; then the page follows the copy', () => {
      database.answer = LOST;
      const record = recordOn();

      expect(seenBy(record.read())).toEqual([IN_COPY]);
      expect([database.calls, database.forgotten, record.isDetached, modes]).toEqual([2, 2, true, [true]]);
    });

    it('is waited for 2 s, twice, if it does not answer', () => {
      database.answer = () => NEVER;
      const record = recordOn();
      const seen = seenBy(record.read());

      time.advance(2000);
      expect([database.calls, database.forgotten, record.isDetached]).toEqual([2, 1, false]);
      time.advance(1999);
      expect(seen).toEqual([]);
      time.advance(1);

      expect(seen).toEqual([IN_COPY]);
      expect([database.calls, record.isDetached, modes]).toEqual([2, true, [true]]);
    });

    it('is not lost if the second try succeeds', () => {
      database.answer = () => {
        database.answer = () => of(IN_DATABASE);
        return LOST();
      };
      const record = recordOn();

      expect(seenBy(record.read())).toEqual([IN_DATABASE]);
      expect([record.isDetached, modes, copy.calls]).toEqual([false, [], 0]);
    });

    it('is lost by the second try also if the caller of the first has left', () => {
      database.answer = () => NEVER;
      const record = recordOn();
      const first = record.update(() => keep(null)).subscribe({ error: () => undefined });
      time.advance(2000);
      first.unsubscribe();
      expect(record.isDetached).toBe(false);

      const seen = seenBy(record.read());
      time.advance(2000);

      expect(seen).toEqual([IN_COPY]);
      expect(record.isDetached).toBe(true);
    });

    it('errors, for an update: the database may have carried it out', () => {
      database.answer = LOST;
      const record = recordOn();

      expect(update(record)).toEqual([expect.any(DatabaseUnavailable)]);
      expect([record.isDetached, modes]).toEqual([true, [true]]);
      // The caller tries again, now on the copy.
      expect(update(record)).toEqual([result(IN_COPY)]);
    });
  });

  describe('later', () => {
    it('is lost with the first failure', () => {
      const record = recordOn();
      seenBy(record.read());
      database.answer = LOST;

      expect(seenBy(record.read())).toEqual([IN_COPY]);
      expect([database.calls, database.forgotten, record.isDetached, modes]).toEqual([2, 1, true, [true]]);
    });

    it('is lost if it does not answer for 2 s', () => {
      const record = recordOn();
      seenBy(record.read());
      database.answer = () => NEVER;
      const seen = update(record);

      time.advance(2000);

      expect(seen).toMatchObject([{ code: 'storageError' }]);
      expect([record.isDetached, modes]).toEqual([true, [true]]);
    });

    it('is not asked any more once it is lost', () => {
      const record = recordOn();
      seenBy(record.read());
      database.answer = LOST;
      seenBy(record.read());
      const { calls } = database;

      expect(seenBy(record.read())).toEqual([IN_COPY]);
      expect(update(record)).toEqual([result(IN_COPY)]);
      expect([database.calls, modes]).toEqual([calls, [true]]);
    });
  });

  it('is not lost because it refuses a write', () => {
    const record = recordOn();
    database.answer = FULL;

    expect(update(record)).toMatchObject([{ name: 'QuotaExceededError' }]);
    expect(update(record)).toMatchObject([{ name: 'QuotaExceededError' }]);

    expect([record.isDetached, modes, database.forgotten, copy.calls]).toEqual([false, [], 0, 0]);
  });

  it('errors with storageError while it is lost and there is no copy to follow', () => {
    const record = recordOn({ copy: null });
    database.answer = LOST;

    for (const seen of [seenBy(record.read()), seenBy(record.read()), update(record)]) {
      expect(seen).toHaveLength(1);
      expect(seen[0]).toBeInstanceOf(SessionError);
      expect(seen[0]).toMatchObject({ code: 'storageError' });
    }
  });

  it('is lost from the start in a browser without IndexedDB, and never opened again', () => {
    const record = recordOn({ database: null });

    expect(record.isDetached).toBe(true);
    expect(seenBy(record.read())).toEqual([IN_COPY]);
    expect(update(record)).toEqual([result(IN_COPY)]);
    expect(seenBy(record.reattach())).toEqual([]);
    expect([time.armedTimers, modes]).toEqual([0, []]);
  });

  describe('that was lost', () => {
    function lost(): DatabaseRecord {
      const record = recordOn();
      seenBy(record.read());
      database.answer = LOST;
      seenBy(record.read());
      [database.calls, database.forgotten] = [0, 0];
      return record;
    }

    it('is opened again with back-off until it answers', () => {
      const record = lost();
      const seen = seenBy(record.reattach());
      const tries: number[] = [];
      for (let second = 1; second <= 200; second++) {
        const { calls } = database;
        time.advance(1000);
        if (database.calls > calls) tries.push(second);
      }
      expect(tries).toEqual([1, 3, 7, 15, 31, 63, 123, 183]);
      expect(database.forgotten).toBe(tries.length);
      expect([seen, record.isDetached]).toEqual([[], true]);

      database.answer = () => of(IN_DATABASE);
      time.advance(60_000);

      expect([seen.length, record.isDetached, modes, time.armedTimers]).toEqual([1, false, [true, false], 0]);
      expect(seenBy(record.read())).toEqual([IN_DATABASE]);
    });

    it('gives up a try that does not answer for 2 s', () => {
      const record = lost();
      database.answer = () => NEVER;
      const subscription = record.reattach().subscribe();
      time.advance(1000);
      expect([database.calls, database.forgotten]).toEqual([1, 0]);

      time.advance(2000);

      expect(database.forgotten).toBe(1);
      subscription.unsubscribe();
      expect(time.armedTimers).toBe(0);
    });

    it('can be lost again', () => {
      const record = lost();
      seenBy(record.reattach());
      database.answer = () => of(IN_DATABASE);
      time.advance(1000);
      database.answer = LOST;

      expect(seenBy(record.read())).toEqual([IN_COPY]);
      expect(modes).toEqual([true, false, true]);
    });
  });
});
