import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import { heldSession, START_MS } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { CLIENT_ID } from '../../../testing-support/test-tokens';
import { resolveConfig } from '../config/resolved-config';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_LOGGER } from '../platform/session-logger';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import type { RecordReading } from '../storage/session-record';
import { CommandEpoch } from './command-epoch';
import { DeadSessions } from './dead-sessions';
import { FailureReport } from './failure-report';
import { Newcomer } from './newcomer';
import { RECORD } from './record';
import { SessionFactory, toStored } from './session-factory';

const CONFIG = resolveConfig({ region: 'eu-west-1', clientId: CLIENT_ID });
const HOUR = 3_600_000;

function reading(more: Parameters<typeof heldSession>[0] = {}): RecordReading {
  return { type: 'session', session: toStored(heldSession(more)) };
}

describe('where nobody is signed in, a session that another tab has begun', () => {
  let time: ManualTime;
  let record: { current: () => unknown };
  let store: SessionStore;
  let epoch: CommandEpoch;
  let newcomer: Newcomer;
  let warned: string[];

  beforeEach(() => {
    time = new ManualTime(START_MS);
    record = { current: () => of(reading()) };
    warned = [];
    const silent = () => undefined;
    TestBed.configureTestingModule({
      providers: [
        [Newcomer, SessionStore, SessionFactory, CommandEpoch, DeadSessions, FailureReport],
        { provide: RECORD, useValue: record },
        { provide: SESSION_CLOCK, useValue: time },
        {
          provide: SESSION_LOGGER,
          useValue: { debug: silent, warn: (text: string) => warned.push(text), error: silent },
        },
      ],
    });
    store = TestBed.inject(SessionStore);
    epoch = TestBed.inject(CommandEpoch);
    newcomer = TestBed.inject(Newcomer);
    applyChange(store, { type: 'notRestored', reason: 'noSession' });
  });

  /** What whoever looks is given. */
  function look(config = CONFIG): unknown[] {
    const given: unknown[] = [];
    newcomer.look(config).subscribe({
      next: (value) => given.push(value),
      error: (error: unknown) => given.push(error),
      complete: () => given.push('complete'),
    });
    return given;
  }

  it('is taken over', () => {
    look();

    expect(store.state).toMatchObject({ status: 'signedIn', active: { sid: 'sid-1' } });
  });

  it('is renewed first if its access token is dead', () => {
    time.sleep(2 * HOUR);

    look();

    expect(store.state).toMatchObject({ status: 'restoring', active: { sid: 'sid-1' } });
  });

  it('is taken over without a refresh token as long as its access token lives', () => {
    record.current = () => of(reading({ refreshToken: null }));

    look();

    expect(store.state).toMatchObject({ status: 'signedIn' });
  });

  it.each<[string, () => void]>([
    [
      'is over: its tokens are dead, and there is no refresh token',
      () => {
        record.current = () => of(reading({ refreshToken: null }));
        time.sleep(2 * HOUR);
      },
    ],
    ['is known to be over', () => TestBed.inject(DeadSessions).add('sid-1')],
    ['may be what is just being cleared', () => (epoch.isClearing = true)],
    ['is none', () => (record.current = () => of({ type: 'none' }))],
  ])('is not taken over if it %s', (_, prepare) => {
    prepare();

    expect(look()).toEqual([undefined, 'complete']);
    expect(store.state).toMatchObject({ status: 'signedOut', reason: 'noSession' });
    expect(warned).toEqual([]);
  });

  it('comes after a sign-out of this tab that was asked for meanwhile', () => {
    const answer = new Subject<RecordReading>();
    record.current = () => answer;
    look();
    epoch.begin('signOut');

    answer.next(reading());

    expect(store.active).toBeNull();
  });

  it('waits for a sign-in of this tab that has begun before', () => {
    epoch.begin('signIn');

    look();
    expect(store.active).toBeNull();
    epoch.end();

    expect(store.active?.sid).toBe('sid-1');
  });

  it('is left alone, with a word to the logger, if it is of another app client', () => {
    const { session } = reading() as Extract<RecordReading, { type: 'session' }>;
    record.current = () => of({ type: 'session', session });
    const other = resolveConfig({ region: 'eu-west-1', clientId: 'another-client' });

    look(other);

    expect(store.active).toBeNull();
    expect(warned).toEqual(['A session of another tab cannot be taken over.']);
  });
});
