import type { Fault } from './fault';

/** The faults that calls of an operation will meet, first in, first out. */
export interface FaultQueue {
  /** The next calls of the operation meet it, after those that were added before. */
  add(operation: string, fault: Fault): void;
  /** How many calls of the operation will meet a fault. */
  pending(operation: string): number;
  /** Forgets the faults of all operations. */
  clear(): void;
}

/** The queue in the hands of those who carry faults out. */
export class PlannedFaults implements FaultQueue {
  private readonly queues = new Map<string, Fault[]>();

  add(operation: string, fault: Fault): void {
    const each = { ...fault, times: 1 };
    const queue = this.queues.get(operation) ?? [];
    this.queues.set(operation, [...queue, ...Array.from({ length: fault.times ?? 1 }, () => each)]);
  }

  take(operation: string): Fault | undefined {
    return this.queues.get(operation)?.shift();
  }

  pending(operation: string): number {
    return this.queues.get(operation)?.length ?? 0;
  }

  clear(): void {
    this.queues.clear();
  }
}
