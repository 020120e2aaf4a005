import {
  ApplicationRef,
  ChangeDetectionStrategy,
  Component,
  EnvironmentInjector,
  Injector,
  PLATFORM_ID,
  createEnvironmentInjector,
  runInInjectionContext,
  type Signal,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, HOUR, MINUTE, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { configFor, nextStatus, startApp, type SessionApp } from '../../../testing-support/session-app';
import { turns } from '../../../testing-support/turns';
import { injectExpiresIn, withStorage } from '../../public-api';

interface Caller {
  readonly seconds: Signal<number | null>;
  readonly destroy: () => void;
}

@Component({
  selector: 'app-countdown',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `{{ seconds() }} s`,
})
class Countdown {
  protected readonly seconds = injectExpiresIn();
}

describe('injectExpiresIn', () => {
  const app = emulatedApp();

  /** A caller with an injector of its own. */
  function call(): Caller {
    const injector = createEnvironmentInjector([], TestBed.inject(EnvironmentInjector));
    return {
      seconds: runInInjectionContext(injector.get(Injector), () => injectExpiresIn()),
      destroy: () => {
        injector.destroy();
      },
    };
  }

  it('is null while it is not known who is signed in, and if no user is', async () => {
    const storage = new HeldStorage();
    storage.hold();
    const page = app.open(storage);
    const { seconds } = call();
    const restoring = seconds();

    const known = nextStatus(page.session, 'signedOut');
    storage.release();
    await known;

    expect([restoring, seconds()]).toEqual([null, null]);
    expect(page.time.armedTimers).toBe(0);
  });

  it('is null while a session that was found still has to be renewed', async () => {
    const storage = new CountingStorage();
    await app.signedIn(storage);
    app.time.sleep(2 * HOUR);
    const barrier = app.emulator.hold(REFRESH);
    const page = app.open(storage);
    page.time.advance(0);
    await barrier.arrived(1);
    const { seconds } = call();
    const renewing = seconds();

    const known = nextStatus(page.session, 'signedIn');
    await barrier.open();
    await known;

    expect([renewing, seconds()]).toEqual([null, 3600]);
  });

  it('counts whole seconds down to 0 and stands still there', async () => {
    app.emulator.faults.add(REFRESH, { kind: 'throttle', times: 99 });
    const page = await app.signedIn();
    const { seconds } = call();
    const seen = [seconds()];

    for (const ms of [1, 998, 1, 1, HOUR - 2 * SECOND - 1, 999, 1, 5 * SECOND]) {
      page.time.advance(ms);
      seen.push(seconds());
    }

    expect(seen).toEqual([3600, 3600, 3600, 3599, 3599, 1, 1, 0, 0]);
  });

  it('says 0 only once the time has come, whenever it is asked', async () => {
    const page = await app.signedIn();
    page.time.advance(500);
    const { seconds } = call();
    const seen = [seconds()];

    page.time.advance(499);
    seen.push(seconds());
    page.time.advance(1);
    seen.push(seconds());

    expect(seen).toEqual([3600, 3600, 3599]);
  });

  it('has no timer once it stands at 0', async () => {
    app.emulator.faults.add(REFRESH, { kind: 'throttle', times: 99 });
    const page = await app.signedIn();
    page.time.advance(HOUR);
    const own = page.time.armedTimers;

    const { seconds } = call();

    expect(seconds()).toBe(0);
    expect(page.time.armedTimers).toBe(own);
  });

  it("goes by the server's clock, not by the device's", async () => {
    const page = app.open(new CountingStorage());
    page.time.setWall(20 * MINUTE);
    const tokens = await app.emulator.signIn('alice');
    page.time.setWall(-25 * MINUTE);

    const { expiresAt } = await firstValueFrom(page.session.setTokens(tokens));

    // What the device makes of `expiresAt` is off by as much as its clock is.
    expect(expiresAt.getTime() - page.time.now()).toBe(HOUR + 25 * MINUTE);
    expect(call().seconds()).toBe(3600);
  });

  it('starts anew with each renewal and ends with the session', async () => {
    const page = await app.signedIn();
    const { seconds } = call();
    page.time.advance(30 * MINUTE);
    const before = seconds();

    await firstValueFrom(page.session.forceRefresh());
    const renewed = seconds();
    await firstValueFrom(page.session.signOut());

    expect([before, renewed, seconds()]).toEqual([1800, 3600, null]);
  });

  it('looks at the clock when the device wakes up', async () => {
    const page = await app.signedIn();
    const { seconds } = call();

    page.time.sleep(10 * MINUTE);
    const asleep = seconds();
    page.wake.next('visible');

    expect([asleep, seconds()]).toEqual([3600, 3000]);
  });

  it('has a timer for each caller, and none when they are destroyed', async () => {
    const page = await app.signedIn();
    const own = page.time.armedTimers;
    const callers = [call(), call()];
    page.time.advance(90 * SECOND);
    const withCallers = page.time.armedTimers;

    for (const { destroy } of callers) destroy();

    expect(withCallers - own).toBe(2);
    expect(page.time.armedTimers).toBe(own);
  });

  it('has no timer when no user is signed in any more', async () => {
    const page = await app.signedIn();
    call();

    await firstValueFrom(page.session.signOut());

    expect(page.time.armedTimers).toBe(0);
  });

  it('has no timer on a server', async () => {
    const page: SessionApp = startApp({
      config: configFor(app.emulator),
      time: app.time,
      features: [withStorage(new CountingStorage())],
      providers: [{ provide: PLATFORM_ID, useValue: 'server' }],
    });
    await firstValueFrom(page.session.setTokens(await app.emulator.signIn('alice')));

    expect(call().seconds()).toBe(3600);
    expect(page.time.armedTimers).toBe(0);
  });

  it('keeps an OnPush component up to date', async () => {
    const page = await app.signedIn();
    const fixture = TestBed.createComponent(Countdown);
    fixture.autoDetectChanges();
    await fixture.whenStable();
    const shown = [(fixture.nativeElement as HTMLElement).textContent];

    page.time.advance(61 * SECOND);
    await turns();
    await fixture.whenStable();
    shown.push((fixture.nativeElement as HTMLElement).textContent);

    expect(shown).toEqual(['3600 s', '3539 s']);
  });

  it('lets the app be stable between two ticks', async () => {
    await app.signedIn();
    const fixture = TestBed.createComponent(Countdown);
    fixture.autoDetectChanges();

    await expect(TestBed.inject(ApplicationRef).whenStable()).resolves.toBeUndefined();
  });

  it('needs an injection context', async () => {
    await app.signedIn();

    expect(() => injectExpiresIn()).toThrow(/NG0203/);
  });
});
