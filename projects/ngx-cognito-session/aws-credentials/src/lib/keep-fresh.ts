import { inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  SESSION_CLOCK,
  ɵdueTimer,
  ɵIS_BROWSER,
  ɵSESSION_SCHEDULER,
  ɵWAKE_SIGNALS,
} from 'ngx-cognito-session';
import {
  catchError,
  distinctUntilChanged,
  EMPTY,
  ignoreElements,
  map,
  merge,
  repeat,
  share,
  skipWhile,
  switchMap,
  type Observable,
} from 'rxjs';
import type { AwsCredentials } from './aws-credentials';
import type { CredentialsHolder } from './credentials-holder';
import { knownOf, type Holding } from './holding';
import { REFUSED_WAIT_MS, TIMER_PIECE_MS } from './numbers';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;

/**
 * The credentials of now, obtained and refreshed ahead of time while there are subscribers, in one place for all of them; not on a
 * server. Silent until it is known whether there are any. Needs an injection context.
 */
export function keepFresh({
  current,
  changed$,
  obtain$,
}: CredentialsHolder): Observable<AwsCredentials | null> {
  const isServer = (typeof ngServerMode === 'undefined' || ngServerMode) && !inject(ɵIS_BROWSER);
  const clock = inject(SESSION_CLOCK);
  const scheduler = inject(ɵSESSION_SCHEDULER);
  const wakeSignals = inject(ɵWAKE_SIGNALS);

  /** Until the next attempt, or until the credentials expire. What was refused is not tried again soon. */
  const remainingMs = ({ held, failure }: Holding): number => {
    const waitMs = failure
      ? failure.untilMs - clock.monotonic() + (failure.error.retryable ? 0 : REFUSED_WAIT_MS)
      : 0;
    return held ? Math.min(held.untilDeadMs(), Math.max(waitMs, held.untilDueMs())) : waitMs;
  };

  const keep = (holding: Holding): Observable<never> =>
    ɵdueTimer(() => remainingMs(holding), TIMER_PIECE_MS, wakeSignals, scheduler).pipe(
      switchMap(() => obtain$),
      ignoreElements(),
      catchError(() => EMPTY),
      repeat(),
    );

  const keep$ = changed$.pipe(
    distinctUntilChanged(),
    switchMap((holding) => (typeof holding.owner === 'string' ? keep(holding) : EMPTY)),
    takeUntilDestroyed(),
    share({ resetOnRefCountZero: true }),
  );

  return merge(changed$, isServer ? EMPTY : keep$).pipe(
    // What an earlier subscriber has caused counts already.
    map(() => knownOf(current())),
    skipWhile((credentials) => credentials === undefined && !isServer),
    map((credentials) => credentials ?? null),
    distinctUntilChanged(),
  );
}
