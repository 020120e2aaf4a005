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

/** A caller in a wait. One object for each of thousands. */
interface Waiting<A> {
  readonly caller: Subscriber<unknown>;
  readonly read: Read<A, unknown>;
}

/**
 * One wait of many callers: one subscription, and one set of timers, for all of them. They are served in turn. A caller
 * may leave while another one is served, and the wait ends when all have left.
 */
export class SharedWait<A> {
  readonly #callers: Waiting<A>[] = [];
  #present = 0;
  #running: Subscription | null = null;
  /** Whether it takes in no more callers. */
  isOver = false;

  /** The source emits at most one value. */
  constructor(private readonly source: Observable<A>) {}

  join<T>(caller: Subscriber<T>, read: Read<A, T>): void {
    this.#callers.push({ caller, read });
    this.#present++;
    caller.add(this.#leave);
    this.#running ??= this.source.subscribe({
      next: (value) => {
        this.#serve((each) => {
          settle(each.caller, each.read, value);
        });
      },
      error: (error) => {
        this.#serve(({ caller }) => {
          caller.error(error);
        });
      },
      complete: () => {
        this.#serve(({ caller }) => {
          caller.complete();
        });
      },
    });
  }

  /** The same function for all callers: each runs it once, when it is served or unsubscribes. */
  readonly #leave = (): void => {
    this.#present--;
    if (this.#present > 0) return;
    this.isOver = true;
    this.#running?.unsubscribe();
  };

  #serve(serve: (waiting: Waiting<A>) => void): void {
    this.isOver = true;
    for (const waiting of this.#callers) if (!waiting.caller.closed) serve(waiting);
  }
}
