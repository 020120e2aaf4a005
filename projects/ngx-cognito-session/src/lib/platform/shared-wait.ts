import type { Observable, Subscriber, Subscription } from 'rxjs';

/** What a caller gets of the value. It may throw: that is the caller's error. */
type Read<A, T> = (value: A) => T;

/** Completes a caller with what it gets of a value. */
export function settle<A, T>(caller: Subscriber<T>, read: Read<A, T>, value: A): void {
  let result: T;
  try {
    result = read(value);
  } catch (error) {
    caller.error(error);
    return;
  }
  caller.next(result);
  caller.complete();
}

/**
 * One wait of many callers: one subscription, and one set of timers, for all of them. They are served in turn. A caller
 * may leave while another one is served, and the wait ends when all have left.
 */
export class SharedWait<A> {
  readonly #callers = new Map<Subscriber<unknown>, Read<A, unknown>>();
  #running: Subscription | null = null;
  /** Whether it takes in no more callers. */
  isOver = false;

  /** The source emits at most one value. */
  constructor(private readonly source: Observable<A>) {}

  join<T>(caller: Subscriber<T>, read: Read<A, T>): void {
    this.#callers.set(caller, read);
    caller.add(() => {
      this.#leave(caller);
    });
    this.#running ??= this.source.subscribe({
      next: (value) => {
        this.#serve((each, readEach) => {
          settle(each, readEach, value);
        });
      },
      error: (error) => {
        this.#serve((each) => {
          each.error(error);
        });
      },
      complete: () => {
        this.#serve((each) => {
          each.complete();
        });
      },
    });
  }

  #serve(serve: (caller: Subscriber<unknown>, read: Read<A, unknown>) => void): void {
    this.isOver = true;
    for (const [caller, read] of this.#callers) serve(caller, read);
  }

  #leave(caller: Subscriber<unknown>): void {
    this.#callers.delete(caller);
    if (this.#callers.size > 0) return;
    this.isOver = true;
    this.#running?.unsubscribe();
  }
}
