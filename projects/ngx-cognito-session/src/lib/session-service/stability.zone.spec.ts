import { ApplicationRef, NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { firstValueFrom } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { configFor } from '../../../testing-support/session-app';
import {
  provideSession,
  SessionService,
  withLogger,
  withNoAutoRestore,
  withStorage,
  type SessionLogger,
} from '../../public-api';

const REFRESH = 'GetTokensFromRefreshToken';

const silent: SessionLogger = { debug: () => undefined, warn: () => undefined, error: () => undefined };

/** Real timers and real zone.js: nothing is replaced but the storage. */
describe('a session under zone.js', () => {
  let emulator: Emulator;
  let session: SessionService;
  let zone: NgZone;

  beforeEach(async () => {
    emulator = await startEmulator();
    TestBed.configureTestingModule({
      providers: [
        provideSession(configFor(emulator), withStorage(new CountingStorage()), withLogger(silent)),
      ],
    });
    zone = TestBed.inject(NgZone);
    session = TestBed.inject(SessionService);
    const tokens = await emulator.signIn('alice');
    await firstValueFrom(zone.run(() => session.setTokens(tokens)));
  });

  afterEach(() => emulator.close());

  it('lets the app become stable while its timer is armed', async () => {
    await expect(TestBed.inject(ApplicationRef).whenStable()).resolves.toBeUndefined();
    expect(zone.hasPendingMacrotasks).toBe(false);
  });

  it('lets the app be stable while a renewal is on its way', async () => {
    const barrier = emulator.hold(REFRESH);
    const renewal = firstValueFrom(zone.run(() => session.forceRefresh()));
    await barrier.arrived(1);

    expect(zone.hasPendingMacrotasks).toBe(false);

    await barrier.open();
    await renewal;
  });

  it('delivers states, events, commands and queries inside the zone, wherever the subscriber is', async () => {
    const inside: [string, boolean][] = [];
    const note = (what: string) => () => {
      inside.push([what, NgZone.isInAngularZone()]);
    };
    await zone.runOutsideAngular(async () => {
      session.state$.subscribe(note('state$'));
      session.session$.subscribe(note('session$'));
      session.isSignedIn$.subscribe(note('isSignedIn$'));
      session.events$.subscribe(note('events$'));
      session.getAccessToken().subscribe(note('getAccessToken'));
      session.getTokens().subscribe(note('getTokens'));
      session.forceRefresh().subscribe(note('forceRefresh'));
      await firstValueFrom(session.forceRefresh());
      session.signOut().subscribe(note('signOut'));
      session.getIdToken().subscribe({ error: note('getIdToken') });
      session.forceRefresh().subscribe({ error: note('a failing forceRefresh') });
    });

    expect(new Set(inside.map(([what]) => what)).size).toBe(10);
    expect(inside.filter(([, isInside]) => !isInside)).toEqual([]);
  });

  it('checks the app once per published change, not once per waiting caller', async () => {
    let checks = 0;
    const subscription = zone.onMicrotaskEmpty.subscribe(() => checks++);
    const barrier = emulator.hold(REFRESH);
    const waiting = zone.runOutsideAngular(() =>
      Promise.all(Array.from({ length: 50 }, () => firstValueFrom(session.forceRefresh()))),
    );
    await barrier.arrived(1);
    checks = 0;

    await barrier.open();
    await waiting;

    subscription.unsubscribe();
    expect(checks).toBeLessThan(10);
  });
});

it('causes no change detection by being made', () => {
  TestBed.configureTestingModule({
    providers: [
      provideSession({ region: 'eu-west-1', clientId: 'abc' }, withNoAutoRestore(), withLogger(silent)),
    ],
  });
  let rounds = 0;
  TestBed.inject(NgZone).onMicrotaskEmpty.subscribe(() => rounds++);

  TestBed.inject(SessionService);

  expect(rounds).toBe(0);
});
