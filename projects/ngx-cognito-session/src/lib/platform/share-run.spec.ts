import { TestScheduler } from 'rxjs/testing';
import { shareRun } from './share-run';
import { startCommand } from './start-command';

function marbles(): TestScheduler {
  return new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
}

describe('shareRun', () => {
  it.each([
    ['a good outcome', ' ---(a|)', '---(a|)', '--(a|)'],
    ['a failure', '      ---#   ', '---#   ', '--#   '],
  ])('runs once for all subscribers, those after the end included: %s', (_, source, early, late) => {
    marbles().run(({ cold, expectObservable, expectSubscriptions }) => {
      const run = cold(source);
      const shared = run.pipe(shareRun());

      expectObservable(shared).toBe(early);
      expectObservable(shared, '-^').toBe(early);
      expectObservable(shared, '------^').toBe(`${'-'.repeat(4)}${late}`);
      expectSubscriptions(run.subscriptions).toBe('^--!');
    });
  });

  it('does not start before the first subscription', () => {
    marbles().run(({ cold, expectObservable, expectSubscriptions }) => {
      const run = cold('(a|)');

      expectObservable(run.pipe(shareRun()), '---^').toBe('---(a|)');
      expectSubscriptions(run.subscriptions).toBe('---(^!)');
    });
  });

  it('goes on when all have unsubscribed, and does not start again', () => {
    marbles().run(({ cold, expectObservable, expectSubscriptions }) => {
      const run = cold('   -----(a|)');
      const shared = run.pipe(shareRun());

      expectObservable(shared, '^-!').toBe('-');
      expectObservable(shared, '---^').toBe('-----(a|)');
      expectSubscriptions(run.subscriptions).toBe('^----!');
    });
  });
});

describe('startCommand', () => {
  it('starts immediately, without a subscriber', () => {
    marbles().run(({ cold, expectSubscriptions }) => {
      const command = cold('--(a|)');

      startCommand(command, () => {});

      expectSubscriptions(command.subscriptions).toBe('^-!');
    });
  });

  it.each([
    ['a good outcome', '--(a|)'],
    ['no value', '      --|   '],
    ['a failure', '     --#   '],
  ])('runs once and replays what came of it: %s', (_, outcome) => {
    marbles().run(({ cold, expectObservable, expectSubscriptions }) => {
      const command = cold(outcome);
      const started = startCommand(command, () => {});
      const late = outcome.trim().replace('--', '-----');

      expectObservable(started).toBe(outcome.trim());
      expectObservable(started, '-----^').toBe(late);
      expectSubscriptions(command.subscriptions).toBe('^-!');
    });
  });

  it('is carried out although the caller unsubscribes', () => {
    marbles().run(({ cold, expectObservable, expectSubscriptions }) => {
      const command = cold('----(a|)');
      const started = startCommand(command, () => {});

      expectObservable(started, '^-!').toBe('-');
      expectSubscriptions(command.subscriptions).toBe('^---!');
    });
  });

  it('reports a failure once, before any caller receives it', () => {
    const heard: string[] = [];
    const scheduler = marbles();
    scheduler.run(({ cold, flush }) => {
      const started = startCommand(cold('--#', {}, 'broken'), (error) => heard.push(`told ${String(error)}`));
      for (const caller of ['one', 'two'])
        started.subscribe({ error: (error: unknown) => heard.push(`${caller} ${String(error)}`) });
      flush();
    });

    expect(heard).toEqual(['told broken', 'one broken', 'two broken']);
  });

  it('reports no good outcome', () => {
    const heard: unknown[] = [];
    marbles().run(({ cold, flush }) => {
      startCommand(cold('--(a|)'), (error) => heard.push(error));
      flush();
    });

    expect(heard).toEqual([]);
  });
});
