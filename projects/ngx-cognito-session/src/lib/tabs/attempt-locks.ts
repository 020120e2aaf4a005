import { inject, InjectionToken, NgZone } from '@angular/core';
import { filter, Observable, of } from 'rxjs';
import { SLEEP_SIGNALS, type SleepSignal } from '../platform/sleep-signals';
import { WEB_LOCKS } from '../platform/web-locks';

/** Releases a lock. It is also lost when the page goes into the back/forward cache. */
export type ReleaseLock = () => void;

/**
 * Liveness of attempts: the tab that calls Cognito holds a lock of the attempt's name, which the browser releases when the
 * page dies. Locks do not decide which tab may refresh; the record does.
 */
export interface AttemptLocks {
  /** Cold; emits once the lock is held, then completes; `null` where there are no locks. Leaving before withdraws the request. Never errors. */
  hold(name: string): Observable<ReleaseLock | null>;
  /** Cold, one value: the names of all locks that tabs of the origin hold now; `null`: unknown. Never errors. */
  held(): Observable<ReadonlySet<string> | null>;
  /** Cold; emits once no tab holds it, and completes. Silent where that cannot be known. */
  whenFree(name: string): Observable<void>;
}

/** Locks between the tabs of an origin; a port, so that tests can do without a browser. */
export const ATTEMPT_LOCKS = new InjectionToken<AttemptLocks>('ATTEMPT_LOCKS', {
  providedIn: 'root',
  factory: () => {
    const locks = inject(WEB_LOCKS);
    return locks === null ? NO_LOCKS : new WebAttemptLocks(locks, inject(SLEEP_SIGNALS), inject(NgZone));
  },
});

export const NO_LOCKS: AttemptLocks = {
  hold: () => of(null),
  held: () => of(null),
  whenFree: () => new Observable<void>(),
};

/** @see https://w3c.github.io/web-locks/ */
export class WebAttemptLocks implements AttemptLocks {
  constructor(
    private readonly locks: LockManager,
    private readonly sleepSignals: Observable<SleepSignal>,
    private readonly zone: NgZone,
  ) {}

  hold(name: string): Observable<ReleaseLock | null> {
    return new Observable((subscriber) => {
      const withdrawal = new AbortController();
      const granted = (): Promise<void> =>
        new Promise((release) => {
          const letGo = () => {
            leaving.unsubscribe();
            release();
          };
          // A page in the back/forward cache must not hold a lock: it may never come back.
          const leaving = this.sleepSignals.pipe(filter((signal) => signal === 'pagehide')).subscribe(letGo);
          if (subscriber.closed) letGo();
          subscriber.next(letGo);
          subscriber.complete();
        });
      // Opaque origins have the interface and refuse its use.
      this.#request(name, { signal: withdrawal.signal }, granted).catch(() => {
        subscriber.next(null);
        subscriber.complete();
      });
      return () => withdrawal.abort();
    });
  }

  held(): Observable<ReadonlySet<string> | null> {
    return new Observable((subscriber) => {
      const answer = (names: ReadonlySet<string> | null) => {
        subscriber.next(names);
        subscriber.complete();
      };
      this.zone.runOutsideAngular(() => this.#names()).then(answer, () => answer(null));
    });
  }

  whenFree(name: string): Observable<void> {
    return new Observable((subscriber) => {
      const leaving = new AbortController();
      this.#request(name, { mode: 'shared', signal: leaving.signal }, () => Promise.resolve()).then(
        () => {
          subscriber.next();
          subscriber.complete();
        },
        () => undefined,
      );
      return () => leaving.abort();
    });
  }

  async #names(): Promise<ReadonlySet<string>> {
    const { held = [] } = await this.locks.query();
    // Those who wait for an owner hold its lock in shared mode, a frozen page for as long as it is frozen.
    return new Set(held.filter(({ mode }) => mode === 'exclusive').map(({ name = '' }) => name));
  }

  #request(name: string, options: LockOptions, granted: () => Promise<void>): Promise<void> {
    return this.zone.runOutsideAngular(async () => this.locks.request(name, options, granted));
  }
}
