import type { SessionClock } from 'ngx-cognito-session';
import type { ScriptSetup } from './setup';

/** A device clock that a test can move. All pages of a test have the same one. */
export class PageClock implements SessionClock {
  private readonly epoch: number;
  private readonly speed: number;
  private readonly firstShiftMs: number;

  constructor({ epoch, shiftMs, speed = 1 }: ScriptSetup) {
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

/** Timers that keep pace with the clock. */
function hurryTimers(speed: number): void {
  const { setInterval: slowInterval, setTimeout: slowTimeout } = globalThis;
  globalThis.setInterval = ((work: () => void, ms = 0) =>
    slowInterval(work, ms / speed)) as typeof setInterval;
  globalThis.setTimeout = ((work: () => void, ms = 0) => slowTimeout(work, ms / speed)) as typeof setTimeout;
}
