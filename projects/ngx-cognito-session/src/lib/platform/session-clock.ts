import { InjectionToken } from '@angular/core';
import type { ClockReading } from '../core/session-time';

/** The device's clocks. Replace it in tests. */
export interface SessionClock {
  /** Epoch ms. */
  now(): number;
  /** Monotonic ms. */
  monotonic(): number;
}

/** Default: those of the device. */
export const SESSION_CLOCK = new InjectionToken<SessionClock>('SESSION_CLOCK', {
  providedIn: 'root',
  factory: () => ({
    now: () => Date.now(),
    monotonic: () => performance.now(),
  }),
});

export function readClock(clock: SessionClock): ClockReading {
  return { wallMs: clock.now(), monotonicMs: clock.monotonic() };
}
