import { ApplicationRef, NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { tap } from 'rxjs';
import { SessionService, withLogger, type SessionLogger } from 'ngx-cognito-session';
import { FakeSessionServer, servedSession } from '../../../testing-support/fake-session-server';
import { ManualTime } from '../../../testing-support/manual-time';
import { errorOf, nextStatus } from '../../../testing-support/session-app';
import { provideServerSession } from './provide-server-session';

const silent: SessionLogger = { debug: () => undefined, warn: () => undefined, error: () => undefined };

/** Real timers and real zone.js: nothing is replaced but `fetch`. */
describe('a session on a server, under zone.js', () => {
  let server: FakeSessionServer;
  let session: SessionService;
  let zone: NgZone;

  beforeEach(() => {
    localStorage.clear();
    const time = new ManualTime();
    server = new FakeSessionServer(time);
    server.install();
    server.session = servedSession(time.now());
    TestBed.configureTestingModule({ providers: [provideServerSession({}, withLogger(silent))] });
    zone = TestBed.inject(NgZone);
    session = TestBed.inject(SessionService);
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    server.uninstall();
  });

  it('lets the app be stable while the server is asked, and while its timer is armed', async () => {
    await expect(TestBed.inject(ApplicationRef).whenStable()).resolves.toBeUndefined();
    await nextStatus(session, 'signedIn');

    await expect(TestBed.inject(ApplicationRef).whenStable()).resolves.toBeUndefined();
    expect(zone.hasPendingMacrotasks).toBe(false);
  });

  it('delivers states, events and outcomes inside the zone', async () => {
    const inside: boolean[] = [];
    const note = () => inside.push(NgZone.isInAngularZone());
    session.state$.subscribe(note);
    session.events$.subscribe(note);
    await nextStatus(session, 'signedIn');

    const refreshed = errorOf(session.forceRefresh().pipe(tap({ next: note, error: note })));
    session.getAccessToken().subscribe({ error: note });
    await errorOf(session.getIdToken());
    await new Promise<void>((resolve) => {
      session.signOut().subscribe(() => {
        note();
        resolve();
      });
    });
    await refreshed;

    expect(inside.length).toBeGreaterThanOrEqual(6);
    // The first emission of `state$` is in the caller's own task.
    expect(inside.slice(1).every(Boolean)).toBe(true);
  });
});
