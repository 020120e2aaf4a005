import { ApplicationRef, NgZone } from '@angular/core';
import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { interval, Subscription, timer } from 'rxjs';
import { SESSION_SCHEDULER } from './session-scheduler';

describe('timers of the library in an app with zone.js', () => {
  it('leave the app stable', async () => {
    const app = TestBed.inject(ApplicationRef);
    const waiting = new Subscription();
    TestBed.inject(NgZone).run(() => {
      waiting.add(timer(3_600_000, TestBed.inject(SESSION_SCHEDULER)).subscribe());
      waiting.add(interval(3_600_000, TestBed.inject(SESSION_SCHEDULER)).subscribe());
    });

    await expect(app.whenStable()).resolves.toBeUndefined();

    expect(TestBed.inject(NgZone).hasPendingMacrotasks).toBe(false);
    waiting.unsubscribe();
  });

  it('fire outside of the zone, each time', fakeAsync(() => {
    const zone = TestBed.inject(NgZone);
    const seen: string[] = [];
    const ticking = zone.run(() =>
      interval(1000, TestBed.inject(SESSION_SCHEDULER)).subscribe((n) =>
        seen.push(`${n} ${NgZone.isInAngularZone() ? 'inside' : 'outside'}`),
      ),
    );

    tick(3000);

    expect(seen).toEqual(['0 outside', '1 outside', '2 outside']);
    ticking.unsubscribe();
  }));

  it('are armed outside of the zone when a caller inside asks again', fakeAsync(() => {
    const zone = TestBed.inject(NgZone);
    const scheduler = TestBed.inject(SESSION_SCHEDULER);
    const seen: string[] = [];
    zone.run(() => {
      timer(1000, scheduler).subscribe(() =>
        zone.run(() => timer(1000, scheduler).subscribe(() => seen.push(String(NgZone.isInAngularZone())))),
      );
    });

    tick(1000);
    expect(zone.hasPendingMacrotasks).toBe(false);
    tick(1000);

    expect(seen).toEqual(['false']);
  }));

  it('can be taken back', fakeAsync(() => {
    const seen: number[] = [];
    timer(1000, TestBed.inject(SESSION_SCHEDULER))
      .subscribe(() => seen.push(1))
      .unsubscribe();

    tick(2000);

    expect(seen).toEqual([]);
  }));

  it('pass the state of the work on', fakeAsync(() => {
    const seen: unknown[] = [];
    const scheduler = TestBed.inject(SESSION_SCHEDULER);
    scheduler.schedule((state) => seen.push(state), 10, 'state');
    scheduler.schedule((state) => seen.push(state), 20);

    tick(20);

    expect(seen).toEqual(['state', undefined]);
    expect(scheduler.now()).toBeGreaterThan(0);
  }));
});
