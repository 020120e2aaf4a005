import { ManualTime as TestTime } from '../testing/src/lib/manual-time';

/** The time of the tests that apps write is that of the library's own, which look at its timers as well. */
export class ManualTime extends TestTime {
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
