import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { heldSession, START_MS, START_SECONDS } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { CLIENT_ID } from '../../../testing-support/test-tokens';
import { resolveConfig } from '../config/resolved-config';
import type { SessionConfig } from '../config/session-config';
import type { SessionEvent } from '../core/session-event';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_LOGGER } from '../platform/session-logger';
import { applyChange } from '../state/apply-change';
import { heldState } from '../state/held-state';
import { SessionStore } from '../state/session-store';
import type { RecordReading } from '../storage/session-record';
import { Adoption } from './adoption';
import { DeadSessions } from './dead-sessions';
import { Elsewhere } from './elsewhere';
import { FailureReport } from './failure-report';
import { RECORD } from './record';
import { SessionEnd } from './session-end';
import { SessionFactory, toStored } from './session-factory';
import { TabHints } from './tab-hints';

const HELD = heldSession({ gen: 2 });
const SIGNED_OUT: RecordReading = { type: 'none', why: 'signedOut' };

function stored(more: Parameters<typeof heldSession>[0] = {}): RecordReading {
  return { type: 'session', session: toStored(heldSession({ gen: 2, ...more })) };
}

const NEXT = stored({ sid: 'sid-2', gen: 1, refreshToken: 'refresh-2' });
const SOMEBODY_ELSES = stored({ sid: 'sid-2', sub: 'user-2', gen: 1, refreshToken: 'refresh-2' });

describe('what was done elsewhere to the session held', () => {
  let store: SessionStore;
  let record: { own: RecordReading; current: RecordReading };
  let removed: string[];
  let told: SessionEvent[];

  beforeEach(() => {
    [removed, told] = [[], []];
    record = { own: SIGNED_OUT, current: SIGNED_OUT };
    const silent = () => undefined;
    const port = {
      read: () => of(record.own),
      current: () => of(record.current),
      remove: (sid: string) => of(removed.push(sid)),
    };
    TestBed.configureTestingModule({
      providers: [
        [Elsewhere, Adoption, SessionStore, SessionFactory, SessionEnd, DeadSessions, FailureReport],
        { provide: RECORD, useValue: port },
        { provide: TabHints, useValue: { post: silent } },
        { provide: SESSION_CLOCK, useValue: new ManualTime(START_MS) },
        { provide: SESSION_LOGGER, useValue: { debug: silent, warn: silent, error: silent } },
      ],
    });
    store = TestBed.inject(SessionStore);
    applyChange(store, { type: 'signedIn', active: HELD });
    applyChange(store, { type: 'suspected', sid: HELD.sid });
    store.events$.subscribe((event) => told.push(event));
  });

  /** What whoever follows is given. */
  function follow(options: Partial<SessionConfig> = {}): unknown[] {
    const config = resolveConfig({ region: 'eu-west-1', clientId: CLIENT_ID, ...options });
    const given: unknown[] = [];
    TestBed.inject(Elsewhere)
      .follow(HELD, config)
      .subscribe({
        next: (active) => given.push(active),
        error: (error: unknown) => given.push(error),
      });
    return given;
  }

  it('is nothing if the same tokens are on record, whoever is signed in beside it', () => {
    Object.assign(record, { own: stored(), current: NEXT });

    expect(follow()).toEqual([HELD]);
    expect([store.active, heldState(store)?.suspect, told]).toEqual([HELD, false, []]);
  });

  it('is nothing if the record has an older generation: what is held stays as it is', () => {
    record.own = stored({ gen: 1, refreshToken: 'refresh-0' });

    expect(follow()).toEqual([HELD]);
    expect([store.active, heldState(store)?.suspect]).toEqual([HELD, false]);
  });

  it('adds the refresh token that only the record has', () => {
    record.own = stored({ refreshToken: 'refresh-1b' });

    expect(follow()).toMatchObject([{ gen: 2, tokens: { refreshToken: 'refresh-1b' } }]);
    expect(heldState(store)).toMatchObject({
      suspect: false,
      active: { tokens: { refreshToken: 'refresh-1b' } },
    });
  });

  it('is a renewal if the record has a later generation', () => {
    record.own = stored({ gen: 3, iat: START_SECONDS + 60, refreshToken: 'refresh-3' });

    expect(follow()).toMatchObject([{ gen: 3, tokens: { refreshToken: 'refresh-3' } }]);
    expect(told).toMatchObject([{ type: 'tokenRefreshed', origin: 'otherTab' }]);
  });

  it.each<[string, RecordReading, Partial<SessionConfig>, string]>([
    ['the same user', NEXT, {}, 'signedIn'],
    ['the same user, where a switch of users signs out', NEXT, { onUserSwitch: 'signOut' }, 'signedIn'],
    ['another user', SOMEBODY_ELSES, {}, 'sessionReplaced'],
  ])('may be a sign-in, of %s', (_, current, options, type) => {
    record.current = current;

    expect(follow(options)).toMatchObject([
      { code: 'superseded', message: 'Another session was begun elsewhere.' },
    ]);
    expect(store.active?.sid).toBe('sid-2');
    expect(told).toMatchObject([{ type, origin: 'otherTab' }]);
  });

  it('ends it here if another user has signed in and the app wants it so', () => {
    record.current = SOMEBODY_ELSES;

    expect(follow({ onUserSwitch: 'signOut' })).toMatchObject([
      { code: 'userSwitched', message: 'Another user has signed in elsewhere.' },
    ]);
    expect(store.state).toMatchObject({ status: 'signedOut', reason: 'userSwitched' });
    expect(told).toMatchObject([{ type: 'sessionExpired', origin: 'otherTab', reason: 'userSwitched' }]);
    expect(removed).toEqual([]);
  });

  it.each<[string, () => void]>([
    ['nobody is signed in any more', () => undefined],
    [
      'the session in its place is known to be over, too',
      () => {
        record.current = NEXT;
        TestBed.inject(DeadSessions).add('sid-2');
      },
    ],
    [
      'it was another session that came to an end by itself',
      () => {
        record.current = {
          type: 'none',
          why: 'signedOut',
          over: { sid: 'sid-2', reason: 'refreshTokenExpired' },
        };
      },
    ],
  ])('is a sign-out if %s', (_, prepare) => {
    prepare();

    expect(follow()).toMatchObject([
      { code: 'signedOutElsewhere', message: 'The user signed out elsewhere.' },
    ]);
    expect(store.state).toMatchObject({ status: 'signedOut', reason: 'signedOutElsewhere' });
    expect(told).toEqual([{ type: 'signedOut', origin: 'otherTab' }]);
  });

  it('has the reason that the other tab has found', () => {
    const over = { sid: HELD.sid, reason: 'refreshTokenExpired' } as const;
    record.current = { type: 'none', why: 'signedOut', over };

    expect(follow()).toMatchObject([
      { code: 'refreshTokenExpired', message: 'Another tab has found that the session is over.' },
    ]);
    expect(told).toEqual([
      { type: 'sessionExpired', origin: 'otherTab', reason: 'refreshTokenExpired', final: true },
    ]);
  });

  it.each<[string, RecordReading]>([
    ['is gone', { type: 'none', why: 'cleared' }],
    ['was never there', { type: 'none', why: 'nothing' }],
    ['is corrupt', { type: 'corrupt' }],
  ])('ends it, and what is left of it is removed, if the record %s', (_, current) => {
    record.current = current;

    expect(follow()).toMatchObject([{ code: 'storageCleared', message: 'The stored session is gone.' }]);
    expect(store.state).toMatchObject({ status: 'signedOut', reason: 'storageCleared' });
    expect(removed).toEqual([HELD.sid]);
  });

  it.each<[string, RecordReading, string]>([
    [
      'the tabs that carry the tokens are silent',
      { type: 'none', why: 'absent' },
      'No tab has brought the tokens.',
    ],
    [
      'the record is of a later version',
      { type: 'future' },
      'The record was written by a newer version of the library.',
    ],
  ])('cannot be told if %s, and nothing changes', (_, current, message) => {
    record.current = current;

    expect(follow()).toMatchObject([{ code: 'storageError', message }]);
    expect([store.active, heldState(store)?.suspect, told, removed]).toEqual([HELD, true, [], []]);
  });
});
