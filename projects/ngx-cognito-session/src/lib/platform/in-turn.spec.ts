import { of, Subject, throwError } from 'rxjs';
import { InTurn } from './in-turn';

describe('work in turn', () => {
  it('starts at once when nothing else is at work, and answers at once', () => {
    const seen: unknown[] = [];

    new InTurn().run(() => of('done')).subscribe((value) => seen.push(value));

    expect(seen).toEqual(['done']);
  });

  it('starts when what came before has ended, well or badly', () => {
    const turns = new InTurn();
    const first = new Subject<string>();
    const started: string[] = [];
    turns.run(() => first).subscribe({ error: () => started.push('first failed') });
    turns.run(() => {
      started.push('second');
      return throwError(() => new Error('no'));
    });
    turns.run(() => {
      started.push('third');
      return of(3);
    });
    expect(started).toEqual([]);

    first.error(new Error('no'));

    expect(started).toEqual(['first failed', 'second', 'third']);
  });

  it('goes on when no caller waits for it, and is done only once', () => {
    const turns = new InTurn();
    const work = new Subject<string>();
    let runs = 0;
    const run$ = turns.run(() => {
      runs++;
      return work;
    });
    run$.subscribe().unsubscribe();
    const late: unknown[] = [];
    run$.subscribe((value) => late.push(value));

    work.next('done');
    work.complete();

    expect([runs, late]).toEqual([1, ['done']]);
  });

  it('does not keep a caller that asks in answer to it waiting', () => {
    const turns = new InTurn();
    const work = new Subject<string>();
    const seen: unknown[] = [];
    turns.run(() => work).subscribe(() => turns.run(() => of('next')).subscribe((value) => seen.push(value)));

    work.next('done');

    expect(seen).toEqual(['next']);
  });
});
