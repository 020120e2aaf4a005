import { ApplicationRef, ChangeDetectionStrategy, Component, inject, Injector, NgZone } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { TestBed } from '@angular/core/testing';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { provideSession, SessionService, ɵfeature } from 'ngx-cognito-session';
import { filter, firstValueFrom, Subject } from 'rxjs';
import { configFor } from '../../../testing-support/session-app';
import { IdleSignOut } from './idle-sign-out';
import './idle-sign-out.spec';
import { INPUT_SIGNALS } from './input-signals';
import { withIdleSignOut } from './with-idle-sign-out';

@Component({
  selector: 'app-warning',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `{{ idle.secondsLeft() ?? 'none' }}`,
})
class Warning {
  readonly idle = inject(IdleSignOut);
}

/** Real timers and real zone.js. */
describe('idle sign-out under zone.js', () => {
  let emulator: Emulator;
  let zone: NgZone;
  const input = new Subject<void>();

  beforeEach(async () => {
    localStorage.clear();
    emulator = await startEmulator();
    TestBed.configureTestingModule({
      providers: [
        provideSession(
          configFor(emulator),
          withIdleSignOut({ afterSeconds: 600, warnSeconds: 599.999 }),
          ɵfeature('inputOfTest', [{ provide: INPUT_SIGNALS, useValue: input }]),
        ),
      ],
    });
    zone = TestBed.inject(NgZone);
    const tokens = await emulator.signIn('alice');
    await firstValueFrom(zone.run(() => TestBed.inject(SessionService).setTokens(tokens)));
  });

  afterEach(() => emulator.close());

  it('lets the app become stable, and shows the countdown', async () => {
    const fixture = TestBed.createComponent(Warning);
    fixture.autoDetectChanges();
    await expect(TestBed.inject(ApplicationRef).whenStable()).resolves.toBeUndefined();
    expect(zone.hasPendingMacrotasks).toBe(false);

    const injector = TestBed.inject(Injector);
    const secondsLeft$ = toObservable(fixture.componentInstance.idle.secondsLeft, { injector });
    await firstValueFrom(secondsLeft$.pipe(filter((left) => left !== null)));
    await fixture.whenStable();

    expect((fixture.nativeElement as HTMLElement).textContent).toMatch(/^\d+$/);
  });

  it('does not enter the zone because of input', () => {
    let turns = 0;
    const subscription = zone.onMicrotaskEmpty.subscribe(() => turns++);

    zone.runOutsideAngular(() => {
      input.next();
      input.next();
    });
    subscription.unsubscribe();

    expect(turns).toBe(0);
  });
});
