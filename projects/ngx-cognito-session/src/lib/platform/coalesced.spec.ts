import { of, Subject } from 'rxjs';
import { coalesced } from './coalesced';

describe('coalesced work', () => {
  function setUp() {
    const source = new Subject<string>();
    const runs: Subject<void>[] = [];
    const told: string[] = [];
    const subscription = source
      .pipe(
        coalesced(() => {
          const run = new Subject<void>();
          runs.push(run);
          return run;
        }),
      )
      .subscribe({ error: () => told.push('error'), complete: () => told.push('complete') });
    return { source, runs, told, subscription };
  }

  it('starts with the first word', () => {
    const { source, runs } = setUp();
    expect(runs).toHaveLength(0);

    source.next('look');

    expect(runs).toHaveLength(1);
  });

  it('is done once more for all that came meanwhile, after the run on its way', () => {
    const { source, runs } = setUp();
    source.next('look');
    for (let count = 0; count < 100; count++) source.next('look');
    expect(runs).toHaveLength(1);

    runs[0]?.complete();
    expect(runs).toHaveLength(2);
    runs[1]?.complete();

    expect(runs).toHaveLength(2);
  });

  it('starts anew when it was idle', () => {
    const { source, runs } = setUp();
    source.next('look');
    runs[0]?.complete();

    source.next('look');

    expect(runs).toHaveLength(2);
  });

  it('may be done within the call, and may ask for itself again', () => {
    const source = new Subject<number>();
    let runs = 0;
    source
      .pipe(
        coalesced(() => {
          runs++;
          if (runs < 3) source.next(runs);
          return of('done');
        }),
      )
      .subscribe();

    source.next(0);

    expect(runs).toBe(3);
  });

  it('ends with its listeners, and with the source once it is done', () => {
    const left = setUp();
    left.source.next('look');
    left.subscription.unsubscribe();
    expect([left.source.observed, left.runs[0]?.observed]).toEqual([false, false]);

    const ended = setUp();
    ended.source.next('look');
    ended.source.complete();
    expect(ended.told).toEqual([]);
    ended.runs[0]?.complete();
    expect(ended.told).toEqual(['complete']);
  });

  it('tells of an error', () => {
    const { source, runs, told } = setUp();
    source.next('look');

    runs[0]?.error(new Error('broken'));

    expect(told).toEqual(['error']);
  });
});
