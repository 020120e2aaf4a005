import { VirtualAction, VirtualTimeScheduler, type SchedulerAction, type Subscription } from 'rxjs';
import type { SessionClock } from 'ngx-cognito-session';

const MOST_TIMERS = 100_000;

/** Where time stands in tests that do not say: a whole second, so that `iat` loses nothing. */
export const START_MS = Date.UTC(2026, 0, 5, 12);

/** Code that arms timers without end is to fail its test at once, not to hang it. */
class FiniteTimeScheduler extends VirtualTimeScheduler {
  left = MOST_TIMERS;

  override schedule<T>(
    work: (this: SchedulerAction<T>, state?: T) => void,
    delay?: number,
    state?: T,
  ): Subscription {
    if (--this.left < 0) throw new Error(`More than ${String(MOST_TIMERS)} timers in one go`);
    return super.schedule(work, delay, state);
  }
}

/** Clock and scheduler that stand still until they are moved: timers fire when `advance` passes them. */
export class ManualTime implements SessionClock {
  readonly scheduler = new FiniteTimeScheduler(VirtualAction, Infinity);
  private wallMs: number;

  constructor(startMs = START_MS) {
    this.wallMs = startMs;
  }

  now(): number {
    return this.wallMs + this.scheduler.frame;
  }

  monotonic(): number {
    return this.scheduler.frame;
  }

  /** Time passes: both clocks go on and timers that are due fire, each at its own moment. */
  advance(ms: number): void {
    const target = this.scheduler.frame + ms;
    this.scheduler.left = MOST_TIMERS;
    this.scheduler.maxFrames = target;
    this.scheduler.flush();
    this.scheduler.frame = target;
    this.scheduler.maxFrames = Infinity;
  }

  /** Somebody sets the device's clock; no time passes. */
  setWall(byMs: number): void {
    this.wallMs += byMs;
  }

  /** The device sleeps: the wall clock goes on, the monotonic clock and all timers stand still. */
  sleep(ms: number): void {
    this.setWall(ms);
  }

  /** When the next timer fires, on the monotonic clock; `null`: none is armed. */
  get nextTimerMs(): number | null {
    return this.scheduler.actions.reduce<number | null>(
      (first, { delay }) => (first === null || delay < first ? delay : first),
      null,
    );
  }

  /** Timers that are armed now. */
  get armedTimers(): number {
    return this.scheduler.actions.length;
  }
}
