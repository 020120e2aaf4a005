import type { Night } from './day-plan';
import type { DayCounts } from './live-day';

/** One day and what it was lived with. */
export interface LivedDay extends DayCounts {
  readonly storage: 'memory' | 'localStorage';
  readonly tabs: number;
  readonly night: Night;
  readonly changeDetection: 'zoneless' | 'zone.js';
}

/** A day in one tab with so many subscribers of each kind. */
export interface GrownDay extends DayCounts {
  readonly subscribers: number;
  /** Values that reached one subscriber, by what it subscribes to. */
  readonly values: Readonly<Record<string, number>>;
}

/** Heap of one subscriber, bytes. */
export interface SubscriberHeap {
  readonly kind: string;
  readonly bytes: number;
  /** Of one that does the same without the library. */
  readonly floorBytes: number;
}

export interface DayResults {
  readonly date: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly fewestRefreshes: Readonly<Record<Night, number>>;
  readonly days: readonly LivedDay[];
  readonly growth: readonly GrownDay[];
  readonly heap: readonly SubscriberHeap[];
}
