import { merge, map } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { marbleClock, marbles } from '../../../testing-support/marbles';
import { afterActiveTime } from './active-time';

const LIMIT_MS = 10_000;

/** When the limit fires, in ms of monotonic time since the start. */
function watch(time: ManualTime, limitMs = LIMIT_MS): (number | 'complete')[] {
  const fired: (number | 'complete')[] = [];
  afterActiveTime(limitMs, time, time.scheduler).subscribe({
    next: () => fired.push(time.monotonic()),
    complete: () => fired.push('complete'),
  });
  return fired;
}

describe('a limit in active time', () => {
  it('fires once, when the page has been awake for so long', () => {
    const time = new ManualTime();
    const fired = watch(time);

    time.advance(LIMIT_MS - 1);
    expect(fired).toEqual([]);
    time.advance(1);

    expect(fired).toEqual([LIMIT_MS, 'complete']);
    expect(time.armedTimers).toBe(0);
  });

  it.each([60_000, 86_400_000])('is not used up by a sleep of %i ms', (sleepMs) => {
    const time = new ManualTime();
    const fired = watch(time);

    time.advance(4000);
    time.sleep(sleepMs);
    time.advance(4000);

    expect(fired).toEqual([]);
    time.advance(2000);
    expect(fired).toEqual([9500 + 500, 'complete']);
  });

  it('counts a tick that comes late as a second and a half at most', () => {
    const time = new ManualTime();
    const fired = watch(time);
    // Throttled: each tick takes 3 s, which is not yet a gap.
    for (let tick = 0; tick < 6; tick++) {
      time.sleep(2000);
      time.advance(1000);
    }

    expect(fired).toEqual([]);
    time.sleep(2000);
    time.advance(1000);
    expect(fired).toEqual([7000, 'complete']);
  });

  it('gives an answer that came during a sleep two seconds to be read, even if the limit is reached', () => {
    const time = new ManualTime();
    const fired = watch(time);
    time.advance(9000);

    time.sleep(60_000);
    time.advance(2999);

    expect(fired).toEqual([]);
    time.advance(1);
    expect(fired).toEqual([12_000, 'complete']);
  });

  it('gives those seconds again after each sleep', () => {
    const time = new ManualTime();
    const fired = watch(time);
    time.advance(9000);

    for (let night = 0; night < 5; night++) {
      time.sleep(60_000);
      time.advance(2000);
    }

    expect(fired).toEqual([]);
    time.advance(1000);
    expect(fired).toHaveLength(2);
  });

  it('fires in a hidden tab whose timers run once a minute', () => {
    const ticks = { ms: 0 };
    const clock = { now: () => ticks.ms, monotonic: () => ticks.ms };
    const time = new ManualTime();
    const fired: unknown[] = [];
    afterActiveTime(6000, clock, time.scheduler).subscribe(() => fired.push(ticks.ms));

    for (let minute = 1; minute <= 5; minute++) {
      ticks.ms += 60_000;
      time.advance(1000);
    }

    expect(fired).toEqual([240_000]);
  });

  it('takes three seconds for a slow tick and a little more for a gap', () => {
    const firedAfter = (gapMs: number, limitMs = 1500): unknown => {
      const time = new ManualTime();
      const fired = watch(time, limitMs);
      time.sleep(gapMs - 1000);
      time.advance(10_000);
      return fired[0];
    };

    expect(firedAfter(3000)).toBe(1000);
    expect(firedAfter(3000, 1501)).toBe(2000);
    expect(firedAfter(1000, 1001)).toBe(2000);
    expect(firedAfter(3001)).toBe(3000);
  });

  it('does not stand still when the wall clock is set back', () => {
    const time = new ManualTime();
    const fired = watch(time);

    time.advance(1000);
    time.setWall(-86_400_000);
    time.advance(9000);

    expect(fired).toEqual([LIMIT_MS, 'complete']);
  });

  it('starts anew for each subscriber, when it subscribes', () => {
    const time = new ManualTime();
    const limit = afterActiveTime(2000, time, time.scheduler);
    const fired: number[] = [];

    time.advance(60_000);
    for (let times = 0; times < 2; times++) {
      limit.subscribe(() => fired.push(time.monotonic()));
      time.advance(1999);
      expect(fired).toHaveLength(times);
      time.advance(1);
    }

    expect(fired).toEqual([62_000, 64_000]);
  });

  it('leaves no timer behind when all waiting callers are gone', () => {
    const time = new ManualTime();
    const waiting = afterActiveTime(LIMIT_MS, time, time.scheduler).subscribe();
    time.advance(1500);

    waiting.unsubscribe();
    time.advance(1000);

    expect(time.armedTimers).toBe(0);
  });
});

describe('a limit beside what it limits', () => {
  it.each([
    ['with the tick that reaches it', 2500, '3s (u|)'],
    ['exactly, if it is a whole number of seconds', 3000, '3s (u|)'],
    ['with the first tick, if there is none', 0, '1s (u|)'],
  ])('fires %s', (_, limitMs, expected) => {
    const scheduler = marbles();
    scheduler.run(({ expectObservable }) => {
      const limit = afterActiveTime(limitMs, marbleClock(scheduler), scheduler);

      expectObservable(limit).toBe(expected, { u: undefined });
      expectObservable(limit, '^ 900ms !').toBe('-');
    });
  });

  it.each([
    ['lets go of it when it fires', '-------', '3s #', '^ 2999ms !'],
    ['lets it go on as long as it lasts', '2500ms a|', '2500ms a 499ms #', '^ 2500ms !'],
  ])('%s', (_, source, expected, subscription) => {
    const scheduler = marbles();
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const limited = cold(source);
      const limit = afterActiveTime(3000, marbleClock(scheduler), scheduler).pipe(
        map(() => {
          throw 'error' as unknown as Error;
        }),
      );

      expectObservable(merge(limited, limit)).toBe(expected);
      expectSubscriptions(limited.subscriptions).toBe(subscription);
    });
  });
});
