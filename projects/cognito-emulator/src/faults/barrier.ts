/** Where calls are held: before the operation is carried out, or after it with the answer still to be sent. */
export type HoldPoint = 'beforeProcessing' | 'afterCommit';

interface HeldCall {
  readonly go: () => void;
  readonly served: Promise<void>;
  isReleased: boolean;
}

/** Holds the calls of one operation until each is released: in any order, so that the second can be served first. */
export interface Barrier {
  /** Whose calls are held. */
  readonly operation: string;
  /** Where they are held. */
  readonly point: HoldPoint;
  /** How many calls have reached the barrier, released ones included. */
  readonly arrivals: number;
  /** Waits until `count` calls (default 1) have reached the barrier in all. */
  arrived(count?: number): Promise<void>;
  /** Lets the call that arrived as number `index` (from 0, the default) go on; resolves once it is served. */
  release(index?: number): Promise<void>;
  /** Lets everything go on, in order of arrival, and holds nothing any more. */
  open(): Promise<void>;
}

/** The barrier in the hands of those who serve calls. */
export class HoldingBarrier implements Barrier {
  private readonly held: HeldCall[] = [];
  private waiters: { readonly count: number; readonly resolve: () => void }[] = [];
  private isOpen = false;

  constructor(
    readonly operation: string,
    readonly point: HoldPoint,
  ) {}

  get arrivals(): number {
    return this.held.length;
  }

  async arrived(count = 1): Promise<void> {
    if (this.held.length < count) await new Promise<void>((resolve) => this.waiters.push({ count, resolve }));
  }

  async release(index = 0): Promise<void> {
    const call = this.held[index];
    if (call === undefined) throw new Error(`No call number ${index} is held at ${this.operation}`);
    call.isReleased = true;
    call.go();
    await call.served;
  }

  async open(): Promise<void> {
    this.isOpen = true;
    const waiting = this.held.filter((call) => !call.isReleased);
    for (const call of waiting) call.isReleased = true;
    for (const call of waiting) call.go();
    await Promise.all(waiting.map((call) => call.served));
  }

  /** Called by the server: resolves when the call may go on. */
  async pass(served: Promise<void>): Promise<void> {
    if (this.isOpen) return;
    await new Promise<void>((go) => {
      this.held.push({ go, served, isReleased: false });
      const met = this.waiters.filter((waiter) => waiter.count <= this.held.length);
      this.waiters = this.waiters.filter((waiter) => !met.includes(waiter));
      for (const waiter of met) waiter.resolve();
    });
  }
}
