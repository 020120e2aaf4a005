import { EMPTY, NEVER, Subject } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { marbles } from '../../../testing-support/marbles';
import { dueTimer } from './due-timer';

const PIECE_MS = 300_000;
const MONTH_MS = 30 * 86_400_000;

/** A timer due at a moment of the wall clock, and when it fired. */
function watch(time: ManualTime, dueMs: number, wake = new Subject<string>()) {
  const fired: number[] = [];
  const waiting = dueTimer(() => dueMs - time.now(), PIECE_MS, wake, time.scheduler).subscribe({
    next: () => fired.push(time.now()),
    complete: () => fired.push(NaN),
  });
  return { fired, wake, waiting };
}

describe('a timer that is due at a moment of the clock', () => {
  it.each([1, 1000, PIECE_MS - 1, PIECE_MS, PIECE_MS + 1, 3_540_000, MONTH_MS])(
    'fires once after exactly %i ms and completes',
    (ms) => {
      const time = new ManualTime();
      const dueMs = time.now() + ms;
      const { fired } = watch(time, dueMs);

      time.advance(ms - 1);
      expect(fired).toEqual([]);
      time.advance(1);

      expect(fired).toEqual([dueMs, NaN]);
      time.advance(PIECE_MS);
      expect(fired).toHaveLength(2);
      expect(time.armedTimers).toBe(0);
    },
  );

  it.each([0, -1, -MONTH_MS])('fires with the next turn if %i ms remain', (ms) => {
    const time = new ManualTime();
    const { fired } = watch(time, time.now() + ms);
    expect(fired).toEqual([]);

    time.advance(0);

    expect(fired).toEqual([time.now(), NaN]);
  });

  it('is never armed for longer than a piece, since longer waits overflow', () => {
    const time = new ManualTime();
    watch(time, time.now() + 700_000);
    const armedFor = () => time.scheduler.actions.map(({ delay }) => delay - time.scheduler.frame);

    const waits = [armedFor()];
    for (let piece = 0; piece < 2; piece++) {
      time.advance(PIECE_MS);
      waits.push(armedFor());
    }

    expect(waits).toEqual([[PIECE_MS], [PIECE_MS], [100_000]]);
  });

  it.each([
    ['it fires at its time', '    -- -- -- -- -- --', ['^---------!']],
    ['a signal comes too early', '--w-------w-------', ['^-!', '--^-------!']],
    ['many come', '              -www--------------', ['^!', '-^!', '--^!', '---^------!']],
    ['they end', '                --|', ['^-!']],
  ])('looks at the clock once per wake signal, and listens until it fires: %s', (_, signals, listening) => {
    const scheduler = marbles();
    scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const wake = hot(signals.replaceAll(' ', ''));

      expectObservable(dueTimer(() => 10 - scheduler.now(), 100, wake, scheduler)).toBe('10ms (u|)', {
        u: undefined,
      });
      expectSubscriptions(wake.subscriptions).toBe(listening);
    });
  });

  it('fires at the wake signal that finds nothing left', () => {
    const scheduler = marbles();
    scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const wake = hot('--w--w--w--');
      const remaining = [10, 5, 5, 0];

      expectObservable(dueTimer(() => remaining.shift() ?? 0, 100, wake, scheduler)).toBe('-----(u|)', {
        u: undefined,
      });
      expectSubscriptions(wake.subscriptions).toBe(['^-!', '--^--!']);
    });
  });

  it('listens anew with each piece, and to nothing when no caller waits any more', () => {
    const scheduler = marbles();
    scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const wake = hot('-');

      expectObservable(
        dueTimer(() => 25 - scheduler.now(), 10, wake, scheduler),
        '^ 21ms !',
      ).toBe('-');
      expectSubscriptions(wake.subscriptions).toBe(['^ 9ms !', '10ms ^ 9ms !', '20ms ^-!']);
    });
  });

  it('waits for as long as nothing is due', () => {
    const time = new ManualTime();
    const { fired } = watch(time, Infinity);

    time.advance(100 * PIECE_MS);

    expect(fired).toEqual([]);
    expect(time.armedTimers).toBe(1);
  });

  it('fires at once when it wakes up after its time', () => {
    const time = new ManualTime();
    const { fired, wake } = watch(time, time.now() + 3_540_000);

    time.sleep(8 * 3_600_000);
    expect(fired).toEqual([]);
    wake.next('visible');

    expect(fired).toEqual([time.now(), NaN]);
    expect(time.armedTimers).toBe(0);
  });

  it('fires within a piece after a sleep that no event told of', () => {
    const time = new ManualTime();
    const { fired } = watch(time, time.now() + 3_540_000);

    time.sleep(8 * 3_600_000);
    time.advance(PIECE_MS);

    expect(fired).toHaveLength(2);
  });

  it('goes on waiting when it wakes up before its time, with one timer', () => {
    const time = new ManualTime();
    const dueMs = time.now() + 3_540_000;
    const { fired, wake } = watch(time, dueMs);

    for (let times = 0; times < 20; times++) wake.next('online');

    expect(fired).toEqual([]);
    expect(time.armedTimers).toBe(1);
    time.advance(3_540_000);
    expect(fired).toEqual([dueMs, NaN]);
  });

  it('notices a clock set forward within a piece', () => {
    const time = new ManualTime();
    const dueMs = time.now() + MONTH_MS;
    const { fired } = watch(time, dueMs);

    time.setWall(MONTH_MS - 1000);
    time.advance(PIECE_MS);

    expect(fired).toHaveLength(2);
  });

  it('does not fire too early when the clock is set back', () => {
    const time = new ManualTime();
    const { fired } = watch(time, time.now() + 60_000);

    time.setWall(-3_600_000);
    time.advance(60_000);

    expect(fired).toEqual([]);
    time.advance(3_600_000);
    expect(fired).toHaveLength(2);
  });

  it('needs no wake signals', () => {
    const time = new ManualTime();
    const fired: number[] = [];
    for (const signals of [NEVER, EMPTY])
      dueTimer(() => 1000 - time.monotonic(), PIECE_MS, signals, time.scheduler).subscribe(() =>
        fired.push(time.monotonic()),
      );

    time.advance(1000);

    expect(fired).toEqual([1000, 1000]);
  });

  it('does nothing before it is subscribed to, and leaves nothing behind afterwards', () => {
    const time = new ManualTime();
    const wake = new Subject<string>();
    const timer = dueTimer(() => 1000, PIECE_MS, wake, time.scheduler);
    expect([time.armedTimers, wake.observed]).toEqual([0, false]);

    const waiting = timer.subscribe();
    expect([time.armedTimers, wake.observed]).toEqual([1, true]);
    waiting.unsubscribe();
    time.advance(0);

    expect([time.armedTimers, wake.observed]).toEqual([0, false]);
  });
});
