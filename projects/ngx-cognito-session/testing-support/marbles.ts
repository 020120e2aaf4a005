import { TestScheduler } from 'rxjs/testing';
import type { SessionClock } from '../src/lib/platform/session-clock';

/** Virtual time drawn as marbles; one character, or one number, is a millisecond. */
export function marbles(): TestScheduler {
  return new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
}

/** Clocks that go by it, and neither jump nor sleep. */
export function marbleClock(scheduler: TestScheduler): SessionClock {
  return { now: () => scheduler.now(), monotonic: () => scheduler.now() };
}
