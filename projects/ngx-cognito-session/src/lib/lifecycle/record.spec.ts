import { TestBed } from '@angular/core/testing';
import { RECORD } from './record';

describe('the port to what is stored', () => {
  it('is named by the error of whoever has forgotten to provide it', () => {
    expect(() => TestBed.inject(RECORD)).toThrow(/InjectionToken RECORD/);
  });
});
