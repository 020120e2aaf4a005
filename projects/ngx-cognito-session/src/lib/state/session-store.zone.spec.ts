import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { heldSession } from '../../../testing-support/held-sessions';
import { SessionStore } from './session-store';

describe('the store in an app with zone.js', () => {
  function watch() {
    TestBed.configureTestingModule({ providers: [SessionStore] });
    const store = TestBed.inject(SessionStore);
    const zone = TestBed.inject(NgZone);
    const seen: string[] = [];
    const note = (what: string) => seen.push(`${what} ${NgZone.isInAngularZone() ? 'inside' : 'outside'}`);
    let timesStable = 0;
    zone.onStable.subscribe(() => timesStable++);
    store.state$.subscribe(({ status }) => note(status));
    store.events$.subscribe(({ type }) => note(type));
    seen.length = 0;
    return { store, zone, seen, timesStable: () => timesStable };
  }

  it('publishes inside the zone, and lets Angular look once per change', () => {
    const { store, zone, seen, timesStable } = watch();

    zone.runOutsideAngular(() => store.apply({ type: 'adopted', origin: 'thisTab', active: heldSession() }));

    expect(seen).toEqual(['signedIn inside', 'signedIn inside']);
    expect(timesStable()).toBe(1);
  });

  it('tells of moments inside the zone', () => {
    const { store, zone, seen } = watch();

    zone.runOutsideAngular(() => store.emit({ type: 'signedOut', origin: 'thisTab' }));

    expect(seen).toEqual(['signedOut inside']);
  });

  it('leaves Angular alone for a change that the app cannot see', () => {
    const { store, zone, timesStable } = watch();
    const active = heldSession();
    zone.run(() => store.apply({ type: 'adopted', origin: 'thisTab', active }));
    const before = timesStable();

    zone.runOutsideAngular(() => store.apply({ type: 'suspected', sid: active.sid }));

    expect(store.held?.suspect).toBe(true);
    expect(timesStable()).toBe(before);
  });

  it('does not enter again for a change from inside', () => {
    const { store, zone, seen, timesStable } = watch();

    zone.run(() => {
      store.apply({ type: 'adopted', origin: 'thisTab', active: heldSession() });
      store.apply({ type: 'signedOut' });
    });

    expect(seen).toHaveLength(4);
    expect(timesStable()).toBe(1);
  });
});
