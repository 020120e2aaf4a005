import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  connectable,
  defer,
  filter,
  finalize,
  map,
  merge,
  of,
  ReplaySubject,
  switchMap,
  take,
  tap,
  type Observable,
} from 'rxjs';
import { ATTEMPT_WAIT_MS } from '../config/numbers';
import type { ResolvedConfig } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { SessionError } from '../errors/session-error';
import { afterActiveTime } from '../platform/active-time';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import type { RecordEntry } from '../storage/session-record';
import { ATTEMPT_LOCKS, attemptLockName, NO_LOCK, type HeldLock } from '../tabs/attempt-locks';
import { AttemptWatch } from './attempt-watch';
import { RECORD } from './record';
import { toStored } from './session-factory';
import { TabHints } from './tab-hints';

/** The right to call Cognito once. */
export interface Claim {
  readonly id: string;
  /** What to send, if it is another token than the one held. */
  readonly refreshToken: string | undefined;
  /** The attempt is over: others need not reckon with it any more. */
  end(): void;
}

export type Entered =
  | { readonly type: 'claimed'; readonly claim: Claim }
  | Exclude<RecordEntry, { readonly type: 'claimed' | 'wait' | 'vacant' }>;

type Wait = Extract<RecordEntry, { readonly type: 'wait' }>;
type Outcome = Exclude<RecordEntry, Wait>;

interface Look {
  readonly id: string;
  readonly isOnlooker?: boolean;
  /** Before each look. */
  readonly locked$: Observable<unknown>;
}

/** Steps 1, 2 and 7 of the renewal protocol: look, claim, or wait for whoever is at work. */
@Injectable()
export class AttemptEntry {
  private readonly record = inject(RECORD);
  private readonly watch = inject(AttemptWatch);
  private readonly hints = inject(TabHints);
  private readonly locks = inject(ATTEMPT_LOCKS);
  private readonly random = inject(RANDOM_SOURCE);
  private readonly clock = inject(SESSION_CLOCK);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly destroyRef = inject(DestroyRef);

  /**
   * Cold; one value, none if the injector is destroyed while it waits. Errors with `storageError`, or with `timeout` after
   * 15 s of active time spent waiting.
   */
  enter(active: ActiveSession, config: ResolvedConfig): Observable<Entered> {
    return defer(() => {
      const id = this.random.id();
      let lock: HeldLock | null = null;
      let isClaimed = false;
      const end = () => {
        this.watch.end(id);
        lock?.release();
      };
      // Before each claim: an attempt that nobody holds a lock of is taken for dead.
      const locked$ = defer(() =>
        lock?.isHeld() === true
          ? of(lock)
          : this.hold(id, config).pipe(
              tap((held) => {
                lock = held;
              }),
            ),
      );
      this.watch.begin(id);
      return this.patiently(active, { id, locked$ }, config).pipe(
        // Only onlookers are told so.
        filter((entry) => entry.type !== 'vacant'),
        map((entry): Entered => {
          if (entry.type !== 'claimed') return entry;
          isClaimed = true;
          this.hints.post({ type: 'started', sid: active.sid, gen: active.gen });
          return { type: 'claimed', claim: { id, refreshToken: entry.refreshToken, end } };
        }),
        finalize(() => {
          if (!isClaimed) end();
        }),
      );
    });
  }

  /**
   * Cold; waits with whoever is at work and claims nothing. Emits whether its owner has died, one value; none if the injector
   * is destroyed meanwhile. Errors as `enter`.
   */
  standBy(active: ActiveSession, config: ResolvedConfig): Observable<boolean> {
    return this.patiently(active, { id: '', isOnlooker: true, locked$: of(null) }, config).pipe(
      map((entry) => entry.type === 'vacant' && entry.wasAtWork),
    );
  }

  private hold(id: string, config: ResolvedConfig): Observable<HeldLock> {
    return this.record
      .isWatched()
      .pipe(
        switchMap((isWatched) =>
          isWatched ? this.locks.hold(attemptLockName(config.namespace, id)) : of(NO_LOCK),
        ),
      );
  }

  private patiently(
    active: ActiveSession,
    { id, isOnlooker = false, locked$ }: Look,
    config: ResolvedConfig,
  ): Observable<Outcome> {
    const limit$ = connectable(
      afterActiveTime(ATTEMPT_WAIT_MS, this.clock, this.scheduler).pipe(
        map((): never => {
          throw new SessionError('timeout', 'The renewal of another tab takes too long.');
        }),
      ),
      { connector: () => new ReplaySubject<never>(1) },
    );
    const name = (attempt: string) => attemptLockName(config.namespace, attempt);
    const look = (): Observable<Outcome> =>
      locked$.pipe(
        switchMap(() =>
          this.record.enter(
            toStored(active),
            { id, nowMs: this.clock.now(), retry: config.retry, isOnlooker },
            this.watch,
          ),
        ),
        switchMap((entry) => {
          if (entry.type !== 'wait' && entry.type !== 'pending') return of(entry);
          return this.watch.look(entry.open, name).pipe(
            switchMap((isNews) => {
              if (isNews) return look();
              return entry.type === 'pending' ? of(entry) : wait(entry);
            }),
          );
        }),
      );
    const wait = ({ open }: Wait): Observable<Outcome> => {
      limiting ??= limit$.connect();
      return merge(this.watch.change(open, name), limit$).pipe(
        take(1),
        takeUntilDestroyed(this.destroyRef),
        switchMap(look),
      );
    };
    let limiting: ReturnType<typeof limit$.connect> | null = null;
    return look().pipe(
      take(1),
      finalize(() => limiting?.unsubscribe()),
    );
  }
}
