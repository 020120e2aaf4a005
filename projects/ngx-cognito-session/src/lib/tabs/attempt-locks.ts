import { inject, InjectionToken, NgZone } from '@angular/core';
import { filter, Observable, of } from 'rxjs';
import { IS_BROWSER } from '../platform/is-browser';
import { SLEEP_SIGNALS, type SleepSignal } from '../platform/sleep-signals';

/** A lock as its owner has it. */
export interface HeldLock {
  /** It is lost when the page goes into the back/forward cache. */
  isHeld(): boolean;
  release(): void;
}

/** `unknown`: there are no locks that could tell. */
export type LockState = 'free' | 'held' | 'unknown';

/**
 * Liveness of attempts: whoever is at work holds a lock of the attempt's name, which the browser takes away when the
 * page dies. It says nothing about who may renew; that is decided by the record.
 */
export interface AttemptLocks {
  /** Cold; emits once the lock is held, then completes. Leaving before gives it up. Never errors. */
  hold(name: string): Observable<HeldLock>;
  /** Cold; whether anybody holds it at this moment; one value. Never errors. */
  look(name: string): Observable<LockState>;
  /** Cold; emits once nobody holds it any more, and completes. Silent where that cannot be known. */
  whenFree(name: string): Observable<void>;
}

export const ATTEMPT_LOCKS = new InjectionToken<AttemptLocks>('ATTEMPT_LOCKS', {
  providedIn: 'root',
  factory: () => {
    const locks = inject(IS_BROWSER) ? webLocks() : null;
    return locks === null ? NO_LOCKS : new WebAttemptLocks(locks, inject(SLEEP_SIGNALS), inject(NgZone));
  },
});

/** What stands in for a lock where there are none. */
export const NO_LOCK: HeldLock = { isHeld: () => true, release: () => undefined };

/** Where there are no locks, attempts of others are watched for as long as the protocol says. */
export const NO_LOCKS: AttemptLocks = {
  hold: () => of(NO_LOCK),
  look: () => of('unknown'),
  whenFree: () => new Observable<void>(),
};

/** @see https://w3c.github.io/web-locks/ */
export class WebAttemptLocks implements AttemptLocks {
  constructor(
    private readonly locks: LockManager,
    private readonly sleepSignals: Observable<SleepSignal>,
    private readonly zone: NgZone,
  ) {}

  hold(name: string): Observable<HeldLock> {
    return new Observable<HeldLock>((subscriber) => {
      let isWanted = true;
      const grant = (): Promise<void> =>
        new Promise((release) => {
          if (!isWanted) {
            release();
            return;
          }
          let isHeld = true;
          const letGo = () => {
            isHeld = false;
            leaving.unsubscribe();
            release();
          };
          // A page in the back/forward cache must hold no lock: it may never come back.
          const leaving = this.sleepSignals.pipe(filter((signal) => signal === 'pagehide')).subscribe(letGo);
          isWanted = false;
          subscriber.next({ isHeld: () => isHeld, release: letGo });
          subscriber.complete();
        });
      this.request(name, {}, grant).catch(() => {
        // Opaque origins have the interface and refuse its use.
        if (!isWanted) return;
        subscriber.next(NO_LOCK);
        subscriber.complete();
      });
      return () => {
        isWanted = false;
      };
    });
  }

  look(name: string): Observable<LockState> {
    return new Observable((subscriber) => {
      const answer = (state: LockState) => {
        subscriber.next(state);
        subscriber.complete();
      };
      this.request(name, { mode: 'shared', ifAvailable: true }, (lock) =>
        Promise.resolve<LockState>(lock === null ? 'held' : 'free'),
      ).then(answer, () => {
        answer('unknown');
      });
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
      return () => {
        leaving.abort();
      };
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

/** One name per attempt; locks are shared by everything of the origin. */
export function attemptLockName(namespace: string, id: string): string {
  return `${namespace}/attempt/${id}`;
}

function webLocks(): LockManager | null {
  const { locks } = navigator as Partial<Pick<Navigator, 'locks'>>;
  return locks ?? null;
}
