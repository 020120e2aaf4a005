import { inject, InjectionToken, NgZone } from '@angular/core';
import { filter, Observable, of } from 'rxjs';
import { SLEEP_SIGNALS, type SleepSignal } from '../platform/sleep-signals';
import { WEB_LOCKS } from '../platform/web-locks';

/** A lock as its owner has it. */
export interface HeldLock {
  /** It is lost when the page goes into the back/forward cache. */
  isHeld(): boolean;
  release(): void;
}

/** `unknown`: there are no locks that could tell. */
export type LockState = 'free' | 'held' | 'unknown';

/**
 * Liveness of attempts: the tab that calls Cognito holds a lock of the attempt's name, which the browser releases when the
 * page dies. Locks do not decide which tab may refresh; the record does.
 */
export interface AttemptLocks {
  /** Cold; emits once the lock is held, then completes; `null` where there are no locks. Leaving before withdraws the request. Never errors. */
  hold(name: string): Observable<HeldLock | null>;
  /** Cold, one value: whether a tab holds it now. Never errors. */
  look(name: string): Observable<LockState>;
  /** Cold, one value: whether a tab holds any lock whose name begins like this. Never errors. */
  lookAll(prefix: string): Observable<LockState>;
  /** Cold; emits once no tab holds it, and completes. Silent where that cannot be known. */
  whenFree(name: string): Observable<void>;
}

export const ATTEMPT_LOCKS = new InjectionToken<AttemptLocks>('ATTEMPT_LOCKS', {
  providedIn: 'root',
  factory: () => {
    const locks = inject(WEB_LOCKS);
    return locks === null ? NO_LOCKS : new WebAttemptLocks(locks, inject(SLEEP_SIGNALS), inject(NgZone));
  },
});

export const NO_LOCKS: AttemptLocks = {
  hold: () => of(null),
  look: () => of('unknown'),
  lookAll: () => of('unknown'),
  whenFree: () => new Observable<void>(),
};

/** @see https://w3c.github.io/web-locks/ */
export class WebAttemptLocks implements AttemptLocks {
  constructor(
    private readonly locks: LockManager,
    private readonly sleepSignals: Observable<SleepSignal>,
    private readonly zone: NgZone,
  ) {}

  hold(name: string): Observable<HeldLock | null> {
    return new Observable((subscriber) => {
      const withdrawal = new AbortController();
      const granted = (): Promise<void> =>
        new Promise((release) => {
          let isHeld = true;
          const letGo = () => {
            isHeld = false;
            leaving.unsubscribe();
            release();
          };
          // A page in the back/forward cache must not hold a lock: it may never come back.
          const leaving = this.sleepSignals.pipe(filter((signal) => signal === 'pagehide')).subscribe(letGo);
          if (subscriber.closed) letGo();
          subscriber.next({ isHeld: () => isHeld, release: letGo });
          subscriber.complete();
        });
      // Opaque origins have the interface and refuse its use.
      this.request(name, { signal: withdrawal.signal }, granted).catch(() => {
        subscriber.next(null);
        subscriber.complete();
      });
      return () => withdrawal.abort();
    });
  }

  look(name: string): Observable<LockState> {
    return asked(() =>
      this.request(name, { mode: 'shared', ifAvailable: true }, (lock) =>
        Promise.resolve<LockState>(lock === null ? 'held' : 'free'),
      ),
    );
  }

  lookAll(prefix: string): Observable<LockState> {
    return asked(async () => {
      const { held = [] } = await this.locks.query();
      return held.some(({ name = '' }) => name.startsWith(prefix)) ? 'held' : 'free';
    });
  }

  whenFree(name: string): Observable<void> {
    return new Observable((subscriber) => {
      const leaving = new AbortController();
      this.request(name, { mode: 'shared', signal: leaving.signal }, () => Promise.resolve()).then(
        () => {
          subscriber.next();
          subscriber.complete();
        },
        () => undefined,
      );
      return () => leaving.abort();
    });
  }

  private request<T>(
    name: string,
    options: LockOptions,
    granted: (lock: Lock | null) => Promise<T>,
  ): Promise<T> {
    return this.zone.runOutsideAngular(async () => this.locks.request(name, options, granted));
  }
}

function asked(question: () => Promise<LockState>): Observable<LockState> {
  return new Observable((subscriber) => {
    const answer = (state: LockState) => {
      subscriber.next(state);
      subscriber.complete();
    };
    question().then(answer, () => answer('unknown'));
  });
}
