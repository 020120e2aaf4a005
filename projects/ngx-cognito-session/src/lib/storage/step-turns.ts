import { Observable, of } from 'rxjs';
import type { TakeTurn } from './adapter-record';

/** How long a step waits for its turn among the tabs. Afterwards it is taken without one. */
export const TURN_LIMIT_MS = 2000;

/** Steps of this page alone: nothing to wait for. */
export const noTurns: TakeTurn = () => of({ release: () => undefined });

/**
 * Turns among all tabs, by a Web Lock of this name. Best effort: a lock that is refused, or not granted in time, is done
 * without. `after` calls its argument when the time is up, and returns what cancels that.
 */
export function turnsByLock(
  locks: LockManager,
  name: string,
  after: (ms: number, work: () => void) => () => void,
): TakeTurn {
  return () =>
    new Observable((subscriber) => {
      const emit = (release: () => void) => {
        subscriber.next({ release });
        subscriber.complete();
      };
      const withdrawal = new AbortController();
      const cancel = after(TURN_LIMIT_MS, () => {
        withdrawal.abort();
        emit(() => undefined);
      });
      // The lock of a caller that has left, or has gone on without it, is released immediately.
      const granted = () => new Promise<void>((release) => (subscriber.closed ? release() : emit(release)));
      const request = async () => locks.request(name, { signal: withdrawal.signal }, granted);
      request().catch(() => {
        if (!subscriber.closed) emit(() => undefined);
      });
      return () => {
        cancel();
        withdrawal.abort();
      };
    });
}
