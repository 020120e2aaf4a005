import { throwError } from 'rxjs';
import { marbles } from '../../../testing-support/marbles';
import { untilDone } from './until-done';

const NOT_YET = { n: null };

describe('untilDone', () => {
  it('tries for the first time after a second, gives what comes of it and stops', () => {
    const scheduler = marbles();
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const attempt = cold('--(d|)');

      expectObservable(untilDone(() => attempt, scheduler)).toBe('1002ms (d|)');
      expectSubscriptions(attempt.subscriptions).toBe('1s ^-!');
    });
  });

  it('waits 1 s, 2 s, 4 s … and never longer than 60 s, from the end of one try to the next', () => {
    const scheduler = marbles();
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const attempt = cold('---(n|)', NOT_YET);

      expectObservable(
        untilDone(() => attempt, scheduler),
        '^ 200s !',
      ).toBe('-');
      expectSubscriptions(attempt.subscriptions).toBe([
        '1s       ^--!',
        '3003ms   ^--!',
        '7006ms   ^--!',
        '15009ms  ^--!',
        '31012ms  ^--!',
        '63015ms  ^--!',
        '123018ms ^--!',
        '183021ms ^--!',
      ]);
    });
  });

  it('asks for a new attempt each time', () => {
    const scheduler = marbles();
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const attempts = [cold('(n|)', NOT_YET), cold('--|'), cold('-d')];
      const left = [...attempts];

      expectObservable(untilDone(() => left.shift() ?? throwError(() => 'one too many'), scheduler)).toBe(
        '7003ms (d|)',
      );
      for (const [index, subscription] of ['1s (^!)', '3s ^-!', '7002ms ^!'].entries())
        expectSubscriptions(attempts[index]?.subscriptions ?? []).toBe(subscription);
    });
  });

  it('starts no second try beside one that hangs', () => {
    const scheduler = marbles();
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const attempt = cold('-');

      expectObservable(
        untilDone(() => attempt, scheduler),
        '^ 10m !',
      ).toBe('-');
      expectSubscriptions(attempt.subscriptions).toBe('1s ^ 599s !');
    });
  });

  it.each([
    ['while it waits for the first try', '^ 500ms !', []],
    ['during a try', '^ 1001ms !', ['1s ^-!']],
    ['between two tries', '^ 2s !', ['1s ^--!']],
  ])('does nothing more without listeners: %s', (_, listening, tries) => {
    const scheduler = marbles();
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const attempt = cold('---(n|)', NOT_YET);

      expectObservable(
        untilDone(() => attempt, scheduler),
        listening,
      ).toBe('-');
      expectSubscriptions(attempt.subscriptions).toBe([...tries]);
    });
  });

  it('errors with an attempt that errors, and does not try again', () => {
    const scheduler = marbles();
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const attempt = cold('-#');

      expectObservable(untilDone(() => attempt, scheduler)).toBe('1001ms #');
      expectSubscriptions(attempt.subscriptions).toBe('1s ^!');
    });
  });
});
