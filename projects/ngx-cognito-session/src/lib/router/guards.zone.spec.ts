import { ChangeDetectionStrategy, Component, NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { GuardsCheckStart } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { filter, firstValueFrom } from 'rxjs';
import { SECOND } from '../../../testing-support/emulated-app';
import { guardedApp, type GuardedPage } from '../../../testing-support/guarded-app';
import { signedInGuard } from '../../public-api';
import './guards.spec';

/** Where the pages of this test were made. */
let made: ('inside' | 'outside')[] = [];

@Component({ selector: 'app-noting', template: 'page', changeDetection: ChangeDetectionStrategy.OnPush })
class NotingPage {
  constructor() {
    made.push(NgZone.isInAngularZone() ? 'inside' : 'outside');
  }
}

/** A guard that answers outside of the zone takes the rest of the navigation with it, and every listener of the new page. */
describe('the page behind a guard under zone.js', () => {
  const app = guardedApp();
  const routes = [
    { path: 'sign-in', component: NotingPage },
    { path: 'orders', canActivate: [signedInGuard], component: NotingPage },
  ];

  beforeEach(() => {
    made = [];
  });

  /** Goes to the guarded page, from inside the zone as an app does, until its guard waits. */
  async function waitingAtGuard({ router }: GuardedPage): Promise<{ readonly navigated: Promise<boolean> }> {
    await RouterTestingHarness.create();
    const asked = firstValueFrom(router.events.pipe(filter((event) => event instanceof GuardsCheckStart)));
    const navigated = TestBed.inject(NgZone).run(() => router.navigateByUrl('/orders'));
    await asked;
    return { navigated };
  }

  it('is made inside the zone when the restore answers late', async () => {
    await app.signIn(app.open({ routes }));
    app.storage.hold();
    const page = app.open({ routes });
    const { navigated } = await waitingAtGuard(page);

    app.storage.release();
    await navigated;

    expect([page.router.url, ...made]).toEqual(['/orders', 'inside']);
  });

  it('is made inside the zone when the restore takes too long', async () => {
    app.storage.hold();
    const page = app.open({ routes });
    const { navigated } = await waitingAtGuard(page);

    app.time.advance(10 * SECOND);
    await navigated;

    expect([page.router.url, ...made]).toEqual(['/sign-in', 'inside']);
  });
});
