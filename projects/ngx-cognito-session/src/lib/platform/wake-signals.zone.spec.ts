import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { WAKE_SIGNALS } from './wake-signals';

it('causes no change detection when the page wakes up: signals come outside of the zone', () => {
  const zone = TestBed.inject(NgZone);
  const seen: boolean[] = [];
  let unstable = 0;
  const listening = zone.run(() =>
    TestBed.inject(WAKE_SIGNALS).subscribe(() => seen.push(NgZone.isInAngularZone())),
  );
  zone.onUnstable.subscribe(() => unstable++);

  window.dispatchEvent(new Event('online'));
  document.dispatchEvent(new Event('resume'));

  expect(seen).toEqual([false, false]);
  expect(unstable).toBe(0);
  listening.unsubscribe();
});
