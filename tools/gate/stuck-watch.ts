import { processorTimeOf } from './processor-time';

export interface Patience {
  /** How long a program may print nothing and do next to nothing. */
  readonly quietMs: number;
  readonly lookEveryMs: number;
}

/** A machine of any speed gives a working program more than that. */
const BUSY_SHARE = 0.01;

export const PATIENCE: Patience = { quietMs: 10 * 60_000, lookEveryMs: 10_000 };

export interface StuckWatch {
  /** The program has printed something. */
  readonly heard: () => void;
  readonly stop: () => void;
}

/**
 * Calls `onStuck` when a program has printed nothing and used less than a hundredth of one processor for `quietMs`.
 * There is no other limit: how long a step takes says nothing about whether it is stuck. Quiet time is counted in
 * looks, so that a machine that sleeps ends nothing. Without `/proc` no program counts as stuck.
 */
export function watchForStuck(
  pid: number,
  onStuck: () => void,
  { quietMs, lookEveryMs }: Patience = PATIENCE,
  timeOf: (pid: number) => number | null = processorTimeOf,
): StuckWatch {
  let hasPrinted = false;
  let quietLooks = 0;
  let usedMs = timeOf(pid) ?? 0;
  const timer = setInterval(() => {
    const nowMs = timeOf(pid);
    // Less than before: a descendant has ended, which is a sign of life as well.
    const isBusy = nowMs === null || nowMs < usedMs || nowMs - usedMs > quietMs * BUSY_SHARE;
    if (isBusy || hasPrinted) {
      hasPrinted = false;
      quietLooks = 0;
      usedMs = nowMs ?? 0;
    } else if (++quietLooks * lookEveryMs >= quietMs) onStuck();
  }, lookEveryMs);
  return { heard: () => void (hasPrinted = true), stop: () => clearInterval(timer) };
}
