import { DestroyRef, inject, Injectable, NgZone } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  catchError,
  concat,
  defer,
  EMPTY,
  ignoreElements,
  map,
  merge,
  of,
  switchMap,
  take,
  tap,
  throwError,
  throwIfEmpty,
  type Observable,
} from 'rxjs';
import { ATTEMPT_WAIT_MS, REQUEST_SOFT_LIMIT_MS } from '../config/numbers';
import type { ActiveSession } from '../core/active-session';
import { blockingFailure } from '../core/renewal-failure';
import { SessionError } from '../errors/session-error';
import { afterActiveTime } from '../platform/active-time';
import { enterZone } from '../platform/enter-zone';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { heldState } from '../state/held-state';
import { SessionStore } from '../state/session-store';
import { RenewalAttempt } from './renewal-attempt';
import type { RenewalProgress } from './renewal-progress';
import { shareRun } from './share-run';

interface Waiting {
  readonly type: 'waiting';
}

interface Run {
  readonly sid: string;
  /** Equal metadata share a run. */
  readonly metadataKey: string;
  /** Ends when the request and everything after it is done. */
  readonly settled$: Observable<RenewalProgress>;
  /** What callers see: they stop waiting at the limits. */
  readonly outcome$: Observable<ActiveSession>;
}

/** The one door to a renewal: timer, wake signals, `forceRefresh`, due getters and 401 retries all enter here. */
@Injectable()
export class Renewal {
  private readonly store = inject(SessionStore);
  private readonly attempt = inject(RenewalAttempt);
  private readonly clock = inject(SESSION_CLOCK);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly zone = inject(NgZone);
  private readonly destroyRef = inject(DestroyRef);
  /** In order: the first is in flight, the others wait for it because their client metadata differ. */
  private runs: readonly Run[] = [];

  /**
   * Joins the run in flight or starts one; hot, one value, then completes. Leaving cancels nothing. A run is shared only
   * while it lasts: neither its success nor its failure is replayed to a later caller.
   */
  renew(clientMetadata?: Record<string, string>): Observable<ActiveSession> {
    const { active } = this.store;
    if (active === null) return throwError(() => new SessionError('noSession', 'Nobody is signed in.'));
    const metadataKey = clientMetadata === undefined ? '' : canonical(clientMetadata);
    // Whoever does not mind the metadata is served by any run.
    const joined = this.runs.find(
      (run) => run.sid === active.sid && (metadataKey === '' || run.metadataKey === metadataKey),
    );
    if (joined !== undefined) return joined.outcome$;

    const refusal = this.refusal();
    if (refusal !== null) return throwError(() => refusal);
    return this.start(active.sid, metadataKey, clientMetadata);
  }

  /** A run that had to wait its turn starts under what is true by then. */
  private begin(
    sid: string,
    clientMetadata: Record<string, string> | undefined,
  ): Observable<RenewalProgress> {
    const refusal = this.store.active?.sid === sid ? this.refusal() : null;
    return refusal === null ? this.attempt.run(sid, clientMetadata) : throwError(() => refusal);
  }

  /**
   * Whether it is too early is for the record to say: another tab may have renewed meanwhile. But a storage that has just
   * failed is not asked again by everybody who comes along.
   */
  private refusal(): SessionError | null {
    const held = heldState(this.store);
    if (held?.active.tokens.refreshToken === undefined)
      return new SessionError('noRefreshToken', 'The session has no refresh token.');
    const blocking = blockingFailure(held.failure, this.clock.now());
    return blocking?.error.code === 'storageError' ? blocking.error : null;
  }

  private start(
    sid: string,
    metadataKey: string,
    clientMetadata: Record<string, string> | undefined,
  ): Observable<ActiveSession> {
    const leave = () => {
      this.runs = this.runs.filter((other) => other !== run);
    };
    const settled$ = afterwards(this.runs.at(-1)?.settled$ ?? EMPTY, () =>
      this.begin(sid, clientMetadata),
    ).pipe(
      // Before anybody is told: whoever asks from now on gets a run of its own.
      tap({
        next: ({ type }) => {
          if (type === 'renewed') leave();
        },
        error: leave,
      }),
      enterZone(this.zone),
      shareRun(),
    );
    const outcome$ = this.outcome(settled$).pipe(shareRun());
    const run: Run = { sid, metadataKey, settled$, outcome$ };
    this.runs = [...this.runs, run];
    outcome$.subscribe({ error: ignore });
    return outcome$;
  }

  /**
   * Callers stop waiting 10 s of active time after the request, and 15 s after they began to wait for somebody else's.
   * The run goes on, and its result is accepted whenever it comes. Nobody waits any more when the app is destroyed.
   */
  private outcome(settled$: Observable<RenewalProgress>): Observable<ActiveSession> {
    return merge(of<Waiting>({ type: 'waiting' }), settled$).pipe(
      switchMap((progress) => {
        switch (progress.type) {
          case 'waiting':
            return this.limit(ATTEMPT_WAIT_MS);
          case 'calling':
            return this.limit(REQUEST_SOFT_LIMIT_MS);
          case 'renewed':
            return of(progress.active);
        }
      }),
      takeUntilDestroyed(this.destroyRef),
      take(1),
      throwIfEmpty(() => new SessionError('superseded', 'The app was destroyed during the renewal.')),
    );
  }

  private limit(activeMs: number): Observable<never> {
    return afterActiveTime(activeMs, this.clock, this.scheduler).pipe(
      takeUntilDestroyed(this.destroyRef),
      map(() => {
        throw new SessionError('timeout', 'Cognito has not answered in time.');
      }),
      enterZone(this.zone),
    );
  }
}

/** Runs `next` once `first` has ended, well or badly. */
function afterwards<T>(first: Observable<unknown>, next: () => Observable<T>): Observable<T> {
  return concat(
    first.pipe(
      ignoreElements(),
      catchError(() => EMPTY),
    ),
    defer(next),
  );
}

/** Equal metadata have equal text, in whatever order they were written. */
function canonical(clientMetadata: Record<string, string>): string {
  return JSON.stringify(Object.entries(clientMetadata).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function ignore(): void {
  // Failures are reported where they happen; this subscription only keeps the run going.
}
