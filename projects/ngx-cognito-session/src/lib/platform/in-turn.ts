import { catchError, concat, defer, EMPTY, ignoreElements, tap, type Observable } from 'rxjs';
import { shareRun } from './share-run';

/** Runs tasks sequentially. Each runs once, even if its caller has unsubscribed. */
export class InTurn {
  #last$: Observable<unknown> = EMPTY;

  /** Hot. Starts immediately if no other task is running. The next task starts when this one succeeds or fails. */
  run<T>(work: () => Observable<T>): Observable<T> {
    const before$ = this.#last$.pipe(
      ignoreElements(),
      catchError(() => EMPTY),
    );
    const leave = () => {
      if (this.#last$ === run$) this.#last$ = EMPTY;
    };
    const run$ = concat(before$, defer(work)).pipe(
      // Before the caller gets the result: a task that it starts in response need not wait.
      tap({ next: leave, error: leave }),
      shareRun(),
    );
    this.#last$ = run$;
    run$.subscribe({ error: ignore });
    return run$;
  }
}

function ignore(): void {
  // The caller gets the error. This subscription only keeps the task running.
}
