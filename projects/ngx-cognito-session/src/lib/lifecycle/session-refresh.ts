import { DestroyRef, inject, NgZone } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  catchError,
  concat,
  defer,
  EMPTY,
  filter,
  ignoreElements,
  merge,
  share,
  switchMap,
  take,
  tap,
  throwError,
  throwIfEmpty,
  type Observable,
} from 'rxjs';
import { ATTEMPT_WAIT_MS, REQUEST_SOFT_LIMIT_MS } from '../config/numbers';
import type { ActiveSession } from '../core/active-session';
import { SessionError } from '../errors/session-error';
import { failAfterActiveTime } from '../platform/active-time';
import { enterZone } from '../platform/enter-zone';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SessionStore } from '../state/session-store';
import { RefreshRun, type Progress } from './refresh-run';
import { shareRun } from '../platform/share-run';

interface Run {
  readonly sid: string;
  /** Equal metadata share a run. */
  readonly metadataKey: string;
  /** Ends when the request, and everything after it, is done. */
  readonly settled$: Observable<Progress>;
  /** The session, for all callers that wait: they enter the zone once, and no run without callers does. */
  readonly renewed$: Observable<ActiveSession>;
}

/** The one door to a refresh: timer, wake signals, `forceRefresh`, due getters and 401 retries all enter here. */
export class SessionRefresh {
  readonly #store = inject(SessionStore);
  readonly #refreshRun = inject(RefreshRun);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(SESSION_SCHEDULER);
  readonly #zone = inject(NgZone);
  readonly #destroyRef = inject(DestroyRef);
  /** In order. Of each session the first is in flight, and the others wait for it because their client metadata differ. */
  #runs: readonly Run[] = [];

  /**
   * Joins the run in flight or starts one; hot, one value, then completes. Unsubscribing cancels nothing. A run is shared
   * only while it lasts: neither its success nor its failure is replayed to a later caller.
   */
  run(clientMetadata?: Record<string, string>): Observable<ActiveSession> {
    const { active } = this.#store;
    if (active === null) return throwError(() => new SessionError('noSession', 'The user is not signed in.'));
    if (active.tokens.refreshToken === undefined)
      return throwError(() => new SessionError('noRefreshToken', 'The session has no refresh token.'));
    const metadataKey = clientMetadata === undefined ? '' : canonical(clientMetadata);
    const ofSession = this.#runs.filter(({ sid }) => sid === active.sid);
    // A caller without metadata of its own is served by any run.
    const joined = ofSession.find((run) => metadataKey === '' || run.metadataKey === metadataKey);
    return this.#outcome(
      joined ?? this.#start(active.sid, metadataKey, clientMetadata, ofSession.at(-1)?.settled$ ?? EMPTY),
    );
  }

  #start(
    sid: string,
    metadataKey: string,
    clientMetadata: Record<string, string> | undefined,
    before$: Observable<unknown>,
  ): Run {
    const leave = () => {
      this.#runs = this.#runs.filter((other) => other !== run);
    };
    const settled$ = concat(
      before$.pipe(
        ignoreElements(),
        catchError(() => EMPTY),
      ),
      defer(() => this.#refreshRun.run(sid, clientMetadata)),
    ).pipe(
      // Before any caller learns of it: a caller that asks again gets a run of its own.
      tap({
        next: (active) => {
          if (active !== null) leave();
        },
        error: leave,
      }),
      shareRun(),
    );
    const renewed$ = settled$.pipe(
      filter((active) => active !== null),
      enterZone(this.#zone),
      share({ resetOnRefCountZero: true }),
    );
    const run: Run = { sid, metadataKey, settled$, renewed$ };
    this.#runs = [...this.#runs, run];
    settled$.subscribe({ error: () => undefined });
    return run;
  }

  /**
   * A caller waits for at most 15 s of active time, of which at most 10 s are for a request of this page. The run goes on,
   * and its result is accepted whenever it comes. No caller waits once the app is destroyed.
   */
  #outcome({ settled$, renewed$ }: Run): Observable<ActiveSession> {
    // After `renewed$`, which ends the wait when the run has ended.
    const called$ = settled$.pipe(switchMap(() => this.#limit(REQUEST_SOFT_LIMIT_MS)));
    return merge(this.#limit(ATTEMPT_WAIT_MS), renewed$, called$).pipe(
      takeUntilDestroyed(this.#destroyRef),
      take(1),
      throwIfEmpty(() => new SessionError('superseded', 'The app was destroyed during the refresh.')),
    );
  }

  #limit(activeMs: number): Observable<never> {
    const failure = () => new SessionError('timeout', 'The refresh takes more than 10 s.');
    return failAfterActiveTime(activeMs, this.#clock, this.#scheduler, failure).pipe(
      takeUntilDestroyed(this.#destroyRef),
    );
  }
}

/** Equal metadata give equal text, in whatever order they were written. */
function canonical(clientMetadata: Record<string, string>): string {
  return JSON.stringify(Object.entries(clientMetadata).sort(([a], [b]) => (a < b ? -1 : 1)));
}
