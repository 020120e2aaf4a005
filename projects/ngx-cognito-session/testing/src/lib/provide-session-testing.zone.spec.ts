import { ChangeDetectionStrategy, Component, inject, NgZone } from '@angular/core';
import { fakeAsync, TestBed } from '@angular/core/testing';
import { SessionService } from 'ngx-cognito-session';
import { provideSessionTesting } from './provide-session-testing';
import { SessionTestingController } from './session-testing-controller';

@Component({
  selector: 'app-greeting',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `{{ session.user()?.username ?? 'nobody' }}`,
})
class Greeting {
  protected readonly session = inject(SessionService);
}

describe('provideSessionTesting with zone.js', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideSessionTesting()] });
  });

  it('leaves nothing for fakeAsync to complain of', fakeAsync(() => {
    const controller = TestBed.inject(SessionTestingController);
    const session = TestBed.inject(SessionService);

    controller.signIn({ username: 'alice' });
    controller.advance(2 * 3_600_000);
    controller.expire();

    // What is armed when the function ends makes fakeAsync throw.
    expect(session.user()?.username).toBe('alice');
    expect(controller.takeRefreshes()).toHaveLength(3);
  }));

  it('updates a component by automatic change detection', async () => {
    const fixture = TestBed.createComponent(Greeting);
    fixture.autoDetectChanges();
    const shown = async () => {
      await fixture.whenStable();
      return (fixture.nativeElement as HTMLElement).textContent;
    };
    const before = await shown();

    TestBed.inject(SessionTestingController).signIn({ username: 'alice' });

    expect([before, await shown()]).toEqual(['nobody', 'alice']);
  });

  it('tells the app in its zone, and keeps it stable', () => {
    const controller = TestBed.inject(SessionTestingController);
    const zone = TestBed.inject(NgZone);
    const zones: boolean[] = [];
    TestBed.inject(SessionService).state$.subscribe(() => zones.push(NgZone.isInAngularZone()));

    zone.runOutsideAngular(() => {
      controller.signIn();
    });

    expect(zones.slice(1)).toEqual([true]);
    expect(zone.hasPendingMacrotasks).toBe(false);
  });
});
