import { TestBed } from '@angular/core/testing';
import { map, of, Subject, type Observable } from 'rxjs';
import { heldSession, START_MS, START_SECONDS } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { renewalParts, Said } from '../../../testing-support/renewal-parts';
import type { RawTokens } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE, type RandomSource } from '../platform/random';
import { applyChange } from '../state/apply-change';
import { heldState } from '../state/held-state';
import { SessionStore } from '../state/session-store';
import type {
  RecordClaimant,
  RecordEntry,
  RecordReading,
  RecordRefusal,
  SessionRecord,
} from '../storage/session-record';
import type { StoredSession } from '../storage/stored-session';
import { AttemptWatch } from './attempt-watch';
import { RenewalAttempt } from './renewal-attempt';
import { toStored } from './session-factory';

const HELD = heldSession();
const NEWER = toStored(heldSession({ gen: 2, iat: START_SECONDS + 60, refreshToken: 'refresh-2' }));
/** A minute before it expires. */
const NEWER_IS_DUE_AFTER_MS = 3_600_000;
const SESSION_ENDED = {
  code: 'superseded',
  message: 'The session ended while it was being renewed.',
};

class FakeRecord implements Pick<SessionRecord, 'isWatched' | 'enter' | 'read' | 'fail' | 'refuse'> {
  readonly claimants: string[] = [];
  readonly ends: string[] = [];
  /** What it says at first, before it goes on with `entry`. */
  first: RecordEntry[] = [];
  entry: RecordEntry = { type: 'claimed', refreshToken: undefined };
  /** The record answers when this does. */
  turn: Observable<unknown> = of(null);
  reading: RecordReading = { type: 'session', session: toStored(HELD) };

  isWatched(): Observable<boolean> {
    return of(true);
  }

  enter(_: StoredSession, { id }: RecordClaimant): Observable<RecordEntry> {
    this.claimants.push(id);
    return this.turn.pipe(map(() => this.first.shift() ?? this.entry));
  }

  read(): Observable<RecordReading> {
    return of(this.reading);
  }

  fail(): Observable<null> {
    this.ends.push('failed');
    return of(null);
  }

  refuse(): Observable<RecordRefusal> {
    this.ends.push('refused');
    return of({ type: 'unsure' });
  }
}

describe('an attempt to renew', () => {
  let time: ManualTime;
  let record: FakeRecord;
  let store: SessionStore;
  let answer: Subject<RawTokens>;
  let sent: string[];

  beforeEach(() => {
    record = new FakeRecord();
    answer = new Subject();
    sent = [];
    time = new ManualTime(START_MS);
    let ids = 0;
    // Without jitter.
    const random: RandomSource = { number: () => 0, id: () => `id-${String(ids++)}` };
    TestBed.configureTestingModule({
      providers: [
        renewalParts(record, time, new Said(), ({ refreshToken }) => {
          sent.push(refreshToken);
          return answer;
        }),
        { provide: RANDOM_SOURCE, useValue: random },
      ],
    });
    store = TestBed.inject(SessionStore);
    applyChange(store, { type: 'signedIn', active: HELD });
  });

  function run(sid = HELD.sid): unknown[] {
    const given: unknown[] = [];
    TestBed.inject(RenewalAttempt)
      .run(sid, undefined)
      .subscribe({
        next: (progress) => given.push(progress),
        error: (error: unknown) => given.push(error),
      });
    return given;
  }

  function isAtWork(): boolean {
    const [id = ''] = record.claimants;
    return TestBed.inject(AttemptWatch).mayLive({ id, gen: 1, at: START_MS });
  }

  it('calls nobody when another tab has renewed', () => {
    record.entry = { type: 'newer', session: NEWER };

    expect(run()).toMatchObject([{ type: 'renewed', active: { gen: 2 } }]);
    expect([record.claimants.length, sent]).toEqual([1, []]);
  });

  it.each([
    ['takes over what another tab has renewed a moment before that is due itself', -1, []],
    ['renews what another tab has renewed as soon as that is due itself', 0, ['refresh-2']],
  ])('%s', (_, ms, expected) => {
    record.first = [{ type: 'newer', session: NEWER }];
    time.advance(NEWER_IS_DUE_AFTER_MS + ms);

    run();

    expect([store.active?.gen, sent]).toEqual([2, expected]);
  });

  it('calls nobody when the tokens turn up that were not where they had been', () => {
    record.entry = { type: 'gone' };
    record.reading = { type: 'session', session: NEWER };

    expect(run()).toMatchObject([{ type: 'renewed', active: { gen: 2 } }]);
    expect([record.claimants.length, sent]).toEqual([1, []]);
  });

  it('looks again once, not for ever, when the record contradicts itself, and keeps the session', () => {
    record.entry = { type: 'gone' };

    expect(run()).toMatchObject([
      {
        code: 'storageError',
        message: 'The record and the stored session contradict each other.',
      },
    ]);
    expect([record.claimants.length, sent]).toEqual([2, []]);
    expect(heldState(store)).toMatchObject({
      status: 'signedIn',
      refreshing: false,
      failure: { error: { code: 'storageError' } },
    });
  });

  it.each<[string, SessionError]>([
    ['fails', new SessionError('networkError', 'No network.')],
    ['is refused', new SessionError('refreshTokenExpired', 'It has expired.')],
  ])('is over, and says nothing in the record, when it %s after a sign-out', (_, error) => {
    const given = run();
    applyChange(store, { type: 'signedOut' });

    answer.error(error);

    expect(given).toMatchObject([{ type: 'calling' }, SESSION_ENDED]);
    expect(record.ends).toEqual([]);
    expect(isAtWork()).toBe(false);
  });

  it('is over before it has called anybody when the user signs out while the record is being asked', () => {
    const turn = new Subject<void>();
    record.turn = turn;
    const given = run();
    expect(isAtWork()).toBe(true);
    applyChange(store, { type: 'signedOut' });

    turn.next();

    expect([given, sent, isAtWork()]).toMatchObject([[SESSION_ENDED], [], false]);
  });

  it('is none for a session that is not held any more', () => {
    expect(run('another')).toMatchObject([SESSION_ENDED]);
    expect(record.claimants).toEqual([]);
  });
});
