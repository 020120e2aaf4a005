import { TestBed } from '@angular/core/testing';
import { SessionService, type Session, type SessionEvent } from 'ngx-cognito-session';
import { Subject } from 'rxjs';
import { EventLog } from './event-log';

const session = {} as Session;

describe('EventLog', () => {
  let events$: Subject<SessionEvent>;
  let log: EventLog;

  beforeEach(() => {
    events$ = new Subject();
    TestBed.configureTestingModule({ providers: [{ provide: SessionService, useValue: { events$ } }] });
    log = TestBed.inject(EventLog);
  });

  it('keeps the events, newest first', () => {
    expect(log.isEmpty()).toBe(true);

    events$.next({ origin: 'thisTab', type: 'signedIn', session });
    events$.next({ origin: 'thisTab', type: 'signedOut' });

    expect(log.events().map(({ number, event }) => [number, event.type])).toEqual([
      [2, 'signedOut'],
      [1, 'signedIn'],
    ]);
  });

  it('counts the renewals of this page alone', () => {
    events$.next({ origin: 'thisTab', type: 'tokenRefreshed', session });
    events$.next({ origin: 'otherTab', type: 'tokenRefreshed', session });

    expect(log.renewals()).toBe(1);
  });

  it('forgets old events, not their count', () => {
    for (let i = 0; i < 250; i++) events$.next({ origin: 'thisTab', type: 'tokenRefreshed', session });

    expect(log.events()).toHaveLength(200);
    expect(log.events()[0]?.number).toBe(250);
    expect(log.renewals()).toBe(250);
  });
});
