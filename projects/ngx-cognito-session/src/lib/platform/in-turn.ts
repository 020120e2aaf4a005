import {
  catchError,
  concat,
  defer,
  EMPTY,
  ignoreElements,
  ReplaySubject,
  share,
  tap,
  type Observable,
} from 'rxjs';

/** Runs pieces of work one after the other, each once, whether or not anybody still waits for it. */
export class InTurn {
  private last$: Observable<unknown> = EMPTY;

  /** Hot. Starts at once if nothing else is at work. The next piece starts however this one ends. */
  run<T>(work: () => Observable<T>): Observable<T> {
    const before$ = this.last$.pipe(
      ignoreElements(),
      catchError(() => EMPTY),
    );
    const leave = () => {
      if (this.last$ === run$) this.last$ = EMPTY;
    };
    const run$ = concat(before$, defer(work)).pipe(
      // Before anybody is told: whoever asks for work in answer to it need not wait.
      tap({ next: leave, error: leave }),
      share({
        connector: () => new ReplaySubject<T>(1),
        resetOnComplete: false,
        resetOnError: false,
        resetOnRefCountZero: false,
      }),
    );
    this.last$ = run$;
    run$.subscribe({ error: ignore });
    return run$;
  }
}

function ignore(): void {
  // Whoever asked for the work gets it; this subscription only keeps it going.
}
