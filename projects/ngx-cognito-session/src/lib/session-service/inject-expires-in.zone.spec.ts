import { ApplicationRef, ChangeDetectionStrategy, Component, NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { firstValueFrom } from 'rxjs';
import { configFor } from '../../../testing-support/session-app';
import { injectExpiresIn, provideSession, SessionService } from '../../public-api';
import './inject-expires-in.spec';

@Component({
  selector: 'app-countdown',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `{{ seconds() }} s`,
})
class Countdown {
  readonly seconds = injectExpiresIn();
}

/** Real timers and real zone.js. */
describe('a countdown under zone.js', () => {
  let emulator: Emulator;

  beforeEach(async () => {
    emulator = await startEmulator();
    TestBed.configureTestingModule({ providers: [provideSession(configFor(emulator))] });
    const tokens = await emulator.signIn('alice');
    const zone = TestBed.inject(NgZone);
    await firstValueFrom(zone.run(() => TestBed.inject(SessionService).setTokens(tokens)));
  });

  afterEach(() => emulator.close());

  it('has its timer outside of the zone, and lets the app become stable', async () => {
    const fixture = TestBed.createComponent(Countdown);
    fixture.autoDetectChanges();
    await expect(TestBed.inject(ApplicationRef).whenStable()).resolves.toBeUndefined();

    expect(fixture.componentInstance.seconds()).toBeGreaterThan(3500);
    expect(TestBed.inject(NgZone).hasPendingMacrotasks).toBe(false);
  });
});
