import { TestBed } from '@angular/core/testing';
import { of, Subject, throwError, type Observable } from 'rxjs';
import { heldSession, START_MS, START_SECONDS } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { HELD_CONFIG, renewalParts, Said } from '../../../testing-support/renewal-parts';
import type { Answer } from '../core/ledger-steps';
import { SessionError } from '../errors/session-error';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import type { CommitOutcome, RecordReading, SessionRecord } from '../storage/session-record';
import type { StoredSession } from '../storage/stored-session';
import { RenewalCommit } from './renewal-commit';
import { toStored } from './session-factory';

const STORED: CommitOutcome = { type: 'committed', unsaved: null, isShown: true };
const GONE: CommitOutcome = { type: 'gone' };
const HELD = session(1);
const ANSWER = session(2);

/** The generations of one session, each with a refresh token of its own. */
function session(gen: number, more: { sid?: string; refreshToken?: string } = {}) {
  return heldSession({ gen, iat: START_SECONDS + gen, refreshToken: `refresh-${String(gen)}`, ...more });
}

function reading(gen: number, more: Parameters<typeof session>[1] = {}): RecordReading {
  return { type: 'session', session: toStored(session(gen, more)) };
}

class FakeRecord implements Pick<SessionRecord, 'commit' | 'read' | 'current' | 'remove'> {
  readonly removed: string[] = [];
  readonly tried: (Answer | undefined)[] = [];
  reads = 0;
  answers: Observable<CommitOutcome>[] = [];
  reading: RecordReading = { type: 'none', why: 'signedOut' };
  removal: Observable<readonly StoredSession[]> = of([]);

  commit(_: StoredSession, answer?: Answer): Observable<CommitOutcome> {
    this.tried.push(answer);
    return this.answers.shift() ?? throwError(() => new Error('No more answers.'));
  }

  read(): Observable<RecordReading> {
    this.reads++;
    return of(this.reading);
  }

  current(): Observable<RecordReading> {
    return of(this.reading);
  }

  remove(sid: string): Observable<readonly StoredSession[]> {
    this.removed.push(sid);
    return this.removal;
  }
}

describe('a good answer of Cognito', () => {
  let time: ManualTime;
  let record: FakeRecord;
  let said: Said;
  let store: SessionStore;
  let ended: number;

  beforeEach(() => {
    record = new FakeRecord();
    said = new Said();
    ended = 0;
    time = new ManualTime(START_MS);
    TestBed.configureTestingModule({ providers: renewalParts(record, time, said) });
    store = TestBed.inject(SessionStore);
    applyChange(store, { type: 'signedIn', active: HELD });
  });

  function commit(rotated = true): unknown[] {
    const claim = { id: 'attempt', refreshToken: undefined, end: () => ended++ };
    const given: unknown[] = [];
    TestBed.inject(RenewalCommit)
      .commit(HELD, { next: ANSWER, rotated, claim }, HELD_CONFIG)
      .subscribe({
        next: (active) => given.push(active),
        error: (error: unknown) => given.push(error),
      });
    return given;
  }

  it.each<[string, string | null, readonly string[]]>([
    ['what made room for it is revoked', 'older', ['older']],
    ['it is not revoked while it is all there is', 'refresh-2', []],
    ['what is stored is not revoked', 'refresh-3', []],
    ['nothing is revoked if nothing made room', null, []],
  ])('that comes second gives way to what another tab has stored: %s', (_, dropped, revoked) => {
    const room = dropped === null ? null : toStored(session(2, { refreshToken: dropped }));
    record.answers = [of({ type: 'superseded', by: toStored(session(3)), dropped: room })];

    expect(commit()).toMatchObject([{ gen: 3, tokens: { refreshToken: 'refresh-3' } }]);
    expect([said.revoked, record.reads, ended]).toEqual([revoked, 0, 1]);
  });

  it('is tried again as the same answer of the same attempt, which ends with it, when the storage refuses it', () => {
    const unsaved = new SessionError('storageError', 'The storage is full.');
    record.answers = [of({ type: 'committed', unsaved, isShown: false }), of(STORED)];

    expect(commit()).toEqual([ANSWER]);
    expect([record.tried.length, ended, said.hints]).toEqual([1, 0, []]);
    time.advance(1000);

    const answer = { attempt: 'attempt', rotated: true };
    expect([record.tried, ended]).toEqual([[answer, answer], 1]);
    expect(said.hints).toEqual([{ type: 'renewed', sid: 'sid-1', gen: 2 }]);
  });

  it('is stored again when the record was only lost', () => {
    record.answers = [of(GONE), of(STORED)];
    record.reading = reading(1);

    expect(commit()).toEqual([ANSWER]);
    expect([record.tried.length, store.active, said.revoked]).toEqual([2, ANSWER, []]);
  });

  it.each([2, 3])('is not stored again over generation %d, which is there by then', (gen) => {
    record.answers = [of(GONE), of(STORED)];
    record.reading = reading(gen);

    expect(commit()).toMatchObject([{ gen, tokens: { refreshToken: `refresh-${String(gen)}` } }]);
    expect(record.tried.length).toBe(1);
  });

  it('is stored again once, not for ever, when the record contradicts itself', () => {
    record.answers = [of(GONE), of(GONE), of(STORED)];
    record.reading = reading(1);

    expect(commit()).toEqual([HELD]);
    expect([record.tried.length, ended]).toEqual([2, 1]);
  });

  describe('that is being stored when the user signs out', () => {
    function signedOutMeanwhile(rotated = true, next?: ReturnType<typeof session>): unknown[] {
      const answer = new Subject<CommitOutcome>();
      record.answers = [answer];
      const given = commit(rotated);
      applyChange(store, { type: 'signedOut' });
      if (next !== undefined) applyChange(store, { type: 'signedIn', active: next });
      answer.next(STORED);
      return given;
    }

    it.each([
      ['its refresh token revoked', true, ['refresh-2']],
      ['nothing revoked if it brought no refresh token', false, []],
    ])('is removed again, and %s', (_, rotated, revoked) => {
      expect(signedOutMeanwhile(rotated)).toMatchObject([
        { code: 'superseded', message: 'The session ended while it was being renewed.' },
      ]);
      expect(store.active).toBeNull();
      expect([record.removed, said.revoked, said.hints, ended]).toEqual([['sid-1'], revoked, [], 1]);
    });

    it('is revoked although the storage does not give it up, which is logged', () => {
      record.removal = throwError(() => new SessionError('storageError', 'No storage.'));

      expect(signedOutMeanwhile()).toMatchObject([{ code: 'superseded' }]);
      expect(said.revoked).toEqual(['refresh-2']);
      expect(said.warnings).toEqual(['Tokens of an ended session could not be removed from the storage.']);
    });

    it.each([
      ['revoked if the next sign-in brought another refresh token', 'refresh-9', ['refresh-2']],
      ['not revoked if the next sign-in brought the same refresh token', 'refresh-2', []],
    ])('is %s', (_, refreshToken, revoked) => {
      signedOutMeanwhile(true, session(1, { sid: 'sid-2', refreshToken }));

      expect([store.active?.sid, said.revoked]).toEqual(['sid-2', revoked]);
    });
  });
});
