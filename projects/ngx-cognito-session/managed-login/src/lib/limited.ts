import type { NgZone } from '@angular/core';
import { SessionError, ɵenterZone } from 'ngx-cognito-session';
import { Observable, throwError, timeout, type SchedulerLike } from 'rxjs';

/** As a refresh: an answer that takes longer counts as lost. */
const LIMIT_MS = 30_000;

/**
 * Cold; the result of `work`, inside the Angular zone, or `timeout` after 30 s. `work` runs outside of the zone: a request must not
 * make the app look unstable.
 */
export function limited<T>(
  work: (signal: AbortSignal) => Promise<T>,
  zone: NgZone,
  scheduler: SchedulerLike,
): Observable<T> {
  return new Observable<T>((subscriber) => {
    const abort = new AbortController();
    zone.runOutsideAngular(() => {
      work(abort.signal).then(
        (value) => {
          subscriber.next(value);
          subscriber.complete();
        },
        (error: unknown) => {
          subscriber.error(toSessionError(error));
        },
      );
    });
    return () => {
      abort.abort();
    };
  }).pipe(timeout({ first: LIMIT_MS, scheduler, with: () => throwError(tooLate) }), ɵenterZone(zone));
}

/** For example WebCrypto, which pages without https do not have. */
function toSessionError(cause: unknown): SessionError {
  return cause instanceof SessionError
    ? cause
    : new SessionError('signInFailed', 'The sign-in failed unexpectedly.', { cause });
}

function tooLate(): SessionError {
  return new SessionError('timeout', 'Cognito did not answer within 30 s. Start the sign-in again.');
}
