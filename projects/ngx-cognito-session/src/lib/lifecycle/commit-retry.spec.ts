import { TestBed } from '@angular/core/testing';
import { of, Subject, throwError, type Observable } from 'rxjs';
import { heldSession, START_MS, START_SECONDS } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { HELD_CONFIG, renewalParts, Said } from '../../../testing-support/renewal-parts';
import type { ActiveSession } from '../core/active-session';
import { HANDED_OVER, type Answer } from '../core/ledger-steps';
import type { TabHint } from '../core/tab-message';
import { SessionError } from '../errors/session-error';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import type { CommitOutcome, RecordReading, SessionRecord } from '../storage/session-record';
import type { StoredSession } from '../storage/stored-session';
import type { Claim } from './attempt-entry';
import { CommitRetry } from './commit-retry';
import { toStored } from './session-factory';

const FULL = new SessionError('storageError', 'The storage is full.');
const STORED: CommitOutcome = { type: 'committed', unsaved: null, isShown: true };
const REFUSED: CommitOutcome = { type: 'committed', unsaved: FULL, isShown: false };
const SHOWN: CommitOutcome = { type: 'committed', unsaved: FULL, isShown: true };
const GONE: CommitOutcome = { type: 'gone' };

const SIGN_IN = session(1);
const RENEWED = session(2);
const LATER = session(3);
const ROTATED: Answer = { attempt: 'attempt', rotated: true };
const UNROTATED: Answer = { attempt: 'attempt', rotated: false };

/** The generations of one session, each with a refresh token of its own. */
function session(gen: number, more: { sid?: string; sub?: string; refreshToken?: string } = {}) {
  return heldSession({ gen, iat: START_SECONDS + gen, refreshToken: `refresh-${String(gen)}`, ...more });
}

/** A record whose answers are given beforehand; it refuses whatever it was given no answer for. */
class FakeRecord implements Pick<SessionRecord, 'commit' | 'read' | 'current' | 'keepOnly'> {
  readonly tried: string[] = [];
  readonly keptOnly: (string | null)[] = [];
  answers: Observable<CommitOutcome>[] = [];
  reading: Observable<RecordReading> = of({ type: 'none', why: 'signedOut' });
  others: readonly StoredSession[] = [];

  commit({ sid, gen }: StoredSession): Observable<CommitOutcome> {
    this.tried.push(`${sid}/${String(gen)}`);
    return this.answers.shift() ?? of(REFUSED);
  }

  read(): Observable<RecordReading> {
    return this.reading;
  }

  current(): Observable<RecordReading> {
    return this.reading;
  }

  keepOnly(sid: string | null): Observable<readonly StoredSession[]> {
    this.keptOnly.push(sid);
    return of(this.others);
  }
}

describe('a commit that has yet to succeed', () => {
  let time: ManualTime;
  let record: FakeRecord;
  let store: SessionStore;
  let retry: CommitRetry;
  let said: readonly TabHint[];
  let revoked: readonly string[];
  let ended: string[];

  beforeEach(() => {
    time = new ManualTime(START_MS);
    record = new FakeRecord();
    const world = new Said();
    ({ hints: said, revoked } = world);
    ended = [];
    TestBed.configureTestingModule({ providers: renewalParts(record, time, world) });
    store = TestBed.inject(SessionStore);
    retry = TestBed.inject(CommitRetry);
  });

  function claim(id: string): Claim {
    return { id, refreshToken: undefined, end: () => ended.push(id) };
  }

  /** Tokens that this tab goes on with, and the commit of which it tries again. */
  function goOnWith(active: ActiveSession, answer: Answer = ROTATED, own?: Claim): void {
    applyChange(store, { type: 'signedIn', active });
    retry.start(active, answer, HELD_CONFIG, own);
  }

  it('keeps the claims of its session until no other commit of it is missing', () => {
    const [first, second] = [claim('first'), claim('second')];
    goOnWith(RENEWED, ROTATED, first);
    goOnWith(LATER, ROTATED, second);

    time.advance(1000);
    expect(record.tried).toEqual(['sid-1/3']);
    expect([ended, retry.isRetrying(first), retry.isRetrying(second)]).toEqual([[], true, true]);
    record.answers = [of(STORED)];
    time.advance(2000);

    expect([ended, retry.isRetrying(first), retry.isRetrying(second)]).toEqual([
      ['first', 'second'],
      false,
      false,
    ]);
    expect(time.armedTimers).toBe(0);
  });

  it('ends the claim of a renewal that followed a sign-in, which has none', () => {
    goOnWith(SIGN_IN, HANDED_OVER);
    goOnWith(RENEWED, ROTATED, claim('first'));
    record.answers = [of(STORED)];

    time.advance(1000);

    expect(ended).toEqual(['first']);
  });

  it('ends the claims of its own session alone', () => {
    const [first, second] = [claim('first'), claim('second')];
    goOnWith(RENEWED, ROTATED, first);
    goOnWith(session(2, { sid: 'sid-2' }), ROTATED, second);

    time.advance(1000);

    expect([ended, retry.isRetrying(second)]).toEqual([['first'], true]);
  });

  it.each<[string, ActiveSession, Answer, TabHint]>([
    ['sign-in', SIGN_IN, HANDED_OVER, { type: 'signedIn', sid: 'sid-1' }],
    ['renewal', RENEWED, ROTATED, { type: 'renewed', sid: 'sid-1', gen: 2 }],
  ])('is told of when it has succeeded, as what it is: a %s', (_, active, answer, hint) => {
    goOnWith(active, answer, claim('first'));

    time.advance(1000);
    expect([said, ended]).toEqual([[], []]);
    record.answers = [of(STORED)];
    time.advance(2000);

    expect([said, ended]).toEqual([[hint], ['first']]);
  });

  it('is told of, and its claims end, as soon as only the value beside the record is missing', () => {
    goOnWith(RENEWED, ROTATED, claim('first'));
    record.answers = [of(SHOWN)];

    time.advance(1000);

    expect(said).toEqual([{ type: 'renewed', sid: 'sid-1', gen: 2 }]);
    expect(ended).toEqual(['first']);
    time.advance(2000);
    expect(record.tried).toHaveLength(2);
  });

  it('is tried again when the record could not even be asked', () => {
    goOnWith(RENEWED);
    record.answers = [throwError(() => FULL), of(STORED)];

    time.advance(3000);

    expect(record.tried).toHaveLength(2);
    expect(said).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['sign-in', HANDED_OVER],
    ['renewal', ROTATED],
  ])('is given up for another session, which is left alone (a %s)', (_, answer) => {
    goOnWith(RENEWED, answer);
    applyChange(store, { type: 'signedIn', active: session(2, { sid: 'sid-2', sub: 'user-2' }) });

    time.advance(10_000);

    expect([record.tried, record.keptOnly, said]).toEqual([[], [], []]);
  });

  it('of a sign-in ends what lay in the storage before, but for a refresh token it has in common with it', () => {
    goOnWith(SIGN_IN, HANDED_OVER);
    record.answers = [of(STORED)];
    record.others = [
      session(1, { sid: 'other', refreshToken: 'other' }),
      session(1, { sid: 'same', refreshToken: 'refresh-1' }),
    ].map(toStored);

    time.advance(1000);

    expect(record.keptOnly).toEqual(['sid-1']);
    expect(revoked).toEqual(['other']);
  });

  it('of a renewal leaves what else lies in the storage alone', () => {
    goOnWith(RENEWED);
    record.answers = [of(STORED)];

    time.advance(1000);

    expect(record.keptOnly).toEqual([]);
  });

  it.each<[string, string | null, readonly string[]]>([
    ['an answer that makes room for another one', 'older', ['older']],
    ['what is in use here', 'refresh-2', []],
    ['what is in use elsewhere', 'refresh-3', []],
    ['nothing', null, []],
  ])('gives way to another tab that was faster, and revokes %s', (_, token, expected) => {
    goOnWith(RENEWED);
    const by = toStored(LATER);
    const room = token === null ? null : toStored(session(2, { refreshToken: token }));
    record.answers = [of({ type: 'superseded', by, dropped: room })];

    time.advance(1000);

    expect(store.active?.gen).toBe(3);
    expect([revoked, said]).toEqual([expected, []]);
  });

  it.each<[string, Answer, readonly string[]]>([
    ['a refresh token of its own, which is revoked', ROTATED, ['refresh-2']],
    ['none, so that none is revoked', UNROTATED, []],
  ])('ends with the session, and has brought %s', (_, answer, expected) => {
    goOnWith(RENEWED, answer);
    record.answers = [of(GONE)];

    time.advance(1000);

    expect(store.state).toMatchObject({ status: 'signedOut', reason: 'signedOutElsewhere' });
    expect([revoked, said]).toEqual([expected, []]);
    expect(time.armedTimers).toBe(0);
  });

  it('revokes nothing that the session in its place goes on with', () => {
    goOnWith(RENEWED);
    const by = session(1, { sid: 'sid-2', refreshToken: 'refresh-2' });
    record.answers = [of(GONE)];
    record.reading = of({ type: 'session', session: toStored(by) });

    time.advance(1000);

    expect(store.active?.sid).toBe('sid-2');
    expect(revoked).toEqual([]);
  });

  it('revokes nothing of a session that goes on', () => {
    const reading = new Subject<RecordReading>();
    goOnWith(RENEWED);
    record.answers = [of(GONE)];
    record.reading = reading;
    time.advance(1000);
    applyChange(store, { type: 'renewed', active: LATER, origin: 'thisTab' });

    reading.error(FULL);

    expect(store.active?.gen).toBe(3);
    expect(revoked).toEqual([]);
  });
});
