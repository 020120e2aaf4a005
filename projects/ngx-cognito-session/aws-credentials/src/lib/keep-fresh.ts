import { inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { SESSION_CLOCK, ɵdueTimer, ɵSESSION_SCHEDULER, ɵWAKE_SIGNALS } from 'ngx-cognito-session';
import {
  catchError,
  distinctUntilChanged,
  EMPTY,
  ignoreElements,
  repeat,
  share,
  switchMap,
  type Observable,
} from 'rxjs';
import { untilDeadMs, untilDueMs, type Holding, type Holdings } from './holding';
import { REFUSED_WAIT_MS, TIMER_PIECE_MS } from './numbers';
import type { ObtainCredentials } from './obtain-credentials';

/**
 * Obtains credentials, and refreshes them ahead of time. Cold, and shared: while there are subscribers. Emits nothing. Needs an
 * injection context.
 */
export function keepFresh(
  { changed$, change }: Holdings,
  { obtain }: Pick<ObtainCredentials, 'obtain'>,
): Observable<never> {
  const clock = inject(SESSION_CLOCK);
  const scheduler = inject(ɵSESSION_SCHEDULER);
  const wakeSignals = inject(ɵWAKE_SIGNALS);

  /** Until the next attempt, or until the credentials expire. What was refused is not tried again soon. */
  const remainingMs = (holding: Holding): number => {
    const { held, failure } = holding;
    let waitMs = 0;
    if (failure !== null)
      waitMs = failure.untilMs - clock.monotonic() + (failure.error.retryable ? 0 : REFUSED_WAIT_MS);
    return held === null ? waitMs : Math.min(untilDeadMs(holding), Math.max(waitMs, untilDueMs(holding)));
  };

  const keep = (holding: Holding): Observable<never> =>
    ɵdueTimer(() => remainingMs(holding), TIMER_PIECE_MS, wakeSignals, scheduler).pipe(
      switchMap(() => {
        if (holding.held !== null && untilDeadMs(holding) <= 0) {
          holding.held = null;
          change();
        }
        return obtain(holding).pipe(
          ignoreElements(),
          catchError(() => EMPTY),
        );
      }),
      repeat(),
    );

  return changed$.pipe(
    distinctUntilChanged(),
    switchMap((holding) => (typeof holding.owner === 'string' ? keep(holding) : EMPTY)),
    takeUntilDestroyed(),
    share({ resetOnRefCountZero: true, resetOnComplete: true, resetOnError: true }),
  );
}
