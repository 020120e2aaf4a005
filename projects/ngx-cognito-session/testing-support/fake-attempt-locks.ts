import { Observable } from 'rxjs';
import type { AttemptLocks } from '../src/lib/tabs/attempt-locks';

interface Waiter {
  readonly name: string;
  readonly granted: () => void;
}

/** The locks of one browser. Answers come in a later task, as from the real ones. */
export class FakeAttemptLocks {
  /** Who holds which lock. */
  private readonly held = new Map<string, string>();
  private waiters: Waiter[] = [];
  /** How often anybody has asked for a lock, in whatever way. */
  asked = 0;

  /** Names of the locks held now. */
  get names(): readonly string[] {
    return [...this.held.keys()];
  }

  /** What the page of this name is given. */
  of(page: string): AttemptLocks {
    return {
      hold: (name) =>
        this.later((answer) => {
          this.held.set(name, page);
          answer({ isHeld: () => this.held.get(name) === page, release: () => this.free(name) });
        }),
      look: (name) =>
        this.later((answer) => {
          answer(this.held.has(name) ? 'held' : 'free');
        }),
      lookAll: (prefix) =>
        this.later((answer) => {
          answer(this.names.some((name) => name.startsWith(prefix)) ? 'held' : 'free');
        }),
      whenFree: (name) =>
        new Observable((subscriber) => {
          this.asked++;
          const waiter: Waiter = {
            name,
            granted: () => {
              subscriber.next();
              subscriber.complete();
            },
          };
          this.waiters.push(waiter);
          this.grant();
          return () => {
            this.waiters = this.waiters.filter((other) => other !== waiter);
          };
        }),
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
