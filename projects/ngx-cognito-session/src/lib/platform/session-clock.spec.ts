import { TestBed } from '@angular/core/testing';
import { readClock, SESSION_CLOCK } from './session-clock';

describe('the clock of the device', () => {
  it('tells the time of day and a time that never goes back', () => {
    const clock = TestBed.inject(SESSION_CLOCK);

    const readings = [clock.monotonic(), clock.monotonic()] as const;

    expect(clock.now()).toBeGreaterThan(Date.UTC(2024, 0));
    expect(readings[1]).toBeGreaterThanOrEqual(readings[0]);
    expect(readings[0]).toBeLessThan(clock.now());
  });

  it('is read as a whole', () => {
    expect(readClock({ now: () => 1, monotonic: () => 2 })).toEqual({ wallMs: 1, monotonicMs: 2 });
  });
});
