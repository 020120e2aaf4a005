import { InjectionToken } from '@angular/core';
import type { ClockReading } from '../core/session-time';

declare const ngDevMode: unknown;

/** The device's clocks. Replace it in tests. */
export interface SessionClock {
  /** The device's wall clock, epoch ms: users and time servers set it, in both directions. */
  now(): number;
  /** Ms since an arbitrary time; never runs backwards, may stand still while the device sleeps. */
  monotonic(): number;
}

/** The clocks that the library reads. Default: the clocks of the device, `Date.now` and `performance.now`. */
export const SESSION_CLOCK = new InjectionToken<SessionClock>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'SESSION_CLOCK' : '',
  {
    providedIn: 'root',
    factory: () => ({
      now: () => Date.now(),
      monotonic: () => performance.now(),
    }),
  },
);

/** Both clocks of the device, read at the same moment. */
export function readClock(clock: SessionClock): ClockReading {
  return { wallMs: clock.now(), monotonicMs: clock.monotonic() };
}
