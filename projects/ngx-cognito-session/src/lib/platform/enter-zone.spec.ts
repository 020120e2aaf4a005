import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { marbles } from '../../../testing-support/marbles';
import { enterZone } from './enter-zone';

describe('enterZone without zone.js', () => {
  it.each(['--a-b-|', '--a-#', '|', '#', '-'])('passes everything on as it is: %s', (source) => {
    marbles().run(({ cold, expectObservable, expectSubscriptions }) => {
      const values = cold(source);

      expectObservable(values.pipe(enterZone(TestBed.inject(NgZone)))).toBe(source);
      const end = Math.max(source.indexOf('|'), source.indexOf('#'));
      const until = end === 0 ? '(^!)' : end > 0 ? `^${'-'.repeat(end - 1)}!` : '^';
      expectSubscriptions(values.subscriptions).toBe(until);
    });
  });

  it('lets go of its source when the last listener leaves', () => {
    marbles().run(({ cold, expectObservable, expectSubscriptions }) => {
      const values = cold('--a--b--c');

      expectObservable(values.pipe(enterZone(TestBed.inject(NgZone))), '^---!').toBe('--a');
      expectSubscriptions(values.subscriptions).toBe('^---!');
    });
  });
});
