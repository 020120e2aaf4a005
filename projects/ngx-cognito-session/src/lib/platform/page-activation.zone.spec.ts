import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Prerendering } from '../../../testing-support/prerendering';
import { PAGE_ACTIVATION } from './page-activation';

describe('the activation of a page with zone.js', () => {
  const prerendering = new Prerendering();

  afterEach(() => {
    prerendering.reset();
  });

  it('is delivered inside the zone, so that what waits for it changes the page', () => {
    prerendering.begin();
    const zone = TestBed.inject(NgZone);
    const seen: boolean[] = [];
    zone.runOutsideAngular(() =>
      TestBed.inject(PAGE_ACTIVATION).subscribe(() => seen.push(NgZone.isInAngularZone())),
    );

    prerendering.activate();

    expect(seen).toEqual([true]);
  });
});
