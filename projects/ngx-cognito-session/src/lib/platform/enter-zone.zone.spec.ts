import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { enterZone } from './enter-zone';

describe('enterZone with zone.js', () => {
  function watch() {
    const zone = TestBed.inject(NgZone);
    const source = new Subject<string>();
    const seen: string[] = [];
    const note = (what: string) => seen.push(`${what} ${NgZone.isInAngularZone() ? 'inside' : 'outside'}`);
    let stable = 0;
    zone.onStable.subscribe(() => stable++);
    source.pipe(enterZone(zone)).subscribe({
      next: note,
      error: () => note('error'),
      complete: () => note('complete'),
    });
    return { zone, source, seen, timesStable: () => stable };
  }

  it.each([
    ['a value', (source: Subject<string>) => source.next('value'), 'value inside'],
    ['an error', (source: Subject<string>) => source.error(new Error('x')), 'error inside'],
    ['the end', (source: Subject<string>) => source.complete(), 'complete inside'],
  ])('delivers %s from outside inside the zone', (_, send, expected) => {
    const { zone, source, seen } = watch();

    zone.runOutsideAngular(() => send(source));

    expect(seen).toEqual([expected]);
  });

  it('lets Angular look once for each value from outside', () => {
    const { zone, source, timesStable } = watch();
    const before = timesStable();

    zone.runOutsideAngular(() => source.next('one'));
    zone.runOutsideAngular(() => source.next('two'));

    expect(timesStable() - before).toBe(2);
  });

  it.each([
    ['values', (source: Subject<string>) => ['one', 'two', 'three'].forEach((value) => source.next(value))],
    [
      'a value and the end',
      (source: Subject<string>) => {
        source.next('one');
        source.complete();
      },
    ],
    [
      'a value and an error',
      (source: Subject<string>) => {
        source.next('one');
        source.error(new Error('x'));
      },
    ],
  ])('does not enter again for %s from inside', (_, send) => {
    const { zone, source, seen } = watch();
    const run = zone.run.bind(zone);
    let entered = 0;
    zone.run = (work) => {
      entered++;
      return run(work);
    };

    // Angular itself enters to look, once everything has been delivered.
    const enteredToDeliver = run(() => {
      send(source);
      return entered;
    });

    expect(enteredToDeliver).toBe(0);
    expect(seen).not.toEqual([]);
    expect(seen.filter((what) => what.endsWith('outside'))).toEqual([]);
  });
});
