import type { SessionClock } from 'ngx-cognito-session';
import { VirtualAction, VirtualTimeScheduler, type SchedulerAction, type Subscription } from 'rxjs';

/** The most timers of one `advance`, besides one per second: far more than any code needs that ends. */
const MOST_TIMERS = 100_000;

/** The default start time: a whole second, so that `iat` loses nothing. */
export const START_MS = Date.UTC(2026, 0, 5, 12);

/** Code that arms timers endlessly must fail its test, not hang it. */
class FiniteTimeScheduler extends VirtualTimeScheduler {
  private left = MOST_TIMERS;

  override schedule<T>(
    work: (this: SchedulerAction<T>, state?: T) => void,
    delay?: number,
    state?: T,
  ): Subscription {
    if (--this.left < 0) throw new Error(`More than ${String(MOST_TIMERS)} timers in one go`);
    return super.schedule(work, delay, state);
  }

  /** Also throws if other code has caught the error of `schedule`. */
  runUntil(frame: number): void {
    this.left = MOST_TIMERS + (frame - this.frame) / 1000;
    this.maxFrames = frame;
    try {
      this.flush();
    } finally {
      this.maxFrames = Infinity;
    }
    this.frame = frame;
    if (this.left < 0) throw new Error(`More than ${String(MOST_TIMERS)} timers in one go`);
  }
}

/** Clock and scheduler that stand still until they are moved: timers fire when `advance` passes them. */
export class ManualTime implements SessionClock {
  readonly scheduler = new FiniteTimeScheduler(VirtualAction, Infinity);
  private wallMs: number;
  private isAdvancing = false;

  constructor(startMs = START_MS) {
    if (!Number.isFinite(startMs)) throw new RangeError('Time has to start at a moment.');
    this.wallMs = startMs;
  }

  now(): number {
    return this.wallMs + this.scheduler.frame;
  }

  monotonic(): number {
    return this.scheduler.frame;
  }

  /** Time passes: both clocks advance, and due timers fire, each at its time. */
  advance(ms: number): void {
    if (!(Number.isFinite(ms) && ms >= 0)) throw new RangeError('Time passes by zero or more milliseconds.');
    if (this.isAdvancing) throw new Error('Time is passing already.');
    this.isAdvancing = true;
    try {
      this.scheduler.runUntil(this.scheduler.frame + ms);
    } finally {
      this.isAdvancing = false;
    }
  }

  /** Fires the timers that are due, unless time is passing already. */
  settle(): void {
    if (!this.isAdvancing) this.advance(0);
  }

  /** The device's clock is set; no time passes. */
  setWall(byMs: number): void {
    this.wallMs += byMs;
  }

  /** The device sleeps: the wall clock advances, the monotonic clock and all timers stand still. */
  sleep(ms: number): void {
    this.setWall(ms);
  }
}
