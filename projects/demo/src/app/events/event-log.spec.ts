import { TestBed } from '@angular/core/testing';
import { SessionService, type Session, type SessionEvent } from 'ngx-cognito-session';
import { Subject } from 'rxjs';
import { EventLog } from './event-log';

const session = { user: { username: 'alice' }, expiresAt: new Date(0) } as Session;

describe('EventLog', () => {
  let events$: Subject<SessionEvent>;

  const openPage = (): EventLog => {
    TestBed.resetTestingModule();
    events$ = new Subject();
    TestBed.configureTestingModule({ providers: [{ provide: SessionService, useValue: { events$ } }] });
    return TestBed.inject(EventLog);
  };

  beforeEach(() => sessionStorage.clear());

  it('keeps the events, newest first', () => {
    const log = openPage();

    events$.next({ origin: 'thisTab', type: 'signedIn', session });
    events$.next({ origin: 'thisTab', type: 'signedOut' });

    expect(log.events().map(({ number, type }) => [number, type])).toEqual([
      [2, 'signedOut'],
      [1, 'signedIn'],
    ]);
  });

  it('keeps them over a reload', () => {
    openPage();
    events$.next({ origin: 'thisTab', type: 'tokenRefreshed', session });
    TestBed.tick();

    const log = openPage();

    expect(log.events().map(({ type }) => type)).toEqual(['tokenRefreshed']);
    expect(log.refreshes()).toBe(1);
  });

  it('counts the refreshes of all tabs, and those of this one', () => {
    const log = openPage();

    events$.next({ origin: 'thisTab', type: 'tokenRefreshed', session });
    events$.next({ origin: 'otherTab', type: 'tokenRefreshed', session });

    expect([log.refreshes(), log.ownRefreshes()]).toEqual([2, 1]);
  });

  it('forgets old events, not their count', () => {
    const log = openPage();

    for (let i = 0; i < 250; i++) events$.next({ origin: 'thisTab', type: 'tokenRefreshed', session });

    expect(log.events()).toHaveLength(200);
    expect(log.events()[0]?.number).toBe(250);
    expect(log.refreshes()).toBe(250);
  });
});
