import type { SessionClock } from 'ngx-cognito-session';
import { TIME_PATH, type PageTime } from './setup';

/** A device clock that a test can move. All pages of a test have the same one. */
export class PageClock implements SessionClock {
  private readonly epoch: number;
  private readonly speed: number;
  private readonly firstShiftMs: number;

  constructor(speed = 1) {
    const { epoch, shiftMs } = readTime();
    this.epoch = epoch;
    this.speed = speed;
    this.firstShiftMs = shiftMs;
    this.shiftMs = shiftMs;
    if (speed > 1) hurryTimers(speed);
  }

  shiftMs: number;

  now(): number {
    return this.epoch + (Date.now() - this.epoch) * this.speed + this.shiftMs;
  }

  monotonic(): number {
    return performance.now() * this.speed + this.shiftMs - this.firstShiftMs;
  }
}

/** Not out of the page itself: one that comes back may be an old copy. */
function readTime(): PageTime {
  const request = new XMLHttpRequest();
  request.open('GET', TIME_PATH, false);
  request.send();
  return JSON.parse(request.responseText) as PageTime;
}

/** Timers that keep pace with the clock. */
function hurryTimers(speed: number): void {
  const { setInterval: slowInterval, setTimeout: slowTimeout } = globalThis;
  globalThis.setInterval = ((work: () => void, ms = 0) =>
    slowInterval(work, ms / speed)) as typeof setInterval;
  globalThis.setTimeout = ((work: () => void, ms = 0) => slowTimeout(work, ms / speed)) as typeof setTimeout;
}
