import { Observable, type Subscriber } from 'rxjs';
import type { AttemptLocks, ReleaseLock } from '../src/lib/tabs/attempt-locks';

interface Waiter {
  readonly name: string;
  readonly granted: () => void;
}

/** The locks of one browser. Answers come in a later task, as from the real ones. */
export class FakeAttemptLocks {
  /** Who holds which lock. */
  private readonly held = new Map<string, string>();
  private waiters: Waiter[] = [];
  /** How often a lock was requested or looked at. */
  asked = 0;

  /** Names of the locks held now. */
  get names(): readonly string[] {
    return [...this.held.keys()];
  }

  /** What the page of this name is given. */
  of(page: string): AttemptLocks {
    return {
      hold: (name) =>
        this.wait(name, (subscriber: Subscriber<ReleaseLock>) => {
          this.held.set(name, page);
          subscriber.next(() => {
            if (this.held.get(name) === page) this.free(name);
          });
        }),
      held: () =>
        this.later((answer) => {
          answer(new Set(this.names));
        }),
      whenFree: (name) => this.wait(name, (subscriber: Subscriber<void>) => subscriber.next()),
    };
  }

  /** The page dies, or goes into the back/forward cache: what it held is free. */
  kill(page: string): void {
    for (const [name, holder] of this.held) if (holder === page) this.held.delete(name);
    this.grant();
  }

  private free(name: string): void {
    this.held.delete(name);
    this.grant();
  }

  private grant(): void {
    void Promise.resolve().then(() => {
      for (const { name, granted } of this.waiters) if (!this.held.has(name)) granted();
    });
  }

  /** Emits by `granted` once no page holds the lock, and completes. */
  private wait<T>(name: string, granted: (subscriber: Subscriber<T>) => void): Observable<T> {
    return new Observable((subscriber) => {
      this.asked++;
      const waiter: Waiter = {
        name,
        granted: () => {
          granted(subscriber);
          subscriber.complete();
        },
      };
      this.waiters.push(waiter);
      this.grant();
      return () => {
        this.waiters = this.waiters.filter((other) => other !== waiter);
      };
    });
  }

  private later<T>(work: (answer: (value: T) => void) => void): Observable<T> {
    return new Observable((subscriber) => {
      this.asked++;
      void Promise.resolve().then(() => {
        if (subscriber.closed) return;
        work((value) => {
          subscriber.next(value);
          subscriber.complete();
        });
      });
    });
  }
}
