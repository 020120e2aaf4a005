import { HoldingBarrier, type Barrier, type HoldPoint } from './barrier';

/** The barriers of one emulator. */
export class Barriers {
  private readonly barriers: HoldingBarrier[] = [];

  hold(operation: string, point: HoldPoint): Barrier {
    const barrier = new HoldingBarrier(operation, point);
    this.barriers.push(barrier);
    return barrier;
  }

  async pass(operation: string, point: HoldPoint, served: Promise<void>): Promise<void> {
    for (const barrier of this.barriers)
      if (barrier.operation === operation && barrier.point === point) await barrier.pass(served);
  }

  /** Gives a barrier by its place, for the control path. */
  at(index: number): Barrier | undefined {
    return this.barriers[index];
  }

  get count(): number {
    return this.barriers.length;
  }

  /** Lets every held call go on; does not wait for them. */
  openAll(): void {
    for (const barrier of this.barriers) void barrier.open();
  }
}
