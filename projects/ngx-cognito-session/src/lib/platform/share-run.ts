import { ReplaySubject, share, type MonoTypeOperatorFunction } from 'rxjs';

/**
 * One execution for all subscribers, late ones included, whatever its outcome. Unlike `shareReplay` it does not start
 * again for a subscriber that comes after an error: a request that failed has been made.
 */
export function shareRun<T>(): MonoTypeOperatorFunction<T> {
  return share({
    connector: () => new ReplaySubject<T>(1),
    resetOnComplete: false,
    resetOnError: false,
    resetOnRefCountZero: false,
  });
}
