import {
  afterEveryRender,
  ChangeDetectionStrategy,
  Component,
  EnvironmentInjector,
  inject,
  type Type,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { emulatedApp, REFRESH } from '../../../testing-support/emulated-app';
import { SessionService } from '../../public-api';

@Component({
  selector: 'app-header',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `{{ session.user()?.username }} {{ session.isSignedIn() }}`,
})
class Header {
  protected readonly session = inject(SessionService);
}

@Component({
  selector: 'app-expiry',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `{{ session.session()?.expiresAt?.getTime() }}`,
})
class Expiry {
  protected readonly session = inject(SessionService);
}

describe('the change detections of a refresh', () => {
  const app = emulatedApp();

  /** Refreshes, gives Angular time when the refresh has begun and when it is over, and counts. */
  async function countFor(component: Type<unknown>): Promise<number> {
    const { session } = await app.signedIn();
    const fixture = TestBed.createComponent(component);
    fixture.autoDetectChanges();
    let count = 0;
    afterEveryRender(() => count++, { injector: TestBed.inject(EnvironmentInjector) });
    await fixture.whenStable();
    count = 0;

    const barrier = app.emulator.hold(REFRESH);
    const refreshed = firstValueFrom(session.forceRefresh());
    await barrier.arrived(1);
    await fixture.whenStable();
    await barrier.open();
    await refreshed;
    await fixture.whenStable();
    return count;
  }

  it('are none in an app that reads the user and whether there is one', async () => {
    expect(await countFor(Header)).toBe(0);
  });

  it('are one in an app that reads the session', async () => {
    expect(await countFor(Expiry)).toBe(1);
  });
});
