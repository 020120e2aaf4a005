import { defer, of, throwError, type Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { untilDone } from './until-done';

describe('trying until it is done', () => {
  let scheduler: TestScheduler;

  beforeEach(() => {
    scheduler = new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });

  /** Gives these, one per attempt, and then nothing but `null`. */
  function attempts(...results: readonly (Observable<string | null> | undefined)[]) {
    const tried: number[] = [];
    const attempt = () =>
      defer(() => {
        tried.push(scheduler.frame);
        return results[tried.length - 1] ?? of(null);
      });
    return { tried, attempt };
  }

  it('starts after a second and completes with the first result', () => {
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const attempt = cold(' 5ms (a|)');
      const subscription = '  1s ^----! ';
      const expected = '      1s 5ms (a|)';

      expectObservable(untilDone(() => attempt, scheduler)).toBe(expected);
      expectSubscriptions(attempt.subscriptions).toBe(subscription);
    });
  });

  it('waits 1, 2, 4 … 60 s between attempts, however many', () => {
    scheduler.run(({ expectObservable, flush }) => {
      const { tried, attempt } = attempts();

      expectObservable(untilDone(attempt, scheduler), '^ 300s !').toBe('-');
      flush();

      expect(tried.map((at) => at / 1000)).toEqual([1, 3, 7, 15, 31, 63, 123, 183, 243]);
    });
  });

  it('counts the wait from the end of an attempt', () => {
    scheduler.run(({ cold, expectObservable, flush }) => {
      const { tried, attempt } = attempts(cold('700ms (n|)', { n: null }), of('done'));

      expectObservable(untilDone(attempt, scheduler)).toBe('3700ms (d|)', { d: 'done' });
      flush();

      expect(tried).toEqual([1000, 3700]);
    });
  });

  it('never has two attempts under way', () => {
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const slow = cold('10s (n|)', { n: null });

      expectObservable(
        untilDone(() => slow, scheduler),
        '^ 20s !',
      ).toBe('-');
      expectSubscriptions(slow.subscriptions).toBe(['1s ^ 9999ms !', '13s ^ 7s !']);
    });
  });

  it('leaves the attempt under way, and arms nothing, when nobody wants it any more', () => {
    scheduler.run(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const endless = cold('-');

      expectObservable(
        untilDone(() => endless, scheduler),
        '^ 1500ms !',
      ).toBe('-');
      expectSubscriptions(endless.subscriptions).toBe('1s ^ 500ms !');
      flush();

      expect(scheduler.actions).toEqual([]);
    });
  });

  it('passes an error on: whoever tries again must turn it into nothing', () => {
    scheduler.run(({ expectObservable }) => {
      expectObservable(untilDone(() => throwError(() => 'refused'), scheduler)).toBe(
        '1s #',
        undefined,
        'refused',
      );
    });
  });

  it('is cold: each subscriber has attempts of its own', () => {
    scheduler.run(({ expectObservable, flush }) => {
      const { tried, attempt } = attempts(of('first'), of('second'));
      const done$ = untilDone(attempt, scheduler);

      expectObservable(done$).toBe('1s (a|)', { a: 'first' });
      expectObservable(done$, '  500ms ^').toBe('1500ms (b|)', { b: 'second' });
      flush();

      expect(tried).toHaveLength(2);
    });
  });
});
