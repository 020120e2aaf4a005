import type { SessionClock } from 'ngx-cognito-session';
import { SHIFT_PATH } from './setup';

/** The clock of a device. Setting it moves the wall clock only: the monotonic one goes on as before. */
export class DeviceClock implements SessionClock {
  shiftMs = this.readShift();

  now(): number {
    return Date.now() + this.shiftMs;
  }

  monotonic(): number {
    return performance.now();
  }

  /** Synchronous: the library must not see the time of another device, not even for a moment. */
  private readShift(): number {
    const request = new XMLHttpRequest();
    request.open('GET', SHIFT_PATH, false);
    request.send();
    return Number(request.responseText);
  }
}
