import { ApplicationRef, NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { firstValueFrom } from 'rxjs';
import { provideSession, SessionService, withLogger, type SessionLogger } from 'ngx-cognito-session';
import { KeyServer } from '../../../testing-support/key-server';
import { configFor } from '../../../testing-support/session-app';
import { withTokenVerification } from '../public-api';

const silent: SessionLogger = { debug: () => undefined, warn: () => undefined, error: () => undefined };

/** Real timers and real zone.js. */
describe('verification, under zone.js', () => {
  let emulator: Emulator;

  beforeEach(async () => {
    emulator = await startEmulator();
  });

  afterEach(async () => {
    TestBed.resetTestingModule();
    await emulator.close();
  });

  it('lets the app be stable while keys are fetched, and answers inside the zone', async () => {
    const keys = new KeyServer(emulator);
    const isStable: boolean[] = [];
    keys.answer = async () => {
      await TestBed.inject(ApplicationRef).whenStable();
      isStable.push(!TestBed.inject(NgZone).hasPendingMacrotasks);
      return fetch(emulator.jwksUrl);
    };
    TestBed.configureTestingModule({
      providers: [
        provideSession(configFor(emulator), withLogger(silent), withTokenVerification({ fetch: keys.fetch })),
      ],
    });
    const session = TestBed.inject(SessionService);
    const inside: boolean[] = [];
    session.state$.subscribe(() => inside.push(NgZone.isInAngularZone()));

    await firstValueFrom(session.setTokens(await emulator.signIn('alice')));

    expect(isStable).toEqual([true]);
    expect(inside.slice(1)).toEqual([true]);
    expect(TestBed.inject(NgZone).hasPendingMacrotasks).toBe(false);
  });
});
